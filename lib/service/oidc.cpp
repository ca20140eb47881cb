#include "service/oidc.hpp"

#include "base/json.hpp"
#include "crypto/digest.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "service/record_audit.hpp"
#include "store/column.hpp"
#include "store/eid.hpp"
#include "store/oidc.hpp"

namespace portal::service {

/// What waits for the browser's return, sealed in its row.
struct OidcWaiting {
    std::string nonce;
    std::string verifier;
    std::string subject;  // hash of the first step's; the second must be the same person's
    std::string language;
    std::int64_t tries = 0;
    bool fresh = false;
};
BOOST_DESCRIBE_STRUCT(OidcWaiting, (), (nonce, verifier, subject, language, tries, fresh))
PORTAL_HELP(OidcWaiting, {"nonce", "of the ID token", base::kSecret},
            {"verifier", "PKCE", base::kSecret},
            {"subject", "hash of issuer and subject", base::kDefaulted},
            {"language", "of the page that it began on"}, {"tries", "to confirm the national id"},
            {"fresh", "proved anew"})

namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using identity::OidcPerson;
using identity::OidcProvider;

constexpr std::string_view kLogin = "login";
constexpr std::string_view kMatch = "match";
constexpr int kMostTries = 3;
constexpr std::chrono::seconds kFreshFor{300};
constexpr std::size_t kTokenLength = 43;  // characters

constexpr const char* kOver =
    N_("This login cannot be used any more, or it was begun in another browser. Begin again.");
constexpr const char* kRefused =
    N_("We could not confirm who you are. Nothing was changed. Begin again, and call the clinic if "
       "it does not work.");
constexpr const char* kNoAnswer =
    N_("The login service does not answer just now. Wait a few minutes and try again.");
constexpr const char* kNoNumber =
    N_("Your CPR number could not be confirmed. Please call the clinic.");

std::string redirect_uri(const Session& session, LoginMethod method) {
    return tenant_url(session.services().options, session.tenant()) + "/login/" +
           store::enum_text(method) + "/return";
}

std::string sealed_place(const Session& session, const base::Bytes& state_hash) {
    return crypto::associated_data("oidc_login", "sealed", session.tenant().id,
                                   base::format_hex(state_hash));
}

std::string subject_hash(const OidcPerson& person) {
    return base::format_hex(crypto::sha256(person.issuer + "\n" + person.subject));
}

base::Result<OidcProvider*> get_provider(const Session& session, LoginMethod method) {
    PORTAL_TRYV(check_eid_method(session, method));
    const auto* all = session.services().oidc;
    auto* provider = all == nullptr ? nullptr : all->find(method);
    if (provider == nullptr) return base::make_error(ErrorCode::not_found, {});
    return provider;
}

base::Status note_denied(Session& session, LoginMethod method, const std::string& reason) {
    return session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return record_act(tx, session,
                          {"login.denied", "", 0, store::enum_text(method) + ":" + reason});
    });
}

/// The sentence for people; the reason stays in the field.
base::Error plain(base::Error error) {
    const bool silent = error.code == ErrorCode::unavailable || error.code == ErrorCode::timeout;
    error.key = silent ? kNoAnswer : kRefused;
    error.args.clear();
    return error;
}

/// One way to the provider: the row that waits for the return, and the address to go to.
struct Way {
    LoginMethod method;
    std::string_view purpose;
    base::Bytes browser_hash;
    std::string next;
    OidcWaiting waiting{};  // of the step before
};

base::Result<std::string> begin_way(Session& session, OidcProvider& provider, Way way) {
    const auto& services = session.services();
    const auto proof = identity::make_proof(services.random);
    identity::OidcAsk ask;
    ask.redirect_uri = redirect_uri(session, way.method);
    ask.language = text::format_language(session.language());
    ask.for_national_id = way.purpose == kMatch;
    ask.fresh = way.waiting.fresh && way.purpose == kLogin;
    if (way.waiting.fresh) ask.max_age = kFreshFor;
    auto url = provider.authorization_url(ask, proof);
    if (!url) return plain(std::move(url).error());
    way.waiting.language = ask.language;
    way.waiting.nonce = proof.nonce.reveal();
    way.waiting.verifier = proof.verifier.reveal();
    store::OidcLogin row;
    row.provider = way.method;
    row.state_hash = crypto::hash_token(proof.state.reveal());
    row.browser_hash = way.browser_hash;
    row.purpose = way.purpose;
    row.sealed = crypto::seal(services.keys, base::to_json(way.waiting),
                              sealed_place(session, row.state_hash));
    row.next = way.next;
    row.expires_at = session.now() + kOidcMinutes;
    PORTAL_TRYV(services.store.write(session.tenant().id, [&](store::Tx& tx) {
        return store::insert_oidc_login(tx, session.tenant().id, row, session.now());
    }));
    return url;
}

struct Returned {
    store::OidcLogin row;
    OidcWaiting waiting;
};

base::Result<Returned> take_way(Session& session, const OidcReturn& command) {
    const auto& services = session.services();
    const store::OidcKey key{command.method, crypto::hash_token(command.state),
                             crypto::hash_token(command.browser)};
    PORTAL_TRY(row, services.store.write(session.tenant().id, [&](store::Tx& tx) {
        return store::take_oidc_login(tx, session.tenant().id, key, session.now());
    }));
    if (!row) return base::invalid("callback.state", kOver);
    PORTAL_TRY(opened,
               crypto::open(services.keys, row->sealed, sealed_place(session, row->state_hash)));
    PORTAL_TRY(waiting, base::from_json<OidcWaiting>(opened.reveal()));
    if (const auto language = text::parse_language(waiting.language))
        session.set_language(*language);
    return Returned{*row, waiting};
}

/// The names as the provider has them; the last word is the family's where it tells only the whole.
void give_names(const OidcPerson& from, VerifiedPerson& to) {
    to.given_name = from.given_name;
    to.surname = from.family_name;
    if (to.given_name.empty() && to.surname.empty()) {
        const auto space = from.name.rfind(' ');
        to.given_name = from.name.substr(0, space);
        if (space != std::string::npos) to.surname = from.name.substr(space + 1);
    }
    to.name_is_real = !identity::is_name_withheld(from.name) &&
                      !identity::is_name_withheld(from.given_name) && !to.given_name.empty();
    if (to.name_is_real) return;
    to.given_name = "Navnebeskyttet";
    to.surname.clear();
}

base::Result<Country> country_of(const OidcPerson& person, const OidcProvider& provider) {
    auto code = base::lower_ascii(person.country);
    if (code.empty()) code = provider.options().national_id_country;
    if (code == "dk") return Country::dk;
    if (code == "se") return Country::se;
    auto error = base::make_error(ErrorCode::unauthenticated, kRefused);
    error.field = "claims.country";
    return error;
}

base::Result<VerifiedPerson> verify_person(const Session& session, const OidcProvider& provider,
                                           LoginMethod method, const OidcPerson& from) {
    VerifiedPerson person;
    person.method = method;
    person.issuer = from.issuer;
    person.subject = from.subject;
    give_names(from, person);
    if (from.national_id.empty()) return person;
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    PORTAL_TRY(country, country_of(from, provider));
    auto number =
        parse_national_id(from.national_id.reveal(), country, zone.to_local_day(session.now()));
    if (!number) {
        auto error = base::make_error(ErrorCode::unauthenticated, kRefused);
        error.field = "claims.national_id";
        return error;
    }
    person.national_id = *std::move(number);
    return person;
}

/// Whether the provider must be asked for the number before anybody can be let in.
base::Result<bool> lacks_number(const Session& session, const OidcProvider& provider,
                                const OidcPerson& person) {
    if (!person.national_id.empty() || provider.options().match_scopes.empty() ||
        person.has_national_id == false)
        return false;
    const auto& services = session.services();
    PORTAL_TRY(known, find_subject_of(services, person.issuer + "\n" + person.subject));
    if (!known) return true;
    PORTAL_TRY(number, services.store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::find_masked_identity(tx, known->account);
    }));
    return !number;
}

base::Error refuse_match(std::string_view field, const char* sentence) {
    auto error = base::make_error(ErrorCode::unauthenticated, sentence);
    error.field = field;
    return error;
}

/// The next step towards the number: at once after the login, offered after a failed try.
base::Result<OidcFinish> ask_number(Session& session, OidcProvider& provider,
                                    const Returned& from) {
    if (from.waiting.tries >= kMostTries) return refuse_match("match.tries", kNoNumber);
    OidcFinish finish;
    finish.next = from.row.next;
    finish.step =
        from.row.purpose == kMatch ? OidcFinish::Step::try_again : OidcFinish::Step::tell_number;
    Way way{from.row.provider, kMatch, from.row.browser_hash, from.row.next, from.waiting};
    ++way.waiting.tries;
    PORTAL_TRY(url, begin_way(session, provider, std::move(way)));
    finish.url = url;
    return finish;
}

base::Result<OidcFinish> complete(Session& session, const Returned& from, VerifiedPerson person,
                                  const base::Secret& id_token) {
    EidLogin login;
    login.person = &person;
    login.consume = [](store::Tx&) -> base::Result<bool> { return true; };  // take_way did
    login.id_token = id_token;
    PORTAL_TRY(answer, complete_eid_login(session, login));
    OidcFinish finish;
    finish.answer = answer;
    finish.person = std::move(person);
    finish.next = from.row.next;
    return finish;
}

base::Result<OidcFinish> prove(Session& session, OidcProvider& provider, const OidcReturn& command,
                               Returned& from) {
    identity::OidcExpectation expected;
    expected.proof.nonce = base::Secret{from.waiting.nonce};
    expected.proof.verifier = base::Secret{from.waiting.verifier};
    expected.redirect_uri = redirect_uri(session, command.method);
    expected.least_level = provider.options().eid_level;
    if (from.waiting.fresh) expected.max_age = kFreshFor;
    auto proved = provider.finish(command.callback, expected);
    if (!proved) return plain(std::move(proved).error());
    if (from.row.purpose == kMatch && subject_hash(*proved) != from.waiting.subject)
        return refuse_match("match.subject", kRefused);
    PORTAL_TRY(person, verify_person(session, provider, command.method, *proved));
    PORTAL_TRY(more, lacks_number(session, provider, *proved));
    if (more) {
        from.waiting.subject = subject_hash(*proved);
        return ask_number(session, provider, from);
    }
    return complete(session, from, std::move(person), proved->id_token);
}

/// The provider sent the browser back with an error: the person stopped, or the number did not fit.
base::Result<OidcFinish> stop(Session& session, OidcProvider& provider, const OidcReturn& command,
                              const Returned& from) {
    PORTAL_TRYV(provider.check_callback(command.callback));
    PORTAL_TRYV(note_denied(session, command.method, "stopped"));
    if (from.row.purpose == kMatch) return ask_number(session, provider, from);
    OidcFinish finish;
    finish.step = OidcFinish::Step::stopped;
    finish.next = from.row.next;
    return finish;
}

}  // namespace

OidcProvider* OidcProviders::find(LoginMethod method) const {
    if (method == LoginMethod::mitid) return mitid;
    return method == LoginMethod::oidc ? oidc : nullptr;
}

base::Result<OidcBegun> begin_oidc(Session& session, const BeginOidc& command) {
    PORTAL_TRY(provider, get_provider(session, command.method));
    OidcBegun begun;
    begun.browser = command.browser.size() == kTokenLength
                        ? base::Secret{command.browser}
                        : crypto::make_token(session.services().random);
    Way way{command.method, kLogin, crypto::hash_token(begun.browser.reveal()), command.next, {}};
    way.waiting.fresh = session.who().is_member();
    PORTAL_TRY(url, begin_way(session, *provider, std::move(way)));
    begun.url = url;
    return begun;
}

base::Result<OidcFinish> finish_oidc(Session& session, const OidcReturn& command) {
    PORTAL_TRY(provider, get_provider(session, command.method));
    auto done = [&]() -> base::Result<OidcFinish> {
        PORTAL_TRY(from, take_way(session, command));
        if (!command.callback.error.empty()) return stop(session, *provider, command, from);
        return prove(session, *provider, command, from);
    }();
    if (!done && !done.error().field.empty())
        PORTAL_TRYV(note_denied(session, command.method, done.error().field));
    return done;
}

std::string find_provider_logout(Session& session) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    if (services.oidc == nullptr || !session.who().session) return {};
    const auto origin = services.store.read(tenant, [&](store::Tx& tx) {
        return store::find_session_origin(tx, tenant, session.who().session);
    });
    if (!origin || !*origin) return {};
    auto* provider = services.oidc->find((*origin)->method);
    if (provider == nullptr) return {};
    base::Secret hint;
    if (const auto& sealed = (*origin)->logout_hint)
        if (auto opened = crypto::open(services.keys, *sealed,
                                       logout_hint_place(tenant, (*origin)->public_id)))
            hint = *opened;
    const auto back = tenant_url(services.options, session.tenant()) + "/login?done=logged-out";
    const auto url = provider->logout_url(hint, back);
    return url && *url ? **url : std::string{};
}

}  // namespace portal::service
