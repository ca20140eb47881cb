#include "service/attach_identity.hpp"

#include "service/identity.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "store/eid.hpp"
#include "store/user.hpp"

namespace portal::service {
namespace {

using base::ErrorCode;
using base::N_;

/// What an eID has proved here stands above what the clinic writes. Logins at other clinics do not
/// count: they would tell this clinic of them (P2, P3).
base::Status check_unproved(store::Tx& tx, const Session& session,
                            const store::Membership& member) {
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, member.account));
    bool proved = false;
    for (const auto& each : members)
        proved = proved || (each.verified_at && each.verified_by != "exemption");
    if (!proved) return {};
    auto error = base::make_error(
        ErrorCode::conflict, N_("This person has logged in with an electronic ID, which says who "
                                "it is. The number cannot be changed here."));
    error.field = "national_id";
    return error;
}

}  // namespace

base::Result<base::AccountId> attach_identity(store::Tx& tx, const Session& session,
                                              const store::Membership& member,
                                              const Attach& attach) {
    const auto tenant = session.tenant().id;
    if (attach.known == member.account) return member.account;
    PORTAL_TRYV(check_unproved(tx, session, member));
    PORTAL_TRY(masked, store::find_masked_identity(tx, member.account));
    PORTAL_TRY(subject, store::has_subject(tx, member.account));
    if (!attach.known && !masked && !subject) {
        PORTAL_TRYV(insert_identity_of(tx, session, member.account, attach.id));
        return member.account;
    }
    auto account = attach.known;
    if (!account) {
        PORTAL_TRY(made, insert_identified_account(tx, session, attach.id));
        account = made;
    }
    PORTAL_TRY(others, store::list_memberships_of(tx, tenant, *account));
    if (!others.empty()) return here_already(session, others.front());
    if (attach.known) PORTAL_TRYV(note_known_account(tx, session, *account));
    PORTAL_TRYV(store::move_account(tx, tenant, {member.account, *account}));
    return *account;
}

}  // namespace portal::service
