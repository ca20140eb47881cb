#include "service/profile.hpp"

#include "service/authorize.hpp"
#include "service/record_audit.hpp"
#include "service/staff.hpp"

namespace portal::service {
namespace {

bool is_shown(const store::Staff& staff) {
    return staff.listed && !staff.person.blocked;
}

Profile profile_of(const store::Staff& staff) {
    return {staff.person.public_id, staff.person.full_name(), staff.title, staff.description,
            staff.bookable};
}

base::Result<store::Staff> find_self(store::Tx& tx, const Session& session) {
    PORTAL_TRY(staff, store::find_staff(tx, session.tenant().id, session.who().staff_id));
    if (!staff) return base::make_error(base::ErrorCode::not_found, {});
    return *staff;
}

}  // namespace

base::Result<std::vector<Profile>> list_profiles(Session& session) {
    PORTAL_TRYV(authorize(session, Action::profile_show));
    PORTAL_TRY(rows, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::list_staff(tx, session.tenant().id);
    }));
    std::vector<Profile> profiles;
    for (const auto& row : rows)
        if (is_shown(row)) profiles.push_back(profile_of(row));
    return profiles;
}

base::Result<Profile> show_profile(Session& session, const base::Uuid& id) {
    PORTAL_TRYV(authorize(session, Action::profile_show));
    const auto tenant = session.tenant().id;
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<Profile> {
        PORTAL_TRY(member, store::find_membership_by_public_id(tx, tenant, id));
        if (!member) return base::make_error(base::ErrorCode::not_found, {});
        PORTAL_TRY(staff, store::find_staff_by_membership(tx, tenant, member->id));
        if (!staff || !is_shown(*staff)) return base::make_error(base::ErrorCode::not_found, {});
        return profile_of(*staff);
    });
}

base::Result<domain::StaffView> show_own_profile(Session& session) {
    PORTAL_TRYV(authorize(session, Action::own_profile));
    return session.services().store.read(session.tenant().id,
                                         [&](store::Tx& tx) -> base::Result<domain::StaffView> {
                                             PORTAL_TRY(staff, find_self(tx, session));
                                             return staff_view(staff);
                                         });
}

base::Result<domain::StaffView> set_own_profile(Session& session, const OwnProfile& change) {
    PORTAL_TRYV(authorize(session, Action::own_profile));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<domain::StaffView> {
            PORTAL_TRYV(store::lock_staff(tx, tenant, session.who().staff_id));
            PORTAL_TRY(before, find_self(tx, session));
            auto after = before;
            after.description = change.description.apply(before.description);
            after.listed = change.listed.apply(before.listed);
            after.bookable = change.bookable.apply(before.bookable);
            const bool same = after.description == before.description &&
                              after.listed == before.listed && after.bookable == before.bookable;
            if (same) return staff_view(before);
            PORTAL_TRYV(check_version(change.version, before.version));
            PORTAL_TRYV(store::save_staff(tx, tenant, after));
            ++after.version;
            PORTAL_TRYV(record_act(tx, session, {"profile.set", "staff", after.id.value}));
            PORTAL_TRYV(audit_booking_function(tx, session, before, after));
            return staff_view(after);
        });
}

}  // namespace portal::service
