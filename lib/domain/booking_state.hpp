// What may happen to a booking, and when a reminder is due: one table and a few sums.
// Pure; any thread. Source: C16, C17, C21, C23, C24, C27, C45, D3, D9; reliability row 59.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/record.hpp"
#include "base/result.hpp"

namespace portal::domain {

enum class BookingState { unconfirmed, confirmed, cancelled, lapsed, done, no_show };
BOOST_DESCRIBE_ENUM(BookingState, unconfirmed, confirmed, cancelled, lapsed, done, no_show)
enum class BookingStep { confirm, move, cancel, lapse, finish, miss };
BOOST_DESCRIBE_ENUM(BookingStep, confirm, move, cancel, lapse, finish, miss)
enum class BookingActor { patient, staff, system };
BOOST_DESCRIBE_ENUM(BookingActor, patient, staff, system)

/// Whose answer an unconfirmed visit waits for: the patient's (C23) or, where its type is booked on
/// approval, the clinic's.
enum class Awaits { nobody, patient, clinic };
BOOST_DESCRIBE_ENUM(Awaits, nobody, patient, clinic)

struct BookingRules {
    bool confirmation_required = false;
    /// A patient may move or cancel until this long before the start.
    std::chrono::minutes cancel_limit{0};
    /// What a patient books himself, the clinic approves.
    bool approval_required = false;
};

/// A booking as it stands, and the moment of the act.
struct BookingMoment {
    BookingState state;
    base::Instant start;
    base::Instant end;
    base::Instant now;
    Awaits awaits = Awaits::patient;
};

struct BookingDecision {
    BookingState state;
    bool changed;  // false: it was so already (a second confirm); nothing is written or sent
    bool operator==(const BookingDecision&) const = default;
};

struct FirstState {
    BookingState state = BookingState::confirmed;
    Awaits awaits = Awaits::nobody;
    bool operator==(const FirstState&) const = default;
};
/// The state of a new booking, or of one at its new time. A start before `now` is a conflict at
/// "start". Staff who book for a patient leave the confirmation to the patient; a patient who books
/// needs it too where the clinic asks for it. Book now needs none (C17, C25): its caller does not
/// ask.
base::Result<FirstState> first_state(base::Instant start, base::Instant now, BookingActor actor,
                                     const BookingRules& rules);

/// A date that was mistyped: invalid at "starts" where it lies more than two years ahead.
base::Status check_near(base::Instant start, base::Instant now);

/// The state after `act`, or a conflict that says why not. `move` is asked with the old start; the
/// new one is asked of first_state, whose answer is the state after the move.
base::Result<BookingDecision> decide(const BookingMoment& booking, BookingStep act,
                                     BookingActor actor, const BookingRules& rules);

/// Holds its time: an overlap with it is refused.
constexpr bool is_active(BookingState state) {
    return state == BookingState::unconfirmed || state == BookingState::confirmed;
}

enum class ReminderDecision {
    not_yet,      // ask again at reminder_due
    send,         // due, perhaps late
    inside_lead,  // confirmed or booked when the lead had begun: record that none is sent
    expired,      // the visit has started: record that it was dropped
};
BOOST_DESCRIBE_ENUM(ReminderDecision, not_yet, send, inside_lead, expired)

constexpr base::Instant reminder_due(base::Instant start, std::chrono::minutes lead) {
    return start - lead;
}
/// For a confirmed booking. `settled_at`: when it was confirmed, or booked where the clinic asks
/// for no confirmation, or last moved.
ReminderDecision decide_reminder(std::chrono::minutes lead, base::Instant settled_at,
                                 base::Instant start, base::Instant now);

/// Text forms "30m", "2h", "1d" of a lead; 1 minute to 60 days.
base::Result<std::chrono::minutes> parse_lead(std::string_view text);
std::string format_lead(std::chrono::minutes lead);

}  // namespace portal::domain
