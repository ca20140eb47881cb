#include "service/booking.hpp"

#include "base/encoding.hpp"
#include "service/booking_change.hpp"
#include "service/message.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/slot.hpp"
#include "service/visit_type.hpp"
#include "service/waitlist.hpp"
#include "store/group_visit.hpp"

namespace portal::service {
namespace {

using namespace domain;
using text::MessageKind;

/// Who asked for a time learns that he has it; who confirmed knows, and for whom staff did is
/// written to by mail alone (C30).
BookingNewsOf confirmation_of(const Session& session, const BookedVisit& visit) {
    const bool approved = visit.booking.awaits == Awaits::clinic;
    if (!approved && actor_on(session, visit) == BookingActor::patient)
        return {MessageKind::booking_confirmed};
    return {MessageKind::booking_booked, {}, approved ? "" : "confirmed-by-staff"};
}

base::Status confirm(store::Tx& tx, const Session& session, BookedVisit& visit) {
    const auto news = confirmation_of(session, visit);
    visit.booking.state = BookingState::confirmed;
    visit.booking.awaits = Awaits::nobody;
    PORTAL_TRYV(save_change(tx, session, visit.booking));
    PORTAL_TRYV(withdraw_reminders(tx, session, visit.booking, "confirmed"));
    PORTAL_TRYV(schedule_reminders(tx, session, visit.booking));
    PORTAL_TRYV(queue_news(tx, session, visit, news));
    return record_act(tx, session, {"booking.confirm", "booking", visit.booking.id.value});
}

base::Status cancel(store::Tx& tx, const Session& session, BookedVisit& visit) {
    auto& booking = visit.booking;
    // In the order of those who book: its row, its staff member, its group, a held time.
    PORTAL_TRYV(store::lock_staff(tx, session.tenant().id, booking.staff));
    booking.state = BookingState::cancelled;
    if (booking.group) PORTAL_TRYV(store::free_seat(tx, session.tenant().id, *booking.group));
    PORTAL_TRYV(save_change(tx, session, booking));
    PORTAL_TRYV(withdraw_reminders(tx, session, booking, "cancelled"));
    PORTAL_TRYV(queue_news(tx, session, visit, {MessageKind::booking_cancelled}));
    PORTAL_TRYV(offer_freed_time(tx, session, {booking, booking.starts}));
    return record_act(tx, session, {"booking.cancel", "booking", booking.id.value});
}

/// The state at the new time. Who moves his own confirmed visit knows that time, so that it stays
/// confirmed, unless the clinic approves this type's times.
base::Result<FirstState> state_after_move(const Session& session, const BookedVisit& visit,
                                          base::Instant starts) {
    const auto actor = actor_on(session, visit);
    auto rules = rules_of(session, visit.booking);
    rules.approval_required = visit.type.view.approval;
    PORTAL_TRY(first, first_state(starts, session.now(), actor, rules));
    if (actor == BookingActor::patient && visit.booking.state == BookingState::confirmed &&
        !rules.approval_required)
        return FirstState{BookingState::confirmed, Awaits::nobody};
    return first;
}

base::Status move_to(store::Tx& tx, const Session& session, BookedVisit& visit,
                     base::Instant starts) {
    auto& booking = visit.booking;
    const auto tenant = session.tenant().id;
    const auto old_starts = booking.starts;
    if (starts == old_starts) return {};  // nobody is told of a move that is none
    PORTAL_TRYV(check_near(starts, session.now()));
    PORTAL_TRYV(store::lock_staff(tx, tenant, booking.staff));
    if (actor_on(session, visit) == BookingActor::patient)
        PORTAL_TRYV(require_free_for(tx, session, visit, starts));
    PORTAL_TRY(state, state_after_move(session, visit, starts));
    booking.state = state.state;
    booking.awaits = state.awaits;
    booking.ends = starts + (booking.ends - booking.starts);
    booking.starts = starts;
    booking.overlaps = false;  // what was said of the old time is no reason for another (L14)
    booking.schedule += 1;
    if (booking.group) {
        PORTAL_TRYV(store::free_seat(tx, tenant, *booking.group));
        PORTAL_TRYV(take_seat(tx, session, visit));
    }
    PORTAL_TRYV(save_change(tx, session, booking));
    PORTAL_TRYV(withdraw_reminders(tx, session, booking, "moved"));
    PORTAL_TRYV(schedule_reminders(tx, session, booking));
    PORTAL_TRYV(queue_news(tx, session, visit, {MessageKind::booking_moved, old_starts}));
    PORTAL_TRYV(offer_freed_time(tx, session, {booking, old_starts}));
    return record_act(tx, session, {"booking.move", "booking", booking.id.value});
}

/// What became of a visit that has begun; its patient is told nothing (C30).
base::Status settle(store::Tx& tx, const Session& session, BookedVisit& visit, BookingState to) {
    visit.booking.state = to;
    PORTAL_TRYV(save_change(tx, session, visit.booking));
    PORTAL_TRYV(withdraw_reminders(tx, session, visit.booking, "over"));
    const auto* name = to == BookingState::done ? "booking.finish" : "booking.miss";
    return record_act(tx, session, {name, "booking", visit.booking.id.value});
}

}  // namespace

base::Result<BookingView> create_booking(Session& session, const CreateBooking& command) {
    PORTAL_TRYV(authorize(session, Action::booking_create));
    const auto key = key_of(session, command.key);
    const auto asked = key_act(
        "booking.create",
        {command.patient, command.staff, command.visit_type, base::format_instant(command.starts)});
    const bool own = session.who().kind == Principal::patient;
    NewVisit wanted;
    wanted.public_id = base::make_uuid(session.services().random);
    wanted.uid = base::make_uuid(session.services().random);
    wanted.starts = command.starts;
    wanted.origin = own ? BookingOrigin::patient : BookingOrigin::staff;
    wanted.actor = own ? BookingActor::patient : BookingActor::staff;
    auto answer = session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<BookingView> {
            PORTAL_TRY(before, find_claimed(tx, session, {key, asked, wanted.public_id}));
            if (before) return *before;
            PORTAL_TRY(patient, resolve_booker(tx, session, command.patient));
            PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
            PORTAL_TRY(type, resolve_visit_type(tx, session, command.visit_type));
            wanted.patient = patient;
            wanted.staff = staff;
            wanted.type = type;
            PORTAL_TRYV(authorize(session, Action::booking_create, {patient.id, staff.person.id}));
            PORTAL_TRY(visit, book_visit(tx, session, wanted));
            return view_of(visit);
        });
    if (answer) session.services().wake_outbox();
    return answer;
}

base::Result<BookingView> confirm_booking(Session& session, const BookingAct& command) {
    return act_on(session,
                  {Action::booking_confirm, BookingStep::confirm, "booking.confirm",
                   command.booking, command.version, command.key},
                  [&](store::Tx& tx, BookedVisit& visit, const BookingDecision&) {
                      return confirm(tx, session, visit);
                  });
}

base::Result<BookingView> cancel_booking(Session& session, const BookingAct& command) {
    return act_on(session,
                  {Action::booking_cancel, BookingStep::cancel, "booking.cancel", command.booking,
                   command.version, command.key},
                  [&](store::Tx& tx, BookedVisit& visit, const BookingDecision&) {
                      return cancel(tx, session, visit);
                  });
}

base::Result<BookingView> move_booking(Session& session, const MoveBooking& command) {
    return act_on(session,
                  {Action::booking_move, BookingStep::move, "booking.move", command.booking,
                   command.version, command.key, base::format_instant(command.starts)},
                  [&](store::Tx& tx, BookedVisit& visit, const BookingDecision&) {
                      return move_to(tx, session, visit, command.starts);
                  });
}

base::Result<BookingView> finish_booking(Session& session, const BookingAct& command) {
    return act_on(session,
                  {Action::booking_settle, BookingStep::finish, "booking.finish", command.booking,
                   command.version, command.key},
                  [&](store::Tx& tx, BookedVisit& visit, const BookingDecision& decision) {
                      return settle(tx, session, visit, decision.state);
                  });
}

base::Result<BookingView> miss_booking(Session& session, const BookingAct& command) {
    return act_on(session,
                  {Action::booking_settle, BookingStep::miss, "booking.miss", command.booking,
                   command.version, command.key},
                  [&](store::Tx& tx, BookedVisit& visit, const BookingDecision& decision) {
                      return settle(tx, session, visit, decision.state);
                  });
}

base::Result<VisitContact> show_visit_contact(Session& session, const ShowBooking& command) {
    PORTAL_TRYV(authorize(session, Action::booking_settle));
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<VisitContact> {
            PORTAL_TRY(visit, look_at(tx, session, Action::booking_settle, command.booking));
            return VisitContact{visit.patient.mobile, can_be_reached(session, visit.patient)};
        });
}

base::Result<BookingView> show_booking(Session& session, const ShowBooking& command) {
    PORTAL_TRYV(authorize(session, Action::booking_show));
    const auto load = [&](store::Tx& tx) -> base::Result<BookedVisit> {
        return look_at(tx, session, Action::booking_show, command.booking);
    };
    if (session.who().kind == Principal::patient) {
        PORTAL_TRY(visit, session.services().store.read(session.tenant().id, load));
        return view_of(visit);
    }
    // Others' looks at a patient's visit are written down (G23).
    PORTAL_TRY(visit, session.services().store.write(
                          session.tenant().id, [&](store::Tx& tx) -> base::Result<BookedVisit> {
                              PORTAL_TRY(seen, load(tx));
                              PORTAL_TRYV(record_act(
                                  tx, session, {"booking.show", "booking", seen.booking.id.value}));
                              return seen;
                          }));
    return view_of(visit);
}

}  // namespace portal::service
