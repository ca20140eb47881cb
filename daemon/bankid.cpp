#include "daemon/bankid.hpp"

#include "base/private_file.hpp"
#include "crypto/certificate.hpp"

namespace portal::daemon {
namespace {

base::Error at(const char* setting, base::Error error) {
    error.field = setting;
    return error;
}

}  // namespace

base::Result<std::optional<identity::BankIdOptions>> bankid_options(
    const config::Settings& settings, base::Instant now) {
    const auto& from = settings.bankid;
    if (from.certificate_file.empty()) return std::optional<identity::BankIdOptions>{};
    identity::BankIdOptions options;
    options.url = from.url;
    options.certificate.file = from.certificate_file.string();
    options.certificate.key_file = from.key_file.string();
    options.ca_file = from.ca_file.string();
    PORTAL_TRY(certificate, base::read_private_file(from.certificate_file, base::FileTrust::any));
    PORTAL_TRY(key, base::read_private_file(from.key_file, base::FileTrust::owner_only));
    PORTAL_TRY(authorities, base::read_private_file(from.ca_file, base::FileTrust::any));
    if (!from.key_password_file.empty()) {
        PORTAL_TRY(password, base::read_secret(from.key_password_file));
        options.certificate.key_password = password;
    }
    const auto fits =
        crypto::check_key_pair(certificate.reveal(), key, options.certificate.key_password, now);
    if (!fits) return at("bankid.certificate_file", fits.error());
    if (const auto known = crypto::check_authorities(authorities.reveal()); !known)
        return at("bankid.ca_file", known.error());
    return std::optional{std::move(options)};
}

}  // namespace portal::daemon
