#include "service/booking.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "service/authorize.hpp"
#include "service/message.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/visit.hpp"
#include "store/outbox.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;
using store::Booking;
using text::MessageKind;

/// A booking with the people and the type that belong to it.
struct Visit {
    Booking booking;
    store::Staff staff;
    store::VisitType type;
    store::Membership patient;
};

BookingActor actor_of(const Session& session) {
    return session.who().kind == Principal::patient ? BookingActor::patient : BookingActor::staff;
}
BookingRules rules_of(const Session& session) {
    return {session.tenant().confirmation, std::chrono::minutes{0}};
}
/// What a key stands for: the act and everything it was asked with.
std::string key_act(std::string_view act, std::initializer_list<std::string_view> asked) {
    std::string all;
    for (const auto each : asked) all += std::string{each} + "|";
    return std::string{act} + ":" + base::format_hex(crypto::sha256(all)).substr(0, 32);
}
/// Two people's keys never meet: the key is of whoever sent it.
std::optional<base::Bytes> key_of(const Session& session, const std::optional<std::string>& key) {
    if (!key) return std::nullopt;
    return crypto::sha256(session.who().actor() + "|" + *key);
}

BookingView view_of(const Visit& v) {
    BookingView view;
    view.id = v.booking.public_id;
    view.state = v.booking.state;
    view.starts = v.booking.starts;
    view.ends = v.booking.ends;
    view.visit_type = v.type.view.title;
    view.staff = v.staff.person.full_name();
    view.staff_title = v.staff.title;
    view.patient = v.patient.full_name();
    view.staff_id = v.staff.person.public_id;
    view.visit_type_id = v.type.view.id;
    view.patient_id = v.patient.public_id;
    view.version = v.booking.version;
    return view;
}

base::Error gone() {
    return base::make_error(base::ErrorCode::not_found, {});
}

base::Result<Visit> load_visit(store::Tx& tx, const Session& session, Booking booking) {
    const auto tenant = session.tenant().id;
    Visit visit;
    PORTAL_TRY(staff, store::find_staff(tx, tenant, booking.staff));
    PORTAL_TRY(type, store::find_visit_type(tx, tenant, booking.visit_type));
    PORTAL_TRY(patient, store::find_membership(tx, tenant, booking.patient));
    if (!staff || !type || !patient) return gone();
    return Visit{std::move(booking), *staff, *type, *patient};
}

/// Loads what `action` is about, if it may be seen and has the version that was looked at.
base::Result<Visit> load_for(store::Tx& tx, const Session& session, Action action,
                             const base::Uuid& id) {
    PORTAL_TRY(found, action == Action::booking_show
                          ? store::find_booking(tx, session.tenant().id, id)
                          : store::lock_booking(tx, session.tenant().id, id));
    if (!found) return gone();
    PORTAL_TRY(visit, load_visit(tx, session, *found));
    PORTAL_TRYV(authorize(session, action, {visit.patient.id, visit.staff.person.id}));
    return visit;
}

base::Result<BookingView> load_view(store::Tx& tx, const Session& session, const base::Uuid& id) {
    PORTAL_TRY(view, store::find_booking_view(tx, session.tenant().id, id));
    if (!view) return gone();
    return *view;
}

/// Reminders of a visit that has just become certain, or of its new time (D3).
base::Status schedule_reminders(store::Tx& tx, const Session& session, const Booking& booking) {
    if (booking.state != BookingState::confirmed) return {};
    for (const auto& text : session.tenant().reminders) {
        PORTAL_TRY(lead, parse_lead(text));
        const auto decision = decide_reminder(lead, session.now(), booking.starts, session.now());
        store::NewReminder reminder;
        reminder.booking = booking.id;
        reminder.lead_ms = std::chrono::milliseconds{lead}.count();
        reminder.schedule = booking.schedule;
        reminder.due_at = reminder_due(booking.starts, lead);
        if (decision != ReminderDecision::not_yet && decision != ReminderDecision::send) {
            reminder.state = "not-sent";
            reminder.reason = "inside-lead";
        }
        PORTAL_TRYV(store::insert_reminder(tx, session.tenant().id, reminder));
    }
    return {};
}

struct News {
    MessageKind kind;
    Channels channels = Channels::both;
    std::optional<base::Instant> old_starts{};
};
base::Status queue_news(store::Tx& tx, const Session& session, const Visit& visit,
                        const News& news) {
    return queue_booking_news(tx, session,
                              {news.kind, news.channels, &visit.booking, &visit.staff, &visit.type,
                               &visit.patient, news.old_starts, std::nullopt});
}

base::Result<store::Membership> find_patient(store::Tx& tx, const Session& session,
                                             const CreateBooking& command) {
    if (session.who().kind != Principal::patient)
        return resolve_member(tx, session, {command.patient, store::Role::patient, "patient"});
    PORTAL_TRY(self, store::find_membership(tx, session.tenant().id, session.who().person.id));
    if (!self) return gone();
    return *self;
}

base::Status insert_visit(store::Tx& tx, const Session& session, Visit& visit) {
    auto& booking = visit.booking;
    PORTAL_TRY(id, store::insert_booking(tx, session.tenant().id, booking));
    booking.id = id;
    PORTAL_TRYV(schedule_reminders(tx, session, booking));
    const bool certain = booking.state == BookingState::confirmed;
    PORTAL_TRYV(queue_news(tx, session, visit,
                           {certain ? MessageKind::booking_booked : MessageKind::booking_invited}));
    return record_act(tx, session, {"booking.create", "booking", id.value});
}

/// Reminders that are not sent yet: those that wait for their time and those on their way out.
base::Status withdraw_reminders(store::Tx& tx, const Session& session, const Booking& booking,
                                std::string_view reason) {
    const auto tenant = session.tenant().id;
    PORTAL_TRYV(store::withdraw_reminders(tx, tenant, booking.id, reason));
    PORTAL_TRY(withdrawn, store::withdraw(tx, tenant,
                                          {booking.id, "booking-reminder", reason, session.now()}));
    return {};
}

base::Status confirm(store::Tx& tx, const Session& session, Visit& visit) {
    visit.booking.state = BookingState::confirmed;
    visit.booking.changed_at = session.now();
    visit.booking.sequence += 1;
    PORTAL_TRYV(store::save_booking(tx, session.tenant().id, visit.booking));
    visit.booking.version += 1;
    PORTAL_TRYV(schedule_reminders(tx, session, visit.booking));
    // C30: who confirms needs no text message about it.
    PORTAL_TRYV(queue_news(tx, session, visit, {MessageKind::booking_confirmed, Channels::mail}));
    return record_act(tx, session, {"booking.confirm", "booking", visit.booking.id.value});
}

base::Status cancel(store::Tx& tx, const Session& session, Visit& visit) {
    visit.booking.state = BookingState::cancelled;
    visit.booking.changed_at = session.now();
    visit.booking.sequence += 1;
    PORTAL_TRYV(store::save_booking(tx, session.tenant().id, visit.booking));
    visit.booking.version += 1;
    PORTAL_TRYV(withdraw_reminders(tx, session, visit.booking, "cancelled"));
    PORTAL_TRYV(queue_news(tx, session, visit, {MessageKind::booking_cancelled}));
    return record_act(tx, session, {"booking.cancel", "booking", visit.booking.id.value});
}

base::Status move_to(store::Tx& tx, const Session& session, Visit& visit, base::Instant starts) {
    auto& booking = visit.booking;
    const auto old_starts = booking.starts;
    if (starts == old_starts) return {};  // nobody is told of a move that is none
    PORTAL_TRYV(require_free(tx, session, {visit.staff, visit.type, starts, booking.id}));
    PORTAL_TRY(state, first_state(starts, session.now(), rules_of(session)));
    // Who moves his own confirmed visit knows the new time: it stays confirmed.
    if (actor_of(session) != BookingActor::patient || booking.state != BookingState::confirmed)
        booking.state = state;
    booking.ends = starts + (booking.ends - booking.starts);
    booking.starts = starts;
    booking.changed_at = session.now();
    booking.sequence += 1;
    booking.schedule += 1;
    PORTAL_TRYV(store::save_booking(tx, session.tenant().id, booking));
    booking.version += 1;
    PORTAL_TRYV(withdraw_reminders(tx, session, booking, "moved"));
    PORTAL_TRYV(schedule_reminders(tx, session, booking));
    PORTAL_TRYV(
        queue_news(tx, session, visit, {MessageKind::booking_moved, Channels::both, old_starts}));
    return record_act(tx, session, {"booking.move", "booking", booking.id.value});
}

struct ActOn {
    Action action;
    BookingStep step;
    std::string_view name;
    const base::Uuid& booking;
    const std::optional<std::int64_t>& version;
    const std::optional<std::string>& key;
    std::string asked{};  // what else the act was asked with
};

/// The shape that confirm, move and cancel share: load, authorise, decide, then `change` in the
/// same transaction. A repeated key answers what the first one did.
template <class Change>
base::Result<BookingView> act_on(Session& session, const ActOn& act, Change change) {
    PORTAL_TRYV(authorize(session, act.action));
    const auto key = key_of(session, act.key);
    auto answer = session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<BookingView> {
            PORTAL_TRY(visit, load_for(tx, session, act.action, act.booking));
            if (key) {
                PORTAL_TRY(
                    before,
                    store::claim_key(
                        tx, session.tenant().id,
                        {*key, key_act(act.name, {base::format_uuid(act.booking), act.asked}),
                         act.booking, session.now()}));
                if (before) return load_view(tx, session, *before);
            }
            const auto& b = visit.booking;
            PORTAL_TRY(decision, decide({b.state, b.starts, b.ends, session.now()}, act.step,
                                        actor_of(session), rules_of(session)));
            if (!decision.changed) return view_of(visit);
            if (act.version && *act.version != b.version)
                return base::make_error(base::ErrorCode::stale, {});
            PORTAL_TRYV(change(tx, visit));
            return view_of(visit);
        });
    if (answer) session.services().wake_outbox();
    return answer;
}

}  // namespace

base::Result<BookingView> create_booking(Session& session, const CreateBooking& command) {
    PORTAL_TRYV(authorize(session, Action::booking_create));
    const auto key = key_of(session, command.key);
    const auto asked = key_act(
        "booking.create",
        {command.patient, command.staff, command.visit_type, base::format_instant(command.starts)});
    auto& random = session.services().random;
    const auto public_id = base::make_uuid(random);
    const auto uid = base::make_uuid(random);
    auto answer = session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<BookingView> {
            if (key) {
                PORTAL_TRY(before, store::claim_key(tx, session.tenant().id,
                                                    {*key, asked, public_id, session.now()}));
                if (before) return load_view(tx, session, *before);
            }
            Visit visit;
            PORTAL_TRY(patient, find_patient(tx, session, command));
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            PORTAL_TRY(type, resolve_visit_type(tx, session, command.visit_type));
            visit.patient = patient;
            visit.staff = staff;
            visit.type = type;
            PORTAL_TRYV(authorize(session, Action::booking_create,
                                  {visit.patient.id, visit.staff.person.id}));
            PORTAL_TRYV(require_free(tx, session, {visit.staff, visit.type, command.starts}));
            PORTAL_TRY(state, first_state(command.starts, session.now(), rules_of(session)));
            auto& booking = visit.booking;
            booking.public_id = public_id;
            booking.uid = uid;
            booking.staff = visit.staff.id;
            booking.patient = visit.patient.id;
            booking.visit_type = visit.type.id;
            booking.starts = command.starts;
            booking.ends = command.starts + std::chrono::minutes{type.view.duration_minutes};
            booking.state = state;
            booking.created_at = booking.changed_at = session.now();
            PORTAL_TRYV(insert_visit(tx, session, visit));
            return view_of(visit);
        });
    if (answer) session.services().wake_outbox();
    return answer;
}

base::Result<BookingView> confirm_booking(Session& session, const BookingAct& command) {
    return act_on(session,
                  {Action::booking_confirm, BookingStep::confirm, "booking.confirm",
                   command.booking, command.version, command.key},
                  [&](store::Tx& tx, Visit& visit) { return confirm(tx, session, visit); });
}

base::Result<BookingView> cancel_booking(Session& session, const BookingAct& command) {
    return act_on(session,
                  {Action::booking_cancel, BookingStep::cancel, "booking.cancel", command.booking,
                   command.version, command.key},
                  [&](store::Tx& tx, Visit& visit) { return cancel(tx, session, visit); });
}

base::Result<BookingView> move_booking(Session& session, const MoveBooking& command) {
    return act_on(
        session,
        {Action::booking_move, BookingStep::move, "booking.move", command.booking, command.version,
         command.key},
        [&](store::Tx& tx, Visit& visit) { return move_to(tx, session, visit, command.starts); });
}

base::Result<BookingView> show_booking(Session& session, const ShowBooking& command) {
    PORTAL_TRYV(authorize(session, Action::booking_show));
    const auto load = [&](store::Tx& tx) -> base::Result<BookingView> {
        PORTAL_TRY(visit, load_for(tx, session, Action::booking_show, command.booking));
        return view_of(visit);
    };
    if (session.who().kind == Principal::patient)
        return session.services().store.read(session.tenant().id, load);
    // Others' looks at a patient's visit are written down (G23).
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<BookingView> {
            PORTAL_TRY(visit, load_for(tx, session, Action::booking_show, command.booking));
            PORTAL_TRYV(
                record_act(tx, session, {"booking.show", "booking", visit.booking.id.value}));
            return view_of(visit);
        });
}

base::Result<BookingList> list_bookings(Session& session, const ListBookings& command) {
    PORTAL_TRYV(authorize(session, Action::booking_list));
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    const auto first = command.from.value_or(zone.to_local_day(session.now()));
    store::BookingRange range;
    range.from = zone.resolve(base::LocalTime{first}).first;
    range.to =
        zone.resolve(base::LocalTime{first + std::chrono::days{command.days.value_or(31)}}).first;
    const auto& who = session.who();
    const auto list = [&](store::Tx& tx) -> base::Result<BookingList> {
        if (who.kind == Principal::patient) range.patient = who.person.id;
        if (who.kind == Principal::staff) {
            PORTAL_TRY(self,
                       store::find_staff_by_membership(tx, session.tenant().id, who.person.id));
            if (!self) return gone();
            range.staff = self->id;
        }
        if (who.kind == Principal::operator_ && command.patient) {
            PORTAL_TRY(
                patient,
                resolve_member(tx, session, {*command.patient, store::Role::patient, "patient"}));
            range.patient = patient.id;
        }
        if (who.kind == Principal::operator_ && command.staff) {
            PORTAL_TRY(staff, resolve_staff(tx, session, *command.staff, "staff"));
            range.staff = staff.id;
        }
        PORTAL_TRY(items, store::list_bookings(tx, session.tenant().id, range));
        return BookingList{items};
    };
    if (who.kind == Principal::operator_)
        PORTAL_TRYV(session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
            return record_act(tx, session, {"booking.list", "", 0});
        }));
    return session.services().store.read(session.tenant().id, list);
}

}  // namespace portal::service
