#include "identity/bankid_start.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "net/http.hpp"

namespace portal::identity {
namespace {

bool has(std::string_view text, std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
}

bool is_ios(std::string_view user_agent) {
    return has(user_agent, "iPhone") || has(user_agent, "iPad") || has(user_agent, "iPod");
}

}  // namespace

std::string qr_text(std::string_view start_token, const base::Secret& start_secret,
                    std::int64_t second) {
    const auto seconds = std::to_string(second);
    const auto code = crypto::hmac_sha256(base::as_bytes(start_secret.reveal()), seconds);
    std::string out{"bankid."};
    out.append(start_token).append(".").append(seconds).append(".");
    return out.append(base::format_hex(code));
}

Device device_of(std::string_view user_agent) {
    return is_ios(user_agent) || has(user_agent, "Android") ? Device::phone : Device::computer;
}

std::string phone_start_url(std::string_view auto_start_token, std::string_view return_url) {
    return "https://app.bankid.com/?autostarttoken=" + net::percent_encode(auto_start_token) +
           "&redirect=" + net::percent_encode(return_url);
}

std::string return_to_browser(std::string_view https_url, std::string_view user_agent) {
    constexpr std::string_view kHttps = "https://";
    std::string url{https_url};
    if (!is_ios(user_agent) || !https_url.starts_with(kHttps)) return url;
    if (has(user_agent, "CriOS/")) return "googlechromes" + url.substr(kHttps.find(':'));
    if (has(user_agent, "FxiOS/")) return "firefox://open-url?url=" + net::percent_encode(url);
    if (has(user_agent, "OPT/")) return "touch-" + url;
    return url + "#bankid";
}

}  // namespace portal::identity
