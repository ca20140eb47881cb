#include "text/message.hpp"

#include "catch.hpp"
#include "text/letter.hpp"

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
    all.page = "https://solna.example.org/login";
    all.ways.bankid = all.ways.password = all.ways.choose = true;
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

TEST_CASE("an invitation to log in has a paragraph for each way that there is", "[text][K22]") {
    const Catalogue catalogue;
    const auto messages = Messages::load(catalogue);
    REQUIRE(messages);
    const auto body = [&](const LoginWays& ways) {
        auto one = view();
        one.ways = ways;
        return messages->write(MessageKind::invitation, MessageChannel::mail, Language::en, one)
            .body;
    };
    LoginWays eid;
    eid.mitid = true;
    CHECK(body(eid).find("With MitID:") != std::string::npos);
    CHECK(body(eid).find("password") == std::string::npos);
    LoginWays name;
    name.password = true;
    name.name = "elsa7";
    CHECK(body(name).find("login name and the password: elsa7") != std::string::npos);
    CHECK(body(name).find("personal number") == std::string::npos);
    CHECK(body(name).find("this e-mail address and") == std::string::npos);
    name.name.clear();
    name.number = true;
    CHECK(body(name).find("personal number") != std::string::npos);
    CHECK(body(name).find("first choose one") == std::string::npos);
}

TEST_CASE("the activation letter has the code once and no foreign word in it", "[text][N14]") {
    const Catalogue catalogue;
    const auto messages = Messages::load(catalogue);
    REQUIRE(messages);
    const LetterView letter{"sv",
                            "Solna <vård>",
                            "Storgatan 1",
                            "+46 8 123 45",
                            "Siv",
                            "https://s.example/activate",
                            "7F3K-Q2ND-0000-ZZZZ",
                            "i morgon",
                            29,
                            "M4 4h7v1h-7z"};
    const auto page = messages->write_letter(Language::sv, letter);
    const auto at = page.find("7F3K-Q2ND-0000-ZZZZ");
    REQUIRE(at != std::string::npos);
    CHECK(page.find("7F3K", at + 1) == std::string::npos);
    CHECK(page.find("<vård>") == std::string::npos);
    CHECK(page.find("{{") == std::string::npos);
}

TEST_CASE("an invitation holds time, clinic and link", "[text][C42]") {
    const Catalogue catalogue;
    const auto messages = Messages::load(catalogue);
    REQUIRE(messages);
    const auto sms =
        messages->write(MessageKind::booking_invited, MessageChannel::sms, Language::sv, view());
    CHECK(sms.body ==
          "Solna vård: Du har ett besök som behöver bekräftas: lördag 21 november 2026 kl. 09.30 "
          "(tid i Stockholm). Bekräfta här: https://solna.example.org/bookings/1");
}

TEST_CASE("a visit that needs confirming is worded for who booked it and who was offered it",
          "[text][C42]") {
    const Catalogue catalogue;
    const auto messages = Messages::load(catalogue);
    REQUIRE(messages);
    const auto mail = [&](Language language) {
        return messages->write(MessageKind::booking_invited, MessageChannel::mail, language,
                               view());
    };
    CHECK(mail(Language::en).subject == "You have a visit that needs your confirmation");
    CHECK(mail(Language::sv).subject == "Du har ett besök som behöver bekräftas");
    CHECK(mail(Language::da).subject == "Du har et besøg, som du skal bekræfte");
    CHECK(mail(Language::en).body.find("offer") == std::string::npos);
    CHECK(mail(Language::en).body.find("set aside") == std::string::npos);
    CHECK(mail(Language::sv).body.find("åt dig") == std::string::npos);
    CHECK(mail(Language::da).body.find("til dig") == std::string::npos);
}

TEST_CASE("moving a visit has one name in each language", "[text]") {
    const Catalogue catalogue;
    for (const char* sentence :
         {"Move the visit", "Yes, move the visit", "Do you want to move the visit?",
          "See, move or cancel", "Confirm, move or cancel",
          "Move or cancel:", "See, move or cancel the visit here:",
          "Your visit is moved. New time:", "Your visit has been moved. This is the new time.",
          "Does the time not suit you? You can move or cancel the visit on the same page.",
          "The visit begins so soon that it cannot be moved or cancelled here. Please call the "
          "clinic."}) {
        INFO(sentence);
        const auto swedish = catalogue.translate(Language::sv, sentence);
        CHECK_THAT(swedish, Catch::Contains("ndra") && Catch::Contains("tid"));
        CHECK_THAT(swedish, !Catch::Contains("flytta") && !Catch::Contains("boka om"));
        CHECK_THAT(catalogue.translate(Language::da, sentence),
                   Catch::Contains("flyt", Catch::CaseSensitive::No));
    }
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
