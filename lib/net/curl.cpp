#include "net/curl.hpp"

#include <new>
#include <stdexcept>

namespace portal::net {
namespace {

void check(CURLcode code) {
    if (code == CURLE_OUT_OF_MEMORY) throw std::bad_alloc{};
    if (code != CURLE_OK) throw std::logic_error{curl_easy_strerror(code)};
}

}  // namespace

Easy make_easy() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    check(started);
    Easy easy{curl_easy_init()};
    if (!easy) throw std::bad_alloc{};
    return easy;
}

void append(List& list, const std::string& line) {
    auto* longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc{};
    list.release();
    list.reset(longer);
}

void set_long(CURL* easy, CURLoption option, long value) {
    check(curl_easy_setopt(easy, option, value));
}
void set_text(CURL* easy, CURLoption option, const std::string& value) {
    check(curl_easy_setopt(easy, option, value.c_str()));
}
void set_pointer(CURL* easy, CURLoption option, const void* value) {
    check(curl_easy_setopt(easy, option, value));
}

void set_common(CURL* easy, const std::string& ca_file) {
    set_long(easy, CURLOPT_NOSIGNAL, 1);
    set_text(easy, CURLOPT_PROXY, "");
    set_long(easy, CURLOPT_SSL_VERIFYPEER, 1);
    set_long(easy, CURLOPT_SSL_VERIFYHOST, 2);
    set_long(easy, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    if (ca_file.empty()) return;
    set_text(easy, CURLOPT_CAINFO, ca_file);
    // Debian's libcurl looks into /etc/ssl/certs besides, unless told not to.
    set_pointer(easy, CURLOPT_CAPATH, nullptr);
}

long response_code(CURL* easy) {
    long code = 0;
    check(curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &code));
    return code;
}

}  // namespace portal::net
