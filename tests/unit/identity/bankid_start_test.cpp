#include "identity/bankid_start.hpp"

#include "catch.hpp"

using namespace portal;
using identity::Device;

namespace {

constexpr std::string_view kToken = "67df3917-fa0d-44e5-b327-edcc928297f8";
const base::Secret kSecret{"d28db9a7-4cde-429e-a983-359be676944c"};
constexpr std::string_view kReturn = "https://solna.example/login/bankid/return?nonce=a-b";

constexpr std::string_view kSafari =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Version/18.0 Mobile/15E148 Safari/604.1";
constexpr std::string_view kAndroid =
    "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/131.0.0.0 Mobile Safari/537.36";
constexpr std::string_view kLinux =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 "
    "Safari/537.36";

std::string ios(std::string_view mark) {
    return std::string{kSafari} + " " + std::string{mark};
}

}  // namespace

TEST_CASE("a QR code of BankID changes each second as published", "[bankid][C43]") {
    const std::pair<std::int64_t, std::string_view> codes[] = {
        {0, "dc69358e712458a66a7525beef148ae8526b1c71610eff2c16cdffb4cdac9bf8"},
        {1, "949d559bf23403952a94d103e67743126381eda00f0b3cbddbf7c96b1adcbce2"},
        {2, "a9e5ec59cb4eee4ef4117150abc58fad7a85439a6a96ccbecc3668b41795b3f3"},
        {29, "26049f2bc12d5b43ebe8bf701e7725abf015d2d8347aa04c924b5793ee4a196c"}};
    for (const auto& [second, code] : codes)
        CHECK(identity::qr_text(kToken, kSecret, second) == "bankid." + std::string{kToken} + "." +
                                                                std::to_string(second) + "." +
                                                                std::string{code});
    CHECK(identity::qr_text(kToken, kSecret, 0).find(kSecret.reveal()) == std::string::npos);
}

TEST_CASE("a phone is told from a computer by its browser", "[bankid]") {
    CHECK(identity::device_of(kSafari) == Device::phone);
    CHECK(identity::device_of(kAndroid) == Device::phone);
    CHECK(identity::device_of(kLinux) == Device::computer);
    CHECK(identity::device_of("") == Device::computer);
}

TEST_CASE("the app opens by a link on phones", "[bankid][C43]") {
    CHECK(identity::phone_start_url("a&b", kReturn) ==
          "https://app.bankid.com/?autostarttoken=a%26b&redirect=https%3A%2F%2Fsolna.example%2F"
          "login%2Fbankid%2Freturn%3Fnonce%3Da-b");
}

TEST_CASE("the app leads back to the browser in use", "[bankid][L10]") {
    const std::string url{kReturn};
    CHECK(identity::return_to_browser(url, kLinux) == url);
    CHECK(identity::return_to_browser(url, kAndroid) == url);
    CHECK(identity::return_to_browser(url, kSafari) == url + "#bankid");
    CHECK(identity::return_to_browser(url, ios("CriOS/131.0")) ==
          "googlechromes://solna.example/login/bankid/return?nonce=a-b");
    CHECK(identity::return_to_browser(url, ios("FxiOS/132.0")) ==
          "firefox://open-url?url=https%3A%2F%2Fsolna.example%2Flogin%2Fbankid%2Freturn%3Fnonce"
          "%3Da-b");
    CHECK(identity::return_to_browser(url, ios("OPT/5.1")) == "touch-" + url);
}
