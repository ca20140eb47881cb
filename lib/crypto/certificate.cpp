#include "crypto/certificate.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace portal::crypto {
namespace {

using base::invalid;
using base::N_;

struct Free {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Certificate = std::unique_ptr<X509, Free>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Free>;

// What OpenSSL noted about a bad file is not kept for whoever asks it next.
struct QuietErrors {
    ~QuietErrors() { ERR_clear_error(); }
};

std::unique_ptr<BIO, Free> open(std::string_view pem) {
    return std::unique_ptr<BIO, Free>{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
}

// Never asks on the terminal, as OpenSSL's own does.
int give_password(char* buffer, int size, int, void* context) {
    const auto& text = static_cast<const base::Secret*>(context)->reveal();
    const auto length = std::min(text.size(), static_cast<std::size_t>(size));
    std::memcpy(buffer, text.data(), length);
    return static_cast<int>(length);
}

Certificate read_certificate(std::string_view pem) {
    const auto bio = open(pem);
    return Certificate{bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr};
}

PrivateKey read_key(const base::Secret& pem, const base::Secret& password) {
    const auto bio = open(pem.reveal());
    auto* context = const_cast<base::Secret*>(&password);
    return PrivateKey{bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, &give_password, context)
                          : nullptr};
}

}  // namespace

base::Status check_key_pair(std::string_view certificate, const base::Secret& key,
                            const base::Secret& password, base::Instant now) {
    const QuietErrors quiet;
    const auto shown = read_certificate(certificate);
    if (!shown) return invalid("", N_("The file holds no certificate in PEM."));
    const auto own = read_key(key, password);
    if (!own) return invalid("", N_("The file holds no key in PEM that this password opens."));
    if (X509_check_private_key(shown.get(), own.get()) != 1)
        return invalid("", N_("The key belongs to another certificate."));
    auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    if (X509_cmp_time(X509_get0_notBefore(shown.get()), &seconds) > 0)
        return invalid("", N_("The certificate is not valid yet."));
    if (X509_cmp_time(X509_get0_notAfter(shown.get()), &seconds) < 0)
        return invalid("", N_("The certificate is not valid any more."));
    return {};
}

base::Status check_authorities(std::string_view certificates) {
    const QuietErrors quiet;
    if (read_certificate(certificates)) return {};
    return invalid("", N_("The file holds no certificate in PEM."));
}

}  // namespace portal::crypto
