#include "service/staff.hpp"

#include "base/encoding.hpp"
#include "service/authorize.hpp"
#include "service/booking_change.hpp"
#include "service/invitation.hpp"
#include "service/new_person.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "store/credential.hpp"
#include "store/login.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;

constexpr std::size_t kNamedVisits = 5;

base::Result<std::string> local_text(const Session& session, base::Instant at) {
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto local = zone.to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return base::format_day(day) + " " +
           base::format_minute(static_cast<int>((local - day).count()));
}

base::Status refuse_coming(store::Tx& tx, const Session& session, const store::Staff& staff) {
    PORTAL_TRY(coming, store::list_coming_visits(tx, session.tenant().id, staff, session.now()));
    if (coming.empty()) return {};
    std::string named;
    for (std::size_t i = 0; i < coming.size() && i < kNamedVisits; ++i) {
        PORTAL_TRY(when, local_text(session, coming[i].starts));
        named += (i == 0 ? "" : ", ") + when + " (" + base::format_uuid(coming[i].id) + ")";
    }
    if (coming.size() > kNamedVisits) named += ", ...";
    return base::make_error(base::ErrorCode::conflict,
                            N_("Visits are still to come: {1}. Move or cancel them first."),
                            {named})
        .with_hint("portalctl booking list -T " + session.tenant().slug);
}

/// The key's first answer, if it was used before.
base::Result<std::optional<base::Uuid>> claim(store::Tx& tx, const Session& session,
                                              const CreateStaff& command, const base::Uuid& id) {
    const auto key = key_of(session, command.key);
    if (!key) return std::optional<base::Uuid>{};
    const auto act =
        key_act("staff.create", {command.first_name, command.last_name, command.title});
    return store::claim_key(tx, session.tenant().id, {*key, act, id, session.now()});
}

base::Status audit_administrator(store::Tx& tx, const Session& session, const store::Staff& before,
                                 const store::Staff& after) {
    if (before.administrator == after.administrator) return {};
    return record_act(tx, session,
                      {after.administrator ? "staff.administrator-on" : "staff.administrator-off",
                       "staff", after.id.value});
}

base::Status check_kept(const SetStaff& command) {
    if (command.title.is_null()) return base::invalid("title", N_("cannot be cleared"));
    if (command.listed.is_null()) return base::invalid("listed", N_("cannot be cleared"));
    if (command.bookable.is_null()) return base::invalid("bookable", N_("cannot be cleared"));
    if (command.administrator.is_null())
        return base::invalid("administrator", N_("cannot be cleared"));
    return {};
}

bool is_same(const store::Staff& a, const store::Staff& b) {
    return a.title == b.title && a.description == b.description && a.listed == b.listed &&
           a.bookable == b.bookable && a.administrator == b.administrator;
}

base::Result<StaffView> change(store::Tx& tx, const Session& session, const SetStaff& command) {
    PORTAL_TRYV(lock_unit(tx, session));
    PORTAL_TRY(before, resolve_staff(tx, session, command.staff, "staff"));
    auto after = before;
    after.title = command.title.apply(before.title);
    after.description = command.description.apply(before.description);
    after.listed = command.listed.apply(before.listed);
    after.bookable = command.bookable.apply(before.bookable);
    after.administrator = command.administrator.apply(before.administrator);
    if (is_same(before, after)) return staff_view(before);
    PORTAL_TRYV(check_version(command.version, before.version));
    if (!after.administrator) PORTAL_TRYV(check_others_administer(tx, session, before));
    PORTAL_TRYV(store::save_staff(tx, session.tenant().id, after));
    ++after.version;
    PORTAL_TRYV(record_act(tx, session, {"staff.set", "staff", after.id.value}));
    PORTAL_TRYV(audit_administrator(tx, session, before, after));
    PORTAL_TRYV(audit_booking_function(tx, session, before, after));
    return staff_view(after);
}

base::Status end_role(store::Tx& tx, const Session& session, store::Staff& staff) {
    const auto tenant = session.tenant().id;
    staff.bookable = staff.listed = staff.administrator = false;
    PORTAL_TRYV(store::save_staff(tx, tenant, staff));
    ++staff.version;
    staff.person.blocked = true;
    PORTAL_TRY(saved, store::save_membership(tx, tenant, staff.person));
    if (!saved) return base::make_error(base::ErrorCode::stale, {});
    const auto member = staff.person.id;
    PORTAL_TRYV(store::void_links_of_member(tx, tenant, member, session.now()));
    PORTAL_TRYV(store::revoke_feeds_of(tx, tenant, member, session.now()));
    return store::end_sessions_of_member(tx, tenant, member, session.now());
}

}  // namespace

StaffView staff_view(const store::Staff& staff) {
    const auto& person = staff.person;
    return {person.public_id,
            person.full_name(),
            staff.title,
            person.email.reveal(),
            person.blocked ? UserStatus::blocked : UserStatus::active,
            staff.bookable,
            staff.listed,
            staff.administrator,
            staff.description,
            staff.version};
}

base::Status check_version(const std::optional<std::int64_t>& wanted, std::int64_t version) {
    if (wanted && *wanted != version) return base::make_error(base::ErrorCode::stale, {});
    return {};
}

base::Status lock_unit(store::Tx& tx, const Session& session) {
    PORTAL_TRY(locked, store::lock_tenant(tx, session.tenant().id));
    if (session.who().kind != Principal::staff) return {};
    PORTAL_TRY(self, store::find_staff(tx, session.tenant().id, session.who().staff_id));
    if (!self || !self->administrator || self->person.blocked)
        return base::make_error(base::ErrorCode::forbidden, {});
    return {};
}

base::Status check_others_administer(store::Tx& tx, const Session& session,
                                     const store::Staff& staff) {
    if (!staff.administrator || staff.person.blocked) return {};
    PORTAL_TRY(others, store::count_other_administrators(tx, session.tenant().id, staff.id));
    if (others > 0) return {};
    return base::make_error(base::ErrorCode::conflict,
                            N_("This is the only administrator here. Make somebody else an "
                               "administrator first."))
        .with_hint("portalctl staff set -T " + session.tenant().slug +
                   " STAFF --administrator yes");
}

base::Status audit_booking_function(store::Tx& tx, const Session& session,
                                    const store::Staff& before, const store::Staff& after) {
    if (before.bookable == after.bookable) return {};
    return record_act(
        tx, session,
        {after.bookable ? "staff.booking-on" : "staff.booking-off", "staff", after.id.value});
}

base::Result<StaffView> create_staff(Session& session, const CreateStaff& command) {
    PORTAL_TRYV(authorize(session, Action::staff_create));
    PORTAL_TRY(person, parse_person(session, store::Role::staff,
                                    {command.first_name, command.last_name, command.email,
                                     command.mobile, command.language}));
    store::Staff row;
    row.title = command.title;
    row.description = command.description.value_or("");
    row.administrator = command.administrator;
    row.bookable = command.bookable.value_or(true);
    auto made = session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<StaffView> {
            auto copy = person;
            auto staff = row;
            PORTAL_TRY(before, claim(tx, session, command, copy.member.public_id));
            if (before) {
                PORTAL_TRY(again, resolve_staff(tx, session, base::format_uuid(*before), "staff"));
                return staff_view(again);
            }
            PORTAL_TRY(member, add_member(tx, session, copy, std::nullopt));
            staff.person = copy.member;
            PORTAL_TRY(id, store::insert_staff(tx, session.tenant().id, member, staff));
            PORTAL_TRYV(record_act(tx, session, {"staff.create", "staff", id.value}));
            staff.id = id;
            PORTAL_TRYV(audit_administrator(tx, session, {}, staff));
            if (!command.invite) return staff_view(staff);
            PORTAL_TRY(sent, queue_invitation(tx, session, copy.member));
            return staff_view(staff);
        });
    if (made && command.invite) session.services().wake_outbox();
    return made;
}

base::Result<StaffList> list_staff(Session& session, const ListStaff& command) {
    PORTAL_TRYV(authorize(session, Action::staff_list));
    PORTAL_TRY(rows, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::list_staff(tx, session.tenant().id);
    }));
    const auto kind = session.who().kind;
    const bool is_patient = kind == Principal::patient || kind == Principal::nobody;
    StaffList list;
    for (const auto& row : rows) {
        auto view = staff_view(row);
        if (command.status && *command.status != view.status) continue;
        if (!is_patient) {
            list.items.push_back(std::move(view));
        } else if (view.bookable && view.status == UserStatus::active) {
            StaffView known;
            known.id = view.id;
            known.name = view.name;
            known.title = view.title;
            known.bookable = true;
            list.items.push_back(std::move(known));
        }
    }
    return list;
}

base::Result<StaffView> show_staff(Session& session, const ShowStaff& command) {
    PORTAL_TRYV(authorize(session, Action::staff_show));
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<StaffView> {
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            PORTAL_TRYV(authorize(session, Action::staff_show, {{}, staff.person.id}));
            return staff_view(staff);
        });
}

base::Result<StaffView> set_staff(Session& session, const SetStaff& command) {
    PORTAL_TRYV(authorize(session, Action::staff_set));
    PORTAL_TRYV(check_kept(command));
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) { return change(tx, session, command); });
}

base::Result<std::vector<store::ComingVisit>> list_coming_visits(Session& session,
                                                                 const ShowStaff& command) {
    using Visits = std::vector<store::ComingVisit>;
    PORTAL_TRYV(authorize(session, Action::staff_set));
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<Visits> {
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            return store::list_coming_visits(tx, session.tenant().id, staff, session.now());
        });
}

base::Result<StaffView> delete_staff(Session& session, const DeleteStaff& command) {
    PORTAL_TRYV(authorize(session, Action::staff_set));
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<StaffView> {
        PORTAL_TRYV(lock_unit(tx, session));
        PORTAL_TRY(found, resolve_staff(tx, session, command.staff, "staff"));
        PORTAL_TRYV(store::lock_staff(tx, tenant, found.id));
        PORTAL_TRY(locked, store::find_staff(tx, tenant, found.id));
        auto staff = locked.value_or(found);
        const bool ended =
            staff.person.blocked && !staff.bookable && !staff.listed && !staff.administrator;
        if (ended) return staff_view(staff);
        PORTAL_TRYV(check_version(command.version, staff.version));
        PORTAL_TRYV(check_others_administer(tx, session, staff));
        PORTAL_TRYV(refuse_coming(tx, session, staff));
        const auto before = staff;
        PORTAL_TRYV(end_role(tx, session, staff));
        PORTAL_TRYV(record_act(tx, session, {"staff.delete", "staff", staff.id.value}));
        PORTAL_TRYV(audit_administrator(tx, session, before, staff));
        return staff_view(staff);
    });
}

}  // namespace portal::service
