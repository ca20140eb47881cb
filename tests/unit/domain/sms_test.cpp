#include "domain/sms.hpp"

#include "catch.hpp"

using namespace portal::domain;

namespace {

std::string times(std::size_t count, std::string_view piece) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += piece;
    return out;
}

}  // namespace

TEST_CASE("a text message is cut as the networks cut it", "[sms][K23]") {
    using enum SmsEncoding;
    CHECK(sms_size("") == SmsSize{gsm7, 0, 0});
    CHECK(sms_size(times(160, "a")) == SmsSize{gsm7, 160, 1});
    CHECK(sms_size(times(161, "a")) == SmsSize{gsm7, 161, 2});
    CHECK(sms_size(times(306, "a")).parts == 2);
    CHECK(sms_size(times(307, "a")).parts == 3);
    CHECK(sms_size(times(80, "€")) == SmsSize{gsm7, 160, 1});
    CHECK(sms_size(times(81, "€")) == SmsSize{gsm7, 162, 2});
    CHECK(sms_size(times(152, "a") + "€" + times(152, "a")) == SmsSize{gsm7, 306, 3});
    CHECK(sms_size("Hej åäö ÄÖÅ") == SmsSize{gsm7, 11, 1});
    CHECK(sms_size("Blåbærgrød é") == SmsSize{gsm7, 12, 1});
    CHECK(sms_size("It’s") == SmsSize{ucs2, 4, 1});
    CHECK(sms_size("á") == SmsSize{ucs2, 1, 1});
    CHECK(sms_size("ç") == SmsSize{ucs2, 1, 1});
    CHECK(sms_size(times(70, "ł")).parts == 1);
    CHECK(sms_size(times(71, "ł")).parts == 2);
    CHECK(sms_size(times(134, "ł")).parts == 2);
    CHECK(sms_size(times(135, "ł")).parts == 3);
    CHECK(sms_size(times(35, "😀")) == SmsSize{ucs2, 70, 1});
    CHECK(sms_size(times(36, "😀")) == SmsSize{ucs2, 72, 2});
    CHECK(sms_size(times(66, "ł") + "😀" + times(66, "ł")).parts == 3);
}

TEST_CASE("the small alphabet has 127 characters and nine more at double cost", "[sms]") {
    std::size_t basic = 0;
    std::size_t extended = 0;
    for (char32_t c = 1; c < 0x3000; ++c) {
        std::string text;
        if (c < 0x80) {
            text = static_cast<char>(c);
        } else if (c < 0x800) {
            text = {static_cast<char>(0xc0U | (c >> 6U)), static_cast<char>(0x80U | (c & 0x3fU))};
        } else {
            text = {static_cast<char>(0xe0U | (c >> 12U)),
                    static_cast<char>(0x80U | ((c >> 6U) & 0x3fU)),
                    static_cast<char>(0x80U | (c & 0x3fU))};
        }
        const auto size = sms_size(text);
        if (size.encoding != SmsEncoding::gsm7) continue;
        (size.units == 1 ? basic : extended) += 1;
    }
    CHECK(basic == 127);
    CHECK(extended == 10);  // the nine signs and form feed
}

TEST_CASE("simplifying keeps a text in the small alphabet and leaves letters alone", "[sms]") {
    CHECK(simplify_sms("It’s “so” – now…\u00a0ok\t!") == "It's \"so\" - now... ok !");
    CHECK(simplify_sms("Åsa Ærø, José, Łucja") == "Åsa Ærø, José, Łucja");
    CHECK(sms_size(simplify_sms("Välkommen – kl.\u00a014:00")).encoding == SmsEncoding::gsm7);
    CHECK(simplify_sms("").empty());
}
