#include "service/login_identifier.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "domain/email.hpp"
#include "domain/login_name.hpp"
#include "domain/national_id.hpp"
#include "service/identity.hpp"
#include "store/credential.hpp"
#include "text/unicode.hpp"

namespace portal::service {

using namespace domain;
using base::N_;

namespace {

/// Patients log in by what the policy says, staff always by e-mail address, relatives by either
/// (K4, K31).
bool may_use(const Session& session, const store::Membership& member, const Identifier& who) {
    if (member.blocked) return false;
    if (who.kind == LoginIdentifier::email && member.role != store::Role::patient) return true;
    return member.role != store::Role::staff && who.kind == patients_identifier(session.tenant());
}

base::Result<Identifier> parse_address(std::string_view text) {
    const auto email = parse_email(text);
    const auto folded = email ? text::fold(canonical_email(*email)) : text::fold("");
    if (!email || !folded)
        return base::invalid("identifier", N_("This is not an e-mail address. Check it."));
    return Identifier{LoginIdentifier::email, *folded};
}

base::Result<Identifier> parse_name(std::string_view text) {
    const auto name = parse_login_name(text);
    const auto folded = name ? text::fold(*name) : text::fold("");
    if (!name || !folded)
        return base::invalid("identifier", N_("This is not a login name. Check it."));
    return Identifier{LoginIdentifier::login_name, *folded};
}

base::Result<Identifier> parse_number(const Session& session, std::string_view text) {
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto today = zone.to_local_day(session.now());
    auto number = parse_national_id(text, session.tenant().country, today);
    if (number) return Identifier{LoginIdentifier::national_id, number->canonical.reveal()};
    auto error = std::move(number).error();
    error.field = "identifier";
    return error;
}

}  // namespace

LoginIdentifier patients_identifier(const store::Tenant& tenant) {
    const bool forbidden = tenant.login_identifier == LoginIdentifier::national_id &&
                           !tenant.has(Module::cpr_password);
    return forbidden ? LoginIdentifier::email : tenant.login_identifier;
}

base::Result<Identifier> parse_identifier(const Session& session, std::string_view typed) {
    const auto text = base::trim(typed);
    if (text.empty()) return base::invalid("identifier", N_("Write something here."));
    if (text.find('@') != std::string_view::npos) return parse_address(text);
    switch (patients_identifier(session.tenant())) {
        case LoginIdentifier::login_name:
            return parse_name(text);
        case LoginIdentifier::national_id:
            return parse_number(session, text);
        case LoginIdentifier::email:
            break;
    }
    return base::invalid("identifier", N_("Write your e-mail address, like anna@example.org."));
}

base::Result<std::optional<base::AccountId>> find_by_number(const Services& services,
                                                            const Identifier& who) {
    if (who.kind != LoginIdentifier::national_id) return std::optional<base::AccountId>{};
    return find_account_of(services, who.canonical);
}

base::Result<Candidate> find_candidate(store::Tx& tx, const Session& session, const Identifier& who,
                                       std::optional<base::AccountId> account) {
    Candidate candidate;
    if (who.kind != LoginIdentifier::national_id) {
        const auto kind = who.kind == LoginIdentifier::email ? store::IdentifierKind::email
                                                             : store::IdentifierKind::login;
        PORTAL_TRY(found, store::find_account_by(tx, session.tenant().id, {kind, who.canonical}));
        account = found;
    }
    candidate.account = account;
    // The same statements run for nobody, so that the answer takes the same work (P10).
    const auto id = account.value_or(base::AccountId{});
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, id));
    PORTAL_TRY(password, store::find_password(tx, session.tenant().id, id));
    const auto found = std::find_if(members.begin(), members.end(), [&](const auto& member) {
        return may_use(session, member, who);
    });
    const bool somebody = found != members.end();
    PORTAL_TRY(receiver, load_receiver(tx, session, somebody ? *found : store::Membership{}));
    if (!somebody) return candidate;
    if (password) {
        candidate.hash = password->hash;
        receiver.rests_on = password->proved_by;
        receiver.credential = password->id;
    }
    candidate.person = receiver;
    return candidate;
}

}  // namespace portal::service
