#include "service/booking_change.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "service/slot.hpp"
#include "store/group_visit.hpp"
#include "store/outbox.hpp"
#include "store/reminder.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;
using store::Booking;
using text::MessageKind;

base::Error gone() {
    return base::make_error(base::ErrorCode::not_found, {});
}

Booking new_booking(const Session& session, const NewVisit& wanted) {
    const auto& type = wanted.type.view;
    Booking booking;
    booking.public_id = wanted.public_id;
    booking.uid = wanted.uid;
    booking.staff = wanted.staff.id;
    booking.patient = wanted.patient.id;
    booking.visit_type = wanted.type.id;
    booking.starts = wanted.starts;
    booking.ends = wanted.starts + std::chrono::minutes{type.duration_minutes};
    booking.kind = type.kind;
    booking.before_minutes = type.before_minutes;
    booking.after_minutes = type.after_minutes;
    booking.cancel_minutes = type.cancel_minutes;
    booking.origin = wanted.origin;
    booking.overlaps = wanted.overlaps;
    booking.message_sealed = wanted.message_sealed;
    booking.created_at = booking.changed_at = session.now();
    return booking;
}

base::Status set_first_state(const Session& session, const NewVisit& wanted, Booking& booking) {
    if (wanted.at_once) {
        booking.state = BookingState::confirmed;
        booking.awaits = Awaits::nobody;
        return {};
    }
    auto rules = rules_of(session, booking);
    rules.approval_required = wanted.type.view.approval;
    PORTAL_TRY(first, first_state(wanted.starts, session.now(), wanted.actor, rules));
    booking.state = first.state;
    booking.awaits = first.awaits;
    return {};
}

struct Lead {
    std::string_view kind;
    const std::string& text;
};
base::Status insert_reminder(store::Tx& tx, const Session& session, const Booking& booking,
                             const Lead& wanted) {
    PORTAL_TRY(lead, parse_lead(wanted.text));
    const auto decision = decide_reminder(lead, session.now(), booking.starts, session.now());
    store::NewReminder reminder;
    reminder.booking = booking.id;
    reminder.kind = wanted.kind;
    reminder.lead_ms = std::chrono::milliseconds{lead}.count();
    reminder.schedule = booking.schedule;
    reminder.due_at = reminder_due(booking.starts, lead);
    if (decision != ReminderDecision::not_yet && decision != ReminderDecision::send) {
        reminder.state = "not-sent";
        reminder.reason = "inside-lead";
    }
    return store::insert_reminder(tx, session.tenant().id, reminder);
}

}  // namespace

BookingView view_of(const BookedVisit& v) {
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
    view.kind = v.booking.kind;
    view.awaits = v.booking.awaits;
    view.origin = v.booking.origin;
    view.cancel_minutes = v.booking.cancel_minutes;
    view.message = !v.booking.message_sealed.empty();
    view.version = v.booking.version;
    return view;
}

BookingActor actor_on(const Session& session, const BookedVisit& visit) {
    const auto& who = session.who();
    const bool own = who.kind == Principal::patient ||
                     (who.kind == Principal::staff && visit.patient.id == who.person.id);
    return own ? BookingActor::patient : BookingActor::staff;
}

BookingRules rules_of(const Session& session, const Booking& booking) {
    return {session.tenant().confirmation, std::chrono::minutes{booking.cancel_minutes}};
}

BookingMoment moment_of(const Booking& b, base::Instant now) {
    return {b.state, b.starts, b.ends, now, b.awaits};
}

base::Result<BookedVisit> load_visit(store::Tx& tx, const Session& session, Booking booking) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(staff, store::find_staff(tx, tenant, booking.staff));
    PORTAL_TRY(type, store::find_visit_type(tx, tenant, booking.visit_type));
    PORTAL_TRY(patient, store::find_membership(tx, tenant, booking.patient));
    if (!staff || !type || !patient) return gone();
    return BookedVisit{std::move(booking), *staff, *type, *patient};
}

namespace {
base::Result<BookedVisit> open_visit(store::Tx& tx, const Session& session, Action action,
                                     const std::optional<Booking>& found) {
    if (!found) return gone();
    PORTAL_TRY(visit, load_visit(tx, session, *found));
    PORTAL_TRYV(authorize(session, action, {visit.patient.id, visit.staff.person.id}));
    return visit;
}
}  // namespace

base::Result<BookedVisit> look_at(store::Tx& tx, const Session& session, Action action,
                                  const base::Uuid& id) {
    PORTAL_TRY(found, store::find_booking(tx, session.tenant().id, id));
    return open_visit(tx, session, action, found);
}

base::Result<BookedVisit> load_for(store::Tx& tx, const Session& session, Action action,
                                   const base::Uuid& id) {
    PORTAL_TRY(found, store::lock_booking(tx, session.tenant().id, id));
    return open_visit(tx, session, action, found);
}

std::string key_act(std::string_view act, std::initializer_list<std::string_view> asked) {
    std::string all;
    for (const auto each : asked) all += std::string{each} + "|";
    return std::string{act} + ":" + base::format_hex(crypto::sha256(all)).substr(0, 32);
}

std::optional<base::Bytes> key_of(const Session& session, const std::optional<std::string>& key) {
    if (!key) return std::nullopt;
    return crypto::sha256(session.who().actor() + "|" + *key);
}

base::Result<std::optional<BookingView>> find_claimed(store::Tx& tx, const Session& session,
                                                      const BookingKey& claim) {
    if (!claim.key) return std::optional<BookingView>{};
    const auto tenant = session.tenant().id;
    PORTAL_TRY(before,
               store::claim_key(tx, tenant, {*claim.key, claim.act, claim.booking, session.now()}));
    if (!before) return std::optional<BookingView>{};
    PORTAL_TRY(view, store::find_booking_view(tx, tenant, *before));
    if (!view) return gone();
    return view;
}

base::Status schedule_reminders(store::Tx& tx, const Session& session, const Booking& booking) {
    const auto& tenant = session.tenant();
    const bool waits =
        booking.state == BookingState::unconfirmed && booking.awaits == Awaits::patient;
    if (waits && !tenant.nudge.empty())
        return insert_reminder(tx, session, booking, {"nudge", tenant.nudge});
    if (booking.state != BookingState::confirmed) return {};
    for (const auto& lead : tenant.reminders)
        PORTAL_TRYV(insert_reminder(tx, session, booking, {"reminder", lead}));
    return {};
}

base::Status withdraw_reminders(store::Tx& tx, const Session& session, const Booking& booking,
                                std::string_view reason) {
    const auto tenant = session.tenant().id;
    PORTAL_TRYV(store::withdraw_reminders(tx, tenant, booking.id, reason));
    for (const std::string_view kind : {"booking-reminder", "booking-nudge"}) {
        PORTAL_TRY(withdrawn,
                   store::withdraw(tx, tenant, {booking.id, kind, reason, session.now()}));
    }
    return {};
}

base::Status queue_news(store::Tx& tx, const Session& session, const BookedVisit& visit,
                        const BookingNewsOf& news) {
    BookingNews told{news.kind,   Channels::both, &visit.booking,  &visit.staff,
                     &visit.type, &visit.patient, news.old_starts, std::nullopt};
    // A patient who has no address learns of his acts by SMS, the confirmation aside (C30).
    const bool texts = visit.patient.email.empty() && news.kind != MessageKind::booking_confirmed;
    const bool own = actor_on(session, visit) == BookingActor::patient;
    if (texts || (!own && news.no_sms.empty())) return queue_booking_news(tx, session, told);
    told.channels = Channels::mail;
    PORTAL_TRYV(queue_booking_news(tx, session, told));
    told.channels = Channels::sms;
    told.withheld = own ? "own-act" : news.no_sms;
    return queue_booking_news(tx, session, told);
}

base::Status save_change(store::Tx& tx, const Session& session, Booking& booking) {
    booking.changed_at = session.now();
    booking.sequence += 1;
    PORTAL_TRYV(store::save_booking(tx, session.tenant().id, booking));
    booking.version += 1;
    return {};
}

base::Result<BookedVisit> book_visit(store::Tx& tx, const Session& session,
                                     const NewVisit& wanted) {
    const auto tenant = session.tenant().id;
    PORTAL_TRYV(store::lock_staff(tx, tenant, wanted.staff.id));
    // Whoever ended the work or the bookings meanwhile held the lock.
    PORTAL_TRY(staff, store::find_staff(tx, tenant, wanted.staff.id));
    PORTAL_TRYV(require_bookable(session, staff.value_or(wanted.staff), wanted.type));
    if (!wanted.any_time)
        PORTAL_TRYV(require_free(tx, session, {wanted.staff, wanted.type, wanted.starts}));
    BookedVisit visit{new_booking(session, wanted), wanted.staff, wanted.type, wanted.patient};
    auto& booking = visit.booking;
    PORTAL_TRYV(set_first_state(session, wanted, booking));
    if (booking.kind == VisitKind::video_group) PORTAL_TRYV(take_seat(tx, session, visit));
    PORTAL_TRY(id, store::insert_booking(tx, tenant, booking));
    booking.id = id;
    PORTAL_TRYV(schedule_reminders(tx, session, booking));
    const bool certain = booking.state == BookingState::confirmed;
    const auto kind = certain                             ? MessageKind::booking_booked
                      : booking.awaits == Awaits::patient ? MessageKind::booking_invited
                                                          : MessageKind::booking_requested;
    PORTAL_TRYV(queue_news(tx, session, visit, {kind}));
    PORTAL_TRYV(
        record_act(tx, session, {"booking.create", "booking", booking.id.value, wanted.reason}));
    return visit;
}

base::Status take_seat(store::Tx& tx, const Session& session, BookedVisit& visit) {
    auto& booking = visit.booking;
    PORTAL_TRY(seat, store::take_seat(tx, session.tenant().id,
                                      {booking.staff, booking.visit_type, booking.starts,
                                       booking.ends, visit.type.view.capacity}));
    if (!seat) {
        auto error = base::make_error(base::ErrorCode::conflict,
                                      N_("This group is full. Choose another time."));
        error.field = "starts";
        return error;
    }
    booking.group = seat->group;
    booking.ends = seat->ends;
    return {};
}

base::Result<BookingView> act_on(Session& session, const ActOn& act, const VisitChange& change) {
    PORTAL_TRYV(authorize(session, act.action));
    const auto key = key_of(session, act.key);
    const auto asked = key_act(act.name, {base::format_uuid(act.booking), act.asked});
    auto answer = session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<BookingView> {
            PORTAL_TRY(visit, load_for(tx, session, act.action, act.booking));
            PORTAL_TRY(before, find_claimed(tx, session, {key, asked, act.booking}));
            if (before) return *before;
            PORTAL_TRY(decision,
                       decide(moment_of(visit.booking, session.now()), act.step,
                              actor_on(session, visit), rules_of(session, visit.booking)));
            if (!decision.changed) return view_of(visit);
            if (act.version && *act.version != visit.booking.version)
                return base::make_error(base::ErrorCode::stale, {});
            PORTAL_TRYV(change(tx, visit, decision));
            return view_of(visit);
        });
    if (answer) session.services().wake_outbox();
    return answer;
}

}  // namespace portal::service
