#include "domain/booking_state.hpp"

#include <array>
#include <charconv>

namespace portal::domain {

using base::ErrorCode;
using base::make_error;
using base::N_;
using std::chrono::minutes;

namespace {

enum By : unsigned { kPatient = 1, kStaff = 2, kSystem = 4 };

struct Transition {
    BookingState from;
    BookingStep act;
    unsigned by;
    BookingState to;
};

using S = BookingState;
using A = BookingStep;
/// Everything that may happen; what is not here is refused.
constexpr auto kTransitions = std::to_array<Transition>({
    {S::unconfirmed, A::confirm, kPatient | kStaff, S::confirmed},
    {S::confirmed, A::confirm, kPatient | kStaff, S::confirmed},
    {S::unconfirmed, A::move, kPatient | kStaff, S::unconfirmed},
    {S::confirmed, A::move, kPatient | kStaff, S::confirmed},
    {S::unconfirmed, A::cancel, kPatient | kStaff, S::cancelled},
    {S::confirmed, A::cancel, kPatient | kStaff, S::cancelled},
    {S::unconfirmed, A::lapse, kSystem, S::lapsed},
    {S::confirmed, A::finish, kStaff | kSystem, S::done},
    {S::confirmed, A::miss, kStaff, S::no_show},
    {S::done, A::miss, kStaff, S::no_show},
    {S::no_show, A::finish, kStaff, S::done},
});

unsigned bit(BookingActor actor) {
    switch (actor) {
        case BookingActor::patient:
            return kPatient;
        case BookingActor::staff:
            return kStaff;
        case BookingActor::system:
            break;
    }
    return kSystem;
}

base::Error conflict(const char* sentence) {
    return make_error(ErrorCode::conflict, sentence);
}

/// Why nothing more can happen to a booking in this state.
base::Error refuse(const BookingMoment& booking) {
    switch (booking.state) {
        case S::cancelled:
            return conflict(N_("The visit is already cancelled."));
        case S::lapsed:
            return conflict(N_("The visit was not confirmed in time and did not take place."));
        case S::done:
        case S::no_show:
            return conflict(N_("The visit is over."));
        case S::unconfirmed:
            return conflict(N_("The visit is not confirmed yet."));
        case S::confirmed:
            break;
    }
    return conflict(N_("The visit is already confirmed."));
}

/// What the clock forbids. A confirmation may come until the planned end (D9).
base::Status check_time(const BookingMoment& booking, A act, BookingActor actor,
                        const BookingRules& rules) {
    const bool changes_plan = act == A::move || act == A::cancel;
    if (changes_plan && booking.now >= booking.start)
        return conflict(N_("The visit has already begun."));
    if (changes_plan && actor == BookingActor::patient &&
        booking.now > booking.start - rules.cancel_limit)
        return conflict(
            N_("The visit begins so soon that it cannot be moved or cancelled here. Please "
               "call the clinic."));
    if (act == A::confirm && booking.awaits == Awaits::clinic && actor == BookingActor::patient)
        return conflict(
            N_("The clinic has not answered yet. We will write to you as soon as it has."));
    if (act == A::confirm && booking.now >= booking.end) return conflict(N_("The visit is over."));
    if (act == A::lapse && booking.now < booking.end)
        return conflict(N_("The visit can still be confirmed."));
    if ((act == A::finish || act == A::miss) && booking.now < booking.start)
        return conflict(N_("The visit has not begun yet."));
    return {};
}

}  // namespace

base::Result<FirstState> first_state(base::Instant start, base::Instant now, BookingActor actor,
                                     const BookingRules& rules) {
    if (start < now) {
        auto error = conflict(N_("The time has already passed. Choose a later one."));
        error.field = "start";
        return error;
    }
    if (rules.approval_required && actor == BookingActor::patient)
        return FirstState{S::unconfirmed, Awaits::clinic};
    if (rules.confirmation_required) return FirstState{S::unconfirmed, Awaits::patient};
    return FirstState{S::confirmed, Awaits::nobody};
}

base::Status check_near(base::Instant start, base::Instant now) {
    constexpr std::chrono::days kFarthest{731};
    if (start <= now + kFarthest) return {};
    return base::invalid("starts",
                         N_("This is more than two years ahead. Look at the date again."));
}

base::Result<BookingDecision> decide(const BookingMoment& booking, BookingStep act,
                                     BookingActor actor, const BookingRules& rules) {
    const Transition* found = nullptr;
    for (const auto& row : kTransitions)
        if (row.from == booking.state && row.act == act) found = &row;
    if (found == nullptr) return refuse(booking);
    if ((found->by & bit(actor)) == 0)
        return make_error(ErrorCode::forbidden, N_("You cannot do this with the visit."));
    if (act == A::confirm && booking.state == S::confirmed)
        return BookingDecision{S::confirmed, false};
    PORTAL_TRYV(check_time(booking, act, actor, rules));
    return BookingDecision{found->to, true};
}

ReminderDecision decide_reminder(minutes lead, base::Instant settled_at, base::Instant start,
                                 base::Instant now) {
    const auto due = reminder_due(start, lead);
    if (settled_at > due) return ReminderDecision::inside_lead;
    if (now >= start) return ReminderDecision::expired;
    return now < due ? ReminderDecision::not_yet : ReminderDecision::send;
}

base::Result<minutes> parse_lead(std::string_view text) {
    constexpr int kMaxDays = 60;
    const auto bad = base::invalid("", N_("Write the time as 30m, 2h or 1d; at most 60d."));
    int count = 0;
    const auto* end = text.data() + text.size();
    const auto [rest, failed] = std::from_chars(text.data(), end, count);
    if (failed != std::errc{} || rest + 1 != end || count < 1 || count > kMaxDays * 24 * 60)
        return bad;
    const int unit = *rest == 'm' ? 1 : *rest == 'h' ? 60 : *rest == 'd' ? 24 * 60 : 0;
    const minutes lead{static_cast<std::int64_t>(count) * unit};
    if (unit == 0 || lead > std::chrono::days{kMaxDays}) return bad;
    return lead;
}

std::string format_lead(minutes lead) {
    const auto count = lead.count();
    if (count % (24 * 60) == 0 && count != 0) return std::to_string(count / (24 * 60)) + 'd';
    if (count % 60 == 0 && count != 0) return std::to_string(count / 60) + 'h';
    return std::to_string(count) + 'm';
}

}  // namespace portal::domain
