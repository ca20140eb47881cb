#include "text/message.hpp"

#include "catch.hpp"

namespace portal::text {
namespace {

MessageView view() {
    MessageView all;
    all.clinic = "Solna vård";
    all.staff = "Dr Berg";
    all.when = "lördag 21 november 2026 kl. 09.30 (tid i Stockholm)";
    all.old_when = "fredag 20 november 2026 kl. 09.30 (tid i Stockholm)";
    all.address = "Storgatan 1";
    all.link = "https://solna.example.org/bookings/1";
    all.code = "123456";
    all.valid = "10 minuter";
    all.phone = "+46 8 123 45";
    return all;
}

}  // namespace

TEST_CASE("every message of every kind has words, a subject by mail, no marker left", "[text]") {
    const Catalogue catalogue;
    const auto messages = Messages::load(catalogue);
    REQUIRE(messages);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<MessageKind>>([&](auto kind) {
        for (const auto language : kLanguages) {
            INFO(kind.name << " " << format_language(language));
            const auto mail = messages->write(kind.value, MessageChannel::mail, language, view());
            CHECK_FALSE(mail.subject.empty());
            CHECK(mail.body.size() > 40);
            CHECK(mail.body.find("{{") == std::string::npos);
            CHECK(mail.body.find("\n\n\n") == std::string::npos);
            const auto sms = messages->write(kind.value, MessageChannel::sms, language, view());
            CHECK(sms.subject.empty());
            CHECK(sms.body.size() > 20);
            CHECK(sms.body.find('\n') == std::string::npos);
        }
    });
}

TEST_CASE("an invitation holds time, clinic and link", "[text][C42]") {
    const Catalogue catalogue;
    const auto messages = Messages::load(catalogue);
    REQUIRE(messages);
    const auto sms =
        messages->write(MessageKind::booking_invited, MessageChannel::sms, Language::sv, view());
    CHECK(sms.body ==
          "Solna vård: Vi har en tid åt dig: lördag 21 november 2026 kl. 09.30 (tid i "
          "Stockholm). Bekräfta här: https://solna.example.org/bookings/1");
}

TEST_CASE("what a message is not told it does not mention", "[text]") {
    const Catalogue catalogue;
    const auto messages = Messages::load(catalogue);
    REQUIRE(messages);
    MessageView hidden;  // protected identity: no clinic, place or name
    hidden.when = "X";
    const auto mail =
        messages->write(MessageKind::booking_reminder, MessageChannel::mail, Language::en, hidden);
    CHECK(mail.body.find("Clinic:") == std::string::npos);
    CHECK(mail.body.find("Where:") == std::string::npos);
    CHECK(mail.body.find("With:") == std::string::npos);
    CHECK(mail.body.find("When: X\n") != std::string::npos);
}

}  // namespace portal::text
