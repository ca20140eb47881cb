// Consent to the processing of personal data: the clinic's texts and what people answered.
// Source: C44.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/tenant.hpp"

namespace portal::domain {

/// What a person answered when asked. `not_now` is kept so that nobody is asked twice.
enum class ConsentAnswer { yes, not_now };
BOOST_DESCRIBE_ENUM(ConsentAnswer, yes, not_now)

enum class ConsentState { given, withdrawn, not_now };
BOOST_DESCRIBE_ENUM(ConsentState, given, withdrawn, not_now)

struct SetConsentText {
    std::string text;
    std::optional<Language> language;
    bool translation = false;
};
BOOST_DESCRIBE_STRUCT(SetConsentText, (), (text, language, translation))
PORTAL_HELP(SetConsentText,
            {"text", "the text that people are asked to consent to; an empty line parts paragraphs",
             base::kFromFile | base::kMultiline, 1, 20000},
            {"language", "the text's language; the clinic's when absent"},
            {"translation",
             "the current text in one more language: no new version, nobody is asked again"})

struct ShowConsentText {
    std::optional<Language> language;
};
BOOST_DESCRIBE_STRUCT(ShowConsentText, (), (language))
PORTAL_HELP(ShowConsentText,
            {"language", "for a reader of this language; the clinic's when absent"})

struct ConsentTextView {
    std::string version;
    Language language = Language::sv;
    std::vector<Language> languages;
    std::string hash;
    std::string text;
    std::int64_t asked = 0;
    std::int64_t given = 0;
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(ConsentTextView, (),
                      (version, language, languages, hash, text, asked, given, warnings))
PORTAL_HELP(ConsentTextView, {"version", "a number; built-in-1: the clinic has no text of its own"},
            {"language", "the text's language"},
            {"languages", "the languages that this version has"},
            {"hash", "SHA-256 of the text, as consents hold it"}, {"text", "the text"},
            {"asked", "how many have answered this version"},
            {"given", "how many consents to this version stand"},
            {"warnings", "languages of readers that this version lacks"})

struct ListConsents {
    std::optional<std::string> person;
};
BOOST_DESCRIBE_STRUCT(ListConsents, (), (person))
PORTAL_HELP(ListConsents, {"person", "id or e-mail address of a patient or relative",
                           base::kPersonal | base::kPositional, 1, 254})

struct WithdrawConsent {
    std::string person;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawConsent, (), (person, reason))
PORTAL_HELP(WithdrawConsent,
            {"person", "id or e-mail address of a patient or relative",
             base::kPersonal | base::kPositional, 1, 254},
            {"reason", "why you do it for him, like: by letter of 3 May", base::kPersonal, 1, 200})

struct ConsentView {
    base::Uuid person;
    std::string name;
    ConsentState state = ConsentState::given;
    std::string version;
    Language language = Language::sv;
    LoginMethod method = LoginMethod::password;
    base::Instant answered_at{};
    std::optional<base::Instant> withdrawn_at;
    std::string reason;
    std::string hash;
};
BOOST_DESCRIBE_STRUCT(ConsentView, (),
                      (person, name, state, version, language, method, answered_at, withdrawn_at,
                       reason, hash))
PORTAL_HELP(ConsentView, {"person", "id of the person"}, {"name", "name", base::kPersonal},
            {"state", "given, withdrawn, or not-now: asked, and went on without"},
            {"version", "version of the text"}, {"language", "in which it was read"},
            {"method", "how the person had logged in"}, {"answered_at", "when it was answered"},
            {"withdrawn_at", "when it was withdrawn"},
            {"reason", "why an operator withdrew it", base::kPersonal | base::kWide},
            {"hash", "SHA-256 of the text that was read", base::kWide})

struct ConsentList {
    std::vector<ConsentView> items;
};
BOOST_DESCRIBE_STRUCT(ConsentList, (), (items))
PORTAL_HELP(ConsentList, {"items", "the answers, newest first"})

}  // namespace portal::domain
