#include "domain/booking_state.hpp"

#include "catch.hpp"

using namespace portal;
using namespace portal::domain;
using namespace std::chrono_literals;

namespace {

const base::Instant kStart = *base::parse_instant("2026-11-23T08:00:00Z");
const base::Instant kEnd = kStart + 30min;

/// The state after the act, "same", or the code of the refusal.
std::string after(BookingState state, BookingStep act, BookingActor actor,
                  base::Instant now = kStart - 1h, BookingRules rules = {}) {
    const auto decided = decide({state, kStart, kEnd, now}, act, actor, rules);
    if (!decided) return std::string{base::error_row(decided.error().code).name};
    if (!decided->changed) return "same";
    return base::value_text(base::type_of<BookingState>(), &decided->state);
}

using S = BookingState;
using A = BookingStep;
constexpr auto kPatient = BookingActor::patient;
constexpr auto kStaff = BookingActor::staff;
constexpr auto kSystem = BookingActor::system;

}  // namespace

TEST_CASE("a new booking waits for confirmation where the clinic asks for it", "[booking][C23]") {
    CHECK(*first_state(kStart, kStart - 1h, {true, 0min}) == S::unconfirmed);
    CHECK(*first_state(kStart, kStart - 1h, {false, 0min}) == S::confirmed);
    CHECK(first_state(kStart, kStart, {}));
}

TEST_CASE("a booking in the past is refused", "[booking][C16]") {
    const auto refused = first_state(kStart, kStart + 1ms, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == base::ErrorCode::conflict);
    CHECK(refused.error().field == "start");
}

TEST_CASE("a second confirmation changes nothing and is no error", "[booking][C45]") {
    CHECK(after(S::unconfirmed, A::confirm, kPatient) == "confirmed");
    CHECK(after(S::confirmed, A::confirm, kPatient) == "same");
    CHECK(after(S::confirmed, A::confirm, kPatient, kEnd + 1h) == "same");
}

TEST_CASE("a confirmation counts until the planned end", "[booking][D9]") {
    CHECK(after(S::unconfirmed, A::confirm, kPatient, kStart - 5min) == "confirmed");
    CHECK(after(S::unconfirmed, A::confirm, kPatient, kEnd - 1ms) == "confirmed");
    CHECK(after(S::unconfirmed, A::confirm, kPatient, kEnd) == "conflict");
}

TEST_CASE("what has begun or is cancelled cannot be cancelled, moved or confirmed", "[booking]") {
    for (const auto actor : {kPatient, kStaff}) {
        CHECK(after(S::confirmed, A::cancel, actor) == "cancelled");
        CHECK(after(S::unconfirmed, A::cancel, actor) == "cancelled");
        CHECK(after(S::confirmed, A::cancel, actor, kStart) == "conflict");
        CHECK(after(S::confirmed, A::move, actor, kStart + 1min) == "conflict");
        CHECK(after(S::cancelled, A::cancel, actor) == "conflict");
        CHECK(after(S::cancelled, A::confirm, actor) == "conflict");
        CHECK(after(S::cancelled, A::move, actor) == "conflict");
    }
    const auto twice = decide({S::cancelled, kStart, kEnd, kStart - 1h}, A::cancel, kPatient, {});
    CHECK(base::describe(twice.error()) == "The visit is already cancelled.");
}

TEST_CASE("a patient cancels until the clinic's limit, staff until the start", "[booking]") {
    const BookingRules rules{true, 24h};
    CHECK(after(S::confirmed, A::cancel, kPatient, kStart - 24h, rules) == "cancelled");
    CHECK(after(S::confirmed, A::cancel, kPatient, kStart - 24h + 1ms, rules) == "conflict");
    CHECK(after(S::confirmed, A::move, kPatient, kStart - 1h, rules) == "conflict");
    CHECK(after(S::confirmed, A::cancel, kStaff, kStart - 1h, rules) == "cancelled");
}

TEST_CASE("whatever is not in the table is refused", "[booking]") {
    const std::vector<S> states{S::unconfirmed, S::confirmed, S::cancelled,
                                S::lapsed,      S::done,      S::no_show};
    const std::vector<A> acts{A::confirm, A::move, A::cancel, A::lapse, A::finish, A::miss};
    const base::Instant before = kStart - 1h;
    int allowed = 0;
    for (const auto state : states)
        for (const auto act : acts)
            for (const auto actor : {kPatient, kStaff, kSystem})
                for (const auto now : {before, kStart, kEnd}) {
                    const auto result = after(state, act, actor, now);
                    if (result != "conflict" && result != "forbidden") ++allowed;
                    if (!is_active(state)) CHECK(result == "conflict");
                }
    // confirm 2x2 and 2x3, move and cancel 2x2 each before the start, lapse, finish 2x2, miss 2.
    CHECK(allowed == 4 + 6 + 8 + 1 + 4 + 2);
    CHECK(after(S::unconfirmed, A::lapse, kPatient, kEnd) == "forbidden");
    CHECK(after(S::unconfirmed, A::lapse, kSystem, kEnd) == "lapsed");
    CHECK(after(S::confirmed, A::cancel, kSystem) == "forbidden");
}

TEST_CASE("a reminder goes out once it is due, and never after the start", "[reminder][C29][D3]") {
    using enum ReminderDecision;
    const auto booked = kStart - 48h;
    CHECK(reminder_due(kStart, 30min) == kStart - 30min);
    CHECK(decide_reminder(30min, booked, kStart, kStart - 30min - 1ms) == not_yet);
    CHECK(decide_reminder(30min, booked, kStart, kStart - 30min) == send);
    CHECK(decide_reminder(30min, booked, kStart, kStart - 20min) == send);  // the daemon was down
    CHECK(decide_reminder(30min, booked, kStart, kStart - 1ms) == send);
    CHECK(decide_reminder(30min, booked, kStart, kStart) == expired);
    CHECK(decide_reminder(30min, booked, kStart, kStart + 1h) == expired);
}

TEST_CASE("who settles a visit inside a lead gets no reminder for it", "[reminder][C29][D3]") {
    using enum ReminderDecision;
    const auto settled = kStart - 29min;
    CHECK(decide_reminder(30min, settled, kStart, settled) == inside_lead);
    CHECK(decide_reminder(30min, settled, kStart, kStart + 1h) == inside_lead);
    CHECK(decide_reminder(24h, settled, kStart, settled) == inside_lead);
    CHECK(decide_reminder(10min, settled, kStart, settled) == not_yet);
    CHECK(decide_reminder(30min, kStart - 30min, kStart, kStart - 30min) == send);
}

TEST_CASE("a lead is written in minutes, hours or days", "[reminder]") {
    for (const auto* text : {"1m", "30m", "2h", "1d", "60d", "90m"})
        CHECK(format_lead(*parse_lead(text)) == text);
    CHECK(format_lead(*parse_lead("1440m")) == "1d");
    for (const auto* bad : {"", "m", "30", "0m", "-5m", "61d", "1w", "30 m", "30mm", "1.5h",
                            "99999999999m", "86401m", " 30m"})
        CHECK_FALSE(parse_lead(bad));
}
