#include "service/consent.hpp"

#include <algorithm>
#include <array>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "service/authorize.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "store/consent.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;

/// Raise it when a sentence below changes its meaning: everybody is then asked again.
constexpr const char* kBuiltIn = "built-in-1";
constexpr std::array kBuiltInText{
    N_("{1} asks for your consent to handle your personal data when you meet by video here."),
    N_("It is about your name, your contact details, your personal number and the times of your "
       "visits. During a video visit it is also what you say, show and write."),
    N_("The data is used so that you and the clinic can meet, and for nothing else. {1} answers "
       "for it. You may ask the clinic what it holds about you, and have what is wrong put right."),
    N_("You choose freely. Without your consent you can still book visits here, but you cannot "
       "meet by video."),
    N_("You can withdraw your consent on this page whenever you like. What was done before that "
       "stays lawful."),
};

std::string built_in_text(const Session& session, domain::Language language) {
    std::string text;
    for (const auto* paragraph : kBuiltInText) {
        if (!text.empty()) text += "\n\n";
        const auto words = session.services().catalogue.translate(to_text(language), paragraph);
        text += base::fill_arguments(words, {session.tenant().name});
    }
    return text;
}

std::string version_text(std::int64_t version) {
    return version == 0 ? kBuiltIn : std::to_string(version);
}

ShownText shown(std::string version, domain::Language language, std::string body) {
    auto hash = crypto::sha256(body);
    return {std::move(version), language, std::move(body), std::move(hash)};
}

/// The current text in every language it has.
base::Result<std::vector<ShownText>> load_texts(store::Tx& tx, const Session& session) {
    PORTAL_TRY(own, store::list_current_texts(tx, session.tenant().id));
    std::vector<ShownText> texts;
    for (auto& text : own)
        texts.push_back(shown(version_text(text.version), text.language, std::move(text.body)));
    if (texts.empty())
        for (const auto language : text::kLanguages)
            texts.push_back(
                shown(kBuiltIn, to_domain(language), built_in_text(session, to_domain(language))));
    return texts;
}

const ShownText& choose_text(const std::vector<ShownText>& texts, const Session& session,
                             domain::Language wanted) {
    for (const auto language : {wanted, session.tenant().language})
        for (const auto& text : texts)
            if (text.language == language) return text;
    return texts.front();
}

base::Result<std::string> current_version(store::Tx& tx, const Session& session) {
    PORTAL_TRY(version, store::find_text_version(tx, session.tenant().id));
    return version_text(version);
}

/// Not withdrawn, to whichever text.
bool stands(const store::Consent& consent) {
    return consent.answer == ConsentAnswer::yes && !consent.withdrawn_at;
}

base::Result<ConsentTextView> text_view(store::Tx& tx, const Session& session,
                                        std::optional<domain::Language> wanted) {
    PORTAL_TRY(texts, load_texts(tx, session));
    const auto& text = choose_text(texts, session, wanted.value_or(session.tenant().language));
    PORTAL_TRY(count, store::count_consents(tx, session.tenant().id, text.version));
    ConsentTextView view;
    view.version = text.version;
    view.language = text.language;
    for (const auto& each : texts) view.languages.push_back(each.language);
    view.hash = base::format_hex(text.hash);
    view.text = text.body;
    view.asked = count.asked;
    view.given = count.given;
    for (const auto language : text::kLanguages)
        if (std::find(view.languages.begin(), view.languages.end(), to_domain(language)) ==
            view.languages.end())
            view.warnings.push_back("who reads " + std::string{text::format_language(language)} +
                                    " gets another language's text: portalctl consent set-text "
                                    "--translation --language " +
                                    std::string{text::format_language(language)});
    return view;
}

/// As it is shown and hashed: lines end with LF, nothing around it.
std::string tidy(std::string_view written) {
    std::string text;
    for (const char c : base::trim(written))
        if (c != '\r') text += c;
    return text;
}

base::Error conflict(const char* sentence, std::string_view field) {
    auto error = base::make_error(ErrorCode::conflict, sentence);
    error.field = field;
    return error;
}

/// The version that the new text belongs to, and the hash of the one that it stands for.
struct Place {
    std::int64_t version = 1;
    base::Bytes before{};
};
base::Result<Place> find_place(const std::vector<store::ConsentText>& current,
                               const store::ConsentText& text, bool translation) {
    const auto same = std::find_if(current.begin(), current.end(), [&](const auto& each) {
        return each.language == text.language;
    });
    if (translation && current.empty())
        return conflict(N_("The clinic has no text of its own that this could translate."),
                        "translation");
    if (translation && same != current.end())
        return conflict(N_("The current text has this language already."), "language");
    if (translation) return Place{current.front().version};
    if (same != current.end() && same->body == text.body)
        return conflict(N_("This is the current text already."), "text");
    Place place;
    if (!current.empty()) place.version = current.front().version + 1;
    if (same != current.end()) place.before = crypto::sha256(same->body);
    return place;
}

ConsentView view_of(const store::Consent& consent) {
    ConsentView view;
    view.person = consent.person;
    view.name = consent.name;
    view.state = consent.answer == ConsentAnswer::not_now ? ConsentState::not_now
                 : consent.withdrawn_at                   ? ConsentState::withdrawn
                                                          : ConsentState::given;
    view.version = consent.version;
    view.language = consent.language;
    view.method = consent.method;
    view.answered_at = consent.answered_at;
    view.withdrawn_at = consent.withdrawn_at;
    view.reason = consent.reason;
    view.hash = base::format_hex(consent.text_hash);
    return view;
}

ConsentList list_of(const std::vector<store::Consent>& rows) {
    ConsentList list;
    for (const auto& row : rows) list.items.push_back(view_of(row));
    return list;
}

base::Result<store::Membership> resolve_person(store::Tx& tx, const Session& session,
                                               std::string_view reference) {
    auto found = resolve_member(tx, session, {reference, Audience::patient, "person"});
    if (found || found.error().code != ErrorCode::not_found) return found;
    return resolve_member(tx, session, {reference, Audience::relative, "person"});
}

base::Status put_off(store::Tx& tx, const Session& session, store::Consent consent) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(before, store::list_consents_of(tx, tenant, consent.membership));
    const bool answered = std::any_of(before.begin(), before.end(), [&](const auto& each) {
        return each.version == consent.version;
    });
    if (answered) return {};
    PORTAL_TRY(id, store::insert_consent(tx, tenant, consent));
    return record_act(tx, session, {"consent.put-off", "consent", id.value_or(0), consent.version});
}

}  // namespace

base::Result<ConsentTextView> set_consent_text(Session& session, const SetConsentText& command) {
    PORTAL_TRYV(authorize(session, Action::consent_text_set));
    const auto tenant = session.tenant().id;
    store::ConsentText text;
    text.language = command.language.value_or(session.tenant().language);
    text.body = tidy(command.text);
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<ConsentTextView> {
            PORTAL_TRY(locked, store::lock_tenant(tx, tenant));
            PORTAL_TRY(current, store::list_current_texts(tx, tenant));
            PORTAL_TRY(place, find_place(current, text, command.translation));
            text.version = place.version;
            PORTAL_TRY(made, store::insert_consent_text(tx, tenant, text, session.now()));
            PORTAL_TRYV(record_change(tx, session,
                                      {"consent.set-text", "consent_text", text.version},
                                      {place.before, crypto::sha256(text.body)}));
            return text_view(tx, session, text.language);
        });
}

base::Result<ConsentTextView> show_consent_text(Session& session, const ShowConsentText& command) {
    PORTAL_TRYV(authorize(session, Action::consent_text_show));
    return session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return text_view(tx, session, command.language);
    });
}

base::Result<ConsentList> list_consents(Session& session, const ListConsents& command) {
    PORTAL_TRYV(authorize(session, Action::consent_list));
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<ConsentList> {
        if (!command.person) {
            PORTAL_TRYV(record_act(tx, session, {"consent.list", "", 0}));
            PORTAL_TRY(rows, store::list_consents(tx, tenant));
            return list_of(rows);
        }
        PORTAL_TRY(person, resolve_person(tx, session, *command.person));
        PORTAL_TRYV(record_act(tx, session, {"consent.list", "membership", person.id.value}));
        PORTAL_TRY(rows, store::list_consents_of(tx, tenant, person.id));
        return list_of(rows);
    });
}

base::Result<ConsentList> withdraw_consent(Session& session, const WithdrawConsent& command) {
    PORTAL_TRYV(authorize(session, Action::consent_withdraw));
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<ConsentList> {
        PORTAL_TRY(person, resolve_person(tx, session, command.person));
        PORTAL_TRY(count,
                   store::withdraw_consents(tx, tenant, person.id, command.reason, session.now()));
        if (count == 0) return conflict(N_("No consent of this person stands."), "person");
        PORTAL_TRYV(record_act(tx, session, {"consent.withdraw", "membership", person.id.value}));
        PORTAL_TRY(rows, store::list_consents_of(tx, tenant, person.id));
        return list_of(rows);
    });
}

base::Result<OwnConsent> show_own_consent(Session& session) {
    PORTAL_TRYV(authorize(session, Action::consent_answer));
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<OwnConsent> {
            PORTAL_TRY(texts, load_texts(tx, session));
            PORTAL_TRY(rows,
                       store::list_consents_of(tx, session.tenant().id, session.who().person.id));
            OwnConsent own{choose_text(texts, session, to_domain(session.language())), {}, false};
            for (const auto& row : rows) {
                if (!stands(row)) continue;
                if (row.version == own.text.version) own.given_at = row.answered_at;
                own.gave_earlier = own.gave_earlier || row.version != own.text.version;
            }
            if (own.given_at) own.gave_earlier = false;
            return own;
        });
}

base::Status answer_consent(Session& session, const ConsentReply& reply) {
    PORTAL_TRYV(authorize(session, Action::consent_answer));
    const auto& who = session.who();
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(texts, load_texts(tx, session));
        const auto text = std::find_if(texts.begin(), texts.end(), [&](const auto& each) {
            return base::format_hex(each.hash) == reply.text_hash;
        });
        if (text == texts.end())
            return base::make_error(
                ErrorCode::stale,
                N_("The text has changed since you opened this page. Please read it again."));
        const store::Consent consent{who.person.id, text->version, text->hash,   text->language,
                                     who.method,    reply.answer,  session.now()};
        if (reply.answer == ConsentAnswer::not_now) return put_off(tx, session, consent);
        PORTAL_TRY(id, store::insert_consent(tx, tenant, consent));
        if (!id) return {};
        return record_act(tx, session, {"consent.give", "consent", *id, text->version});
    });
}

base::Status withdraw_own_consent(Session& session) {
    PORTAL_TRYV(authorize(session, Action::consent_answer));
    const auto tenant = session.tenant().id;
    const auto person = session.who().person.id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(count, store::withdraw_consents(tx, tenant, person, "", session.now()));
        if (count == 0) return {};
        return record_act(tx, session, {"consent.withdraw", "membership", person.value});
    });
}

base::Result<bool> must_ask_consent(const Session& session, const Principal& who) {
    if (who.kind != Principal::patient && who.kind != Principal::relative) return false;
    const auto tenant = session.tenant().id;
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<bool> {
        PORTAL_TRY(version, current_version(tx, session));
        PORTAL_TRY(rows, store::list_consents_of(tx, tenant, who.person.id));
        return std::none_of(rows.begin(), rows.end(),
                            [&](const auto& each) { return each.version == version; });
    });
}

base::Result<bool> has_consent(store::Tx& tx, const Session& session, base::MembershipId person) {
    PORTAL_TRY(version, current_version(tx, session));
    PORTAL_TRY(rows, store::list_consents_of(tx, session.tenant().id, person));
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& each) { return stands(each) && each.version == version; });
}

}  // namespace portal::service
