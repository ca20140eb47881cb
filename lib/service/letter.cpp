#include "service/letter.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "service/authorize.hpp"
#include "service/invitation.hpp"
#include "service/login_facts.hpp"
#include "service/record_audit.hpp"
#include "service/user.hpp"
#include "store/account_budget.hpp"
#include "store/invitation.hpp"
#include "text/date.hpp"
#include "text/letter.hpp"
#include "text/qr.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::hours;
using std::chrono::minutes;

/// Crockford's base 32, without letters that look like digits: five bits a character, 80 in all.
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLength = 16;
constexpr std::size_t kGroup = 4;
constexpr std::int64_t kTries = 5;
constexpr minutes kPeriod{15};

std::string make_letter_code(base::Random& random) {
    std::string code;
    for (std::size_t i = 0; i < kLength; ++i)
        code += kAlphabet[static_cast<std::size_t>(random.below(kAlphabet.size()))];
    return code;
}

std::string index_text(const Session& session, const std::string& code) {
    return "letter|" + std::to_string(session.tenant().id.value) + "|" + code;
}

/// A letter stands in for telephone and address; everything else must allow a password.
base::Status may_have_letter(store::Tx& tx, const Session& session,
                             const store::Membership& person) {
    PORTAL_TRY(facts, person_facts(tx, session, person));
    facts.has_password = true;
    facts.has_email = true;
    facts.has_mobile = true;
    const auto reason =
        decide_login(clinic_facts(session, person.role), facts, LoginMethod::password);
    if (reason == LoginReason::allowed || reason == LoginReason::no_sms_provider) return {};
    return base::make_error(ErrorCode::conflict,
                            N_("This person cannot log in with a password: {1}."),
                            {reason_code(reason)})
        .with_hint(why_line(session, person));
}

struct NewLetter {
    const store::Membership* person = nullptr;
    std::string code;
    base::Instant expires_at{};
    std::optional<CodeChannel> lacks{};
};

base::Result<std::string> write_letter(const Session& session, const NewLetter& letter) {
    const auto& services = session.services();
    const auto& tenant = session.tenant();
    const auto language = to_text(letter.person->language);
    const auto page = tenant_url(services.options, tenant) + "/activate";
    PORTAL_TRY(zone, base::Zone::find(tenant.zone));
    PORTAL_TRY(picture, text::draw_qr(page));
    text::LetterView view;
    view.lang = text::format_language(language);
    view.clinic = tenant.name;
    view.address = tenant.address;
    view.phone = tenant.phone;
    view.person = letter.person->full_name();
    view.page = page;
    view.code = group_letter_code(letter.code);
    view.valid = text::format_time(letter.expires_at, zone, language, text::DateStyle::zoned);
    view.qr_size = picture.size;
    view.qr_path = picture.path;
    view.add_email = letter.lacks == CodeChannel::email;
    view.add_mobile = letter.lacks == CodeChannel::sms;
    return services.messages.write_letter(language, view);
}

base::Status insert_letter(store::Tx& tx, const Session& session, const MakeLetter& command,
                           const NewLetter& letter) {
    const auto tenant = session.tenant().id;
    const auto& services = session.services();
    // Nobody has this token: the code opens the letter, and gives the browser another.
    const auto token = crypto::make_token(services.random);
    PORTAL_TRYV(store::void_password_links(tx, tenant, letter.person->account, session.now()));
    PORTAL_TRYV(store::insert_password_link(
        tx, tenant,
        {letter.person->id, crypto::hash_token(token.reveal()), session.now(), letter.expires_at,
         store::LinkPurpose::letter,
         crypto::blind_index(services.keys, index_text(session, letter.code)),
         command.identity_checked_by, command.how}));
    return record_act(tx, session,
                      {"invite.letter", "membership", letter.person->id.value, "identity-checked"});
}

base::Bytes budget_of(const Session& session) {
    return crypto::blind_index(
        session.services().keys,
        "letter|" + std::to_string(session.tenant().id.value) + "|" + session.browser().network);
}

base::Result<std::optional<store::PasswordLink>> find_by_code(store::Tx& tx, const Session& session,
                                                              const std::string& code) {
    for (const auto& index :
         crypto::blind_indexes(session.services().keys, index_text(session, code))) {
        PORTAL_TRY(found, store::find_letter(tx, session.tenant().id, index, session.now()));
        if (found) return found;
    }
    return std::optional<store::PasswordLink>{};
}

enum class Typed { right, wrong, too_often };

/// A try is counted before the code is looked at; a right code gives the network its tries back, so
/// that a clinic's waiting room is not stopped by its own size.
base::Result<Typed> try_code(store::Tx& tx, const Session& session, const std::string& code,
                             const base::Bytes& token_hash) {
    const auto now = session.now();
    const auto budget = budget_of(session);
    PORTAL_TRY(may, store::spend_budget(tx, budget, {kTries, now, now - kPeriod}));
    if (!may) return Typed::too_often;
    PORTAL_TRY(found, find_by_code(tx, session, code));
    if (!found) {
        PORTAL_TRYV(record_act(tx, session, {"login.denied", "", 0, "wrong_letter_code"}));
        return Typed::wrong;
    }
    PORTAL_TRYV(store::clear_budget(tx, budget));
    PORTAL_TRYV(store::set_link_token(tx, session.tenant().id, found->id, token_hash));
    PORTAL_TRYV(record_act(tx, session, {"letter.open", "membership", found->membership.value}));
    return Typed::right;
}

base::Error at_code(ErrorCode code, const char* sentence) {
    auto error = base::make_error(code, sentence);
    error.field = "code";
    return error;
}

}  // namespace

std::string canonical_letter_code(std::string_view typed) {
    std::string code;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        char c = typed[i];
        if (typed.substr(i, 3) == "\u2013" || typed.substr(i, 3) == "\u2011") {  // long hyphens
            i += 2;
            continue;
        }
        if (c == ' ' || c == '-' || c == '.' || c == '\t') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (kAlphabet.find(c) == std::string_view::npos) return {};
        code += c;
    }
    return code.size() == kLength ? code : std::string{};
}

std::string group_letter_code(std::string_view code) {
    std::string text;
    for (std::size_t i = 0; i < code.size(); i += kGroup)
        text += (text.empty() ? "" : "-") + std::string{code.substr(i, kGroup)};
    return text;
}

base::Result<LetterView> make_letter(Session& session, const MakeLetter& command) {
    PORTAL_TRYV(authorize(session, Action::letter_make));
    const auto& services = session.services();
    const auto code = make_letter_code(services.random);
    const auto expires_at = session.now() + hours{24 * services.options.invitation_days};
    return services.store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<LetterView> {
            PORTAL_TRY(person, resolve_user(tx, session, command.person, "person"));
            PORTAL_TRYV(may_have_letter(tx, session, person));
            PORTAL_TRY(facts, person_facts(tx, session, person));
            const NewLetter letter{&person, code, expires_at, lacking_channel(session, facts)};
            PORTAL_TRY(document, write_letter(session, letter));
            PORTAL_TRYV(insert_letter(tx, session, command, letter));
            return LetterView{person.public_id, person.full_name(), expires_at,
                              command.print ? group_letter_code(code) : std::string{}, document};
        });
}

base::Result<base::Secret> open_letter(Session& session, std::string_view typed) {
    if (base::trim(typed).empty()) return base::invalid("code", N_("Write the code."));
    const auto code = canonical_letter_code(typed);
    const auto& services = session.services();
    const auto token = crypto::make_token(services.random);
    const auto hash = crypto::hash_token(token.reveal());
    PORTAL_TRY(answer, services.store.write(session.tenant().id, [&](store::Tx& tx) {
        return try_code(tx, session, code, hash);
    }));
    if (answer == Typed::right) return token;
    if (answer == Typed::too_often)
        return base::make_error(
            ErrorCode::rate_limited,
            N_("Too many wrong codes. Wait 15 minutes and try again, or call the clinic."));
    return at_code(ErrorCode::unauthenticated,
                   N_("The code is not right, or it has been used, or it is too old. Look at the "
                      "letter and write it again. If it does not help, call the clinic."));
}

base::Result<PasswordForm> show_letter(Session& session, std::string_view token) {
    return show_password_link(session, store::LinkPurpose::letter, token);
}

base::Result<LoggedIn> use_letter(Session& session, std::string_view token,
                                  const TypedPassword& typed) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto hash_of_token = crypto::hash_token(token);
    PORTAL_TRY(link, services.store.read(tenant, [&](store::Tx& tx) {
        return load_link(tx, session, store::LinkPurpose::letter, hash_of_token);
    }));
    PORTAL_TRY(checked, check_new_password(session, link.person, typed));
    PORTAL_TRY(hash, hash_new_password(services, checked));
    const auto cookie = crypto::make_token(services.random);
    PORTAL_TRYV(services.store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRYV(use_link(tx, session, link));
        PORTAL_TRYV(may_have_letter(tx, session, link.person));
        PORTAL_TRYV(store_new_password(tx, session,
                                       {&link.person, hash, store::ProvedBy::tenant, "letter",
                                        "link:" + std::to_string(link.id)}));
        NewLogin login;
        login.person = &link.person;
        login.token_hash = crypto::hash_token(cookie.reveal());
        return begin_session(tx, session, login);
    }));
    services.wake_outbox();
    return LoggedIn{cookie, link.person.role == store::Role::staff};
}

}  // namespace portal::service
