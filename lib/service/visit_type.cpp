#include "service/visit_type.hpp"

#include "service/authorize.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "text/date.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;

constexpr int kMostSeats = 50;

base::Error no_such(const char* sentence) {
    auto error = base::make_error(base::ErrorCode::not_found, sentence);
    error.field = "visit_type";
    return error;
}

base::Error title_taken(const Session& session) {
    auto error =
        base::make_error(base::ErrorCode::conflict, N_("A visit type with this title exists."));
    error.field = "title";
    return error.with_hint("portalctl visit-type list -T " + session.tenant().slug);
}

/// C11, C12.
base::Status check_type(const Session& session, VisitTypeView& type) {
    const auto most = session.tenant().visit_max_minutes;
    if (type.duration_minutes < 1 || type.duration_minutes > most)
        return base::invalid(
                   "duration_minutes",
                   N_("Write a length of 1 to {1} minutes: no longer visits are booked here."),
                   {std::to_string(most)})
            .with_hint("portalctl tenant set " + session.tenant().slug +
                       " --visit-max-minutes N allows up to 240");
    if (type.kind == VisitKind::video_group) {
        if (type.capacity < 2 || type.capacity > kMostSeats)
            return base::invalid("capacity", N_("Write how many places the group has: 2 to {1}."),
                                 {std::to_string(kMostSeats)});
        return {};
    }
    if (type.capacity > 1)
        return base::invalid("capacity", N_("Only a group visit has several places."));
    type.capacity = 1;
    return {};
}

bool is_plain_staff(const Session& session) {
    return session.who().kind == Principal::staff && !session.who().administers;
}

/// Whose own it becomes. A staff member's are always theirs.
base::Status give_owner(store::Tx& tx, const Session& session, const std::string& wanted,
                        store::VisitType& type) {
    const auto& who = session.who();
    type.owner.reset();
    type.view.staff.clear();
    type.view.staff_id.reset();
    if (wanted.empty() && !is_plain_staff(session)) return {};
    const auto reference = wanted.empty() ? base::format_uuid(who.person.public_id) : wanted;
    PORTAL_TRY(owner, resolve_staff(tx, session, reference, "staff"));
    PORTAL_TRYV(authorize(session, Action::visit_type_create, {{}, owner.person.id}));
    type.owner = owner.id;
    type.view.staff = owner.person.full_name();
    type.view.staff_id = owner.person.public_id;
    return {};
}

VisitTypeView view_of(const CreateVisitType& command) {
    VisitTypeView view;
    view.title = command.title;
    view.duration_minutes = command.duration_minutes;
    view.kind = command.kind;
    view.capacity = command.capacity;
    view.step_minutes = command.step_minutes;
    view.lead_minutes = command.lead_minutes;
    view.horizon_days = command.horizon_days;
    view.before_minutes = command.before_minutes;
    view.after_minutes = command.after_minutes;
    view.cancel_minutes = command.cancel_minutes;
    view.approval = command.approval;
    view.extra_mail = command.extra_mail;
    view.extra_sms = command.extra_sms;
    view.version = 1;
    return view;
}

void apply(const SetVisitType& command, VisitTypeView& view) {
    const VisitTypeView fresh = view_of(CreateVisitType{});
    view.title = command.title.apply(view.title);
    view.duration_minutes = command.duration_minutes.apply(view.duration_minutes);
    view.kind = command.kind.apply(view.kind);
    view.capacity = command.capacity.apply(view.capacity);
    view.step_minutes = command.step_minutes.apply(view.step_minutes);
    view.lead_minutes = command.lead_minutes.apply(view.lead_minutes, fresh.lead_minutes);
    view.horizon_days = command.horizon_days.apply(view.horizon_days, fresh.horizon_days);
    view.before_minutes = command.before_minutes.apply(view.before_minutes);
    view.after_minutes = command.after_minutes.apply(view.after_minutes);
    view.cancel_minutes = command.cancel_minutes.apply(view.cancel_minutes);
    view.approval = command.approval.apply(view.approval);
    view.extra_mail = command.extra_mail.apply(view.extra_mail);
    view.extra_sms = command.extra_sms.apply(view.extra_sms);
    view.active = command.active.apply(view.active, true);
    // One place is what every other kind has: who leaves groups need not say so.
    if (command.kind.has_value() && command.capacity.is_absent() &&
        view.kind != VisitKind::video_group)
        view.capacity = 1;
}

VisitTypeView with_sms_size(const Session& session, VisitTypeView view) {
    const auto size = sms_size(typical_sms(session, view.extra_sms));
    view.sms_segments = static_cast<int>(size.parts);
    view.sms_units = static_cast<int>(size.units);
    view.sms_encoding = size.encoding;
    return view;
}

/// One that this person may change.
base::Result<store::VisitType> load_own(store::Tx& tx, const Session& session, Action action,
                                        std::string_view reference) {
    PORTAL_TRY(type, resolve_visit_type(tx, session, reference));
    Owners owners;
    if (type.owner) {
        PORTAL_TRY(owner, store::find_staff(tx, session.tenant().id, *type.owner));
        if (owner) owners.staff = owner->person.id;
    }
    PORTAL_TRYV(authorize(session, action, owners));
    return type;
}

base::Status save(store::Tx& tx, const Session& session, store::VisitType& type,
                  std::string_view act) {
    PORTAL_TRYV(store::save_visit_type(tx, session.tenant().id, type));
    type.view.version += 1;
    return record_act(tx, session, {act, "visit_type", type.id.value});
}

}  // namespace

std::string typical_sms(const Session& session, const std::string& extra) {
    // A long weekday and month: half past ten on a Wednesday in September.
    constexpr base::Instant kWhen{std::chrono::milliseconds{1'790'152'200'000}};
    const auto language = to_text(session.tenant().language);
    text::MessageView view;
    view.clinic = session.tenant().name;
    if (const auto zone = base::Zone::find(session.tenant().zone))
        view.when = text::format_time(kWhen, *zone, language, text::DateStyle::zoned);
    view.link = tenant_url(session.services().options, session.tenant()) + "/bookings/" +
                base::format_uuid(base::Uuid{});
    view.extra = extra;
    const auto written = session.services().messages.write(
        text::MessageKind::booking_invited, text::MessageChannel::sms, language, view);
    return simplify_sms(written.body);
}

base::Result<VisitTypeView> create_visit_type(Session& session, const CreateVisitType& command) {
    PORTAL_TRYV(authorize(session, Action::visit_type_create));
    store::VisitType type{{}, std::nullopt, view_of(command)};
    type.view.id = base::make_uuid(session.services().random);
    PORTAL_TRYV(check_type(session, type.view));
    PORTAL_TRYV(
        session.services().store.write(session.tenant().id, [&](store::Tx& tx) -> base::Status {
            PORTAL_TRYV(give_owner(tx, session, command.staff.value_or(""), type));
            PORTAL_TRY(made, store::insert_visit_type(tx, session.tenant().id, type));
            if (!made) return title_taken(session);
            return record_act(tx, session, {"visit-type.create", "visit_type", made->value});
        }));
    return with_sms_size(session, type.view);
}

base::Result<VisitTypeList> list_visit_types(Session& session, const ListVisitTypes& command) {
    PORTAL_TRYV(authorize(session, Action::visit_type_list));
    const auto which = command.inactive ? store::Which::all : store::Which::active;
    PORTAL_TRY(rows, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::list_visit_types(tx, session.tenant().id, which);
    }));
    VisitTypeList list;
    for (const auto& row : rows) list.items.push_back(row.view);
    return list;
}

base::Result<VisitTypeView> show_visit_type(Session& session, const ShowVisitType& command) {
    PORTAL_TRYV(authorize(session, Action::visit_type_show));
    PORTAL_TRY(type, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return load_own(tx, session, Action::visit_type_show, command.visit_type);
    }));
    return with_sms_size(session, type.view);
}

base::Result<VisitTypeView> set_visit_type(Session& session, const SetVisitType& command) {
    PORTAL_TRYV(authorize(session, Action::visit_type_set));
    if (command.title.is_null()) return base::invalid("title", N_("cannot be cleared"));
    PORTAL_TRY(view,
               session.services().store.write(
                   session.tenant().id, [&](store::Tx& tx) -> base::Result<VisitTypeView> {
                       PORTAL_TRY(
                           type, load_own(tx, session, Action::visit_type_set, command.visit_type));
                       if (command.version && *command.version != type.view.version)
                           return base::make_error(base::ErrorCode::stale, {});
                       apply(command, type.view);
                       PORTAL_TRYV(check_type(session, type.view));
                       PORTAL_TRY(other, store::find_visit_type_by_title(tx, session.tenant().id,
                                                                         type.view.title));
                       if (other && other->id != type.id) return title_taken(session);
                       if (!command.staff.is_absent())
                           PORTAL_TRYV(give_owner(tx, session, command.staff.apply({}), type));
                       PORTAL_TRYV(save(tx, session, type, "visit-type.set"));
                       return type.view;
                   }));
    return with_sms_size(session, view);
}

base::Result<DeletedVisitType> delete_visit_type(Session& session, const DeleteVisitType& command) {
    PORTAL_TRYV(authorize(session, Action::visit_type_set));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<DeletedVisitType> {
            PORTAL_TRY(type, load_own(tx, session, Action::visit_type_set, command.visit_type));
            if (command.version && *command.version != type.view.version)
                return base::make_error(base::ErrorCode::stale, {});
            type.view.active = false;
            PORTAL_TRYV(save(tx, session, type, "visit-type.delete"));
            PORTAL_TRY(use, store::count_type_use(tx, tenant, type.id, session.now()));
            return DeletedVisitType{type.view.id, type.view.title, use.coming, use.others};
        });
}

base::Result<store::VisitType> resolve_visit_type(store::Tx& tx, const Session& session,
                                                  std::string_view reference) {
    const auto tenant = session.tenant().id;
    const auto id = base::parse_uuid(reference);
    PORTAL_TRY(found, id ? store::find_visit_type(tx, tenant, *id)
                         : store::find_visit_type_by_title(tx, tenant, reference));
    if (found) return *found;
    PORTAL_TRY(all, store::list_visit_types(tx, tenant));
    if (!all.empty()) return no_such(N_("There is no such visit type here."));
    return no_such(N_("There is no kind of visit to choose yet. Make one first, with title, length "
                      "and kind."))
        .with_hint("portalctl visit-type create -T " + session.tenant().slug +
                   " 'First talk' --duration-minutes 45 --kind video");
}

}  // namespace portal::service
