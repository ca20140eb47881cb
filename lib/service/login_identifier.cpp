#include "service/login_identifier.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "domain/email.hpp"
#include "domain/national_id.hpp"
#include "service/identity.hpp"
#include "store/credential.hpp"
#include "text/unicode.hpp"

namespace portal::service {

using namespace domain;
using base::N_;

namespace {

/// Patients log in by what the policy says; staff always by e-mail address (K4, K31).
bool may_use(const Session& session, const store::Membership& member, const Identifier& who) {
    if (member.blocked) return false;
    const bool by_number = session.tenant().login_identifier == LoginIdentifier::national_id;
    return member.role == store::Role::staff ? who.by_email : by_number != who.by_email;
}

}  // namespace

base::Result<Identifier> parse_identifier(const Session& session, std::string_view typed) {
    const auto& tenant = session.tenant();
    const bool takes_number =
        tenant.login_identifier == LoginIdentifier::national_id && tenant.has(Module::cpr_password);
    const auto text = base::trim(typed);
    if (text.empty()) return base::invalid("identifier", N_("Write something here."));
    const bool address = text.find('@') != std::string_view::npos;
    if (!address && !takes_number)
        return base::invalid("identifier", N_("Write your e-mail address, like anna@example.org."));
    if (address) {
        const auto email = parse_email(text);
        const auto folded = email ? text::fold(canonical_email(*email)) : text::fold("");
        if (!email || !folded)
            return base::invalid("identifier", N_("This is not an e-mail address. Check it."));
        return Identifier{true, *folded};
    }
    PORTAL_TRY(zone, base::Zone::find(tenant.zone));
    auto number = parse_national_id(text, tenant.country, zone.to_local_day(session.now()));
    if (!number) {
        auto error = std::move(number).error();
        error.field = "identifier";
        return error;
    }
    return Identifier{false, number->canonical.reveal()};
}

base::Result<std::optional<base::AccountId>> find_by_number(const Services& services,
                                                            const Identifier& who) {
    if (who.by_email) return std::optional<base::AccountId>{};
    return find_account_of(services, who.canonical);
}

base::Result<Candidate> find_candidate(store::Tx& tx, const Session& session, const Identifier& who,
                                       std::optional<base::AccountId> account) {
    Candidate candidate;
    if (who.by_email) {
        PORTAL_TRY(found, store::find_account_by_email(tx, session.tenant().id, who.canonical));
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
    }
    candidate.person = receiver;
    return candidate;
}

}  // namespace portal::service
