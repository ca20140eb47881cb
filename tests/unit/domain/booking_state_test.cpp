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
    for (const auto actor : {kPatient, kStaff}) {
        CHECK(first_state(kStart, kStart - 1h, actor, {true, 0min})->state == S::unconfirmed);
        CHECK(first_state(kStart, kStart - 1h, actor, {true, 0min})->awaits == Awaits::patient);
        CHECK(first_state(kStart, kStart - 1h, actor, {false, 0min})->state == S::confirmed);
        CHECK(first_state(kStart, kStart, actor, {}));
    }
}

TEST_CASE("what a patient books on approval waits for the clinic, what staff book does not",
          "[booking]") {
    const BookingRules rules{false, 0min, true};
    CHECK(*first_state(kStart, kStart - 1h, kPatient, rules) ==
          FirstState{S::unconfirmed, Awaits::clinic});
    CHECK(*first_state(kStart, kStart - 1h, kStaff, rules) ==
          FirstState{S::confirmed, Awaits::nobody});
    const BookingMoment waiting{S::unconfirmed, kStart, kEnd, kStart - 1h, Awaits::clinic};
    CHECK_FALSE(decide(waiting, A::confirm, kPatient, rules));
    CHECK(decide(waiting, A::confirm, kStaff, rules)->state == S::confirmed);
    CHECK(decide(waiting, A::cancel, kPatient, rules)->state == S::cancelled);
}

TEST_CASE("a booking in the past is refused", "[booking][C16]") {
    const auto refused = first_state(kStart, kStart + 1ms, kStaff, {});
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

TEST_CASE("each transition that the table has is taken, and every other is refused",
          "[booking][C21][C24]") {
    // Before, during and after the visit; patient, staff and system: what becomes of it. "-" is a
    // refusal, "=" a repetition that changes nothing.
    struct Line {
        S from;
        A act;
        std::array<std::string_view, 3> before, during, after_end;
    };
    const std::array<std::string_view, 3> none{"-", "-", "-"};
    const std::array<std::string_view, 3> confirmed{"confirmed", "confirmed", "-"};
    const std::array<std::string_view, 3> again{"=", "=", "-"};
    const std::array<std::string_view, 3> cancelled{"cancelled", "cancelled", "-"};
    const std::array<std::string_view, 3> lapsed{"-", "-", "lapsed"};
    const std::array<std::string_view, 3> done{"-", "done", "done"};
    const std::array<std::string_view, 3> corrected{"-", "done", "-"};
    const std::array<std::string_view, 3> missed{"-", "no-show", "-"};
    const std::array<std::string_view, 3> moved{"unconfirmed", "unconfirmed", "-"};
    const std::vector<Line> lines{
        {S::unconfirmed, A::confirm, confirmed, confirmed, none},
        {S::unconfirmed, A::move, moved, none, none},
        {S::unconfirmed, A::cancel, cancelled, none, none},
        {S::unconfirmed, A::lapse, none, none, lapsed},
        {S::confirmed, A::confirm, again, again, again},
        {S::confirmed, A::move, confirmed, none, none},
        {S::confirmed, A::cancel, cancelled, none, none},
        {S::confirmed, A::finish, none, done, done},
        {S::confirmed, A::miss, none, missed, missed},
        {S::done, A::miss, none, missed, missed},
        {S::no_show, A::finish, none, corrected, corrected},
    };
    const std::array<BookingActor, 3> actors{kPatient, kStaff, kSystem};
    const auto expect = [&](const Line& line, const std::array<std::string_view, 3>& wanted,
                            base::Instant now) {
        for (std::size_t i = 0; i < actors.size(); ++i) {
            const auto became = after(line.from, line.act, actors[i], now);
            INFO("state " << static_cast<int>(line.from) << " act " << static_cast<int>(line.act)
                          << " actor " << i);
            const bool refused = became == "conflict" || became == "forbidden";
            CHECK((refused ? "-" : became == "same" ? "=" : became) == std::string{wanted[i]});
        }
    };
    for (const auto from :
         {S::unconfirmed, S::confirmed, S::cancelled, S::lapsed, S::done, S::no_show})
        for (const auto act : {A::confirm, A::move, A::cancel, A::lapse, A::finish, A::miss}) {
            Line line{from, act, none, none, none};
            for (const auto& each : lines)
                if (each.from == from && each.act == act) line = each;
            expect(line, line.before, kStart - 1h);
            expect(line, line.during, kStart + 1min);
            expect(line, line.after_end, kEnd + 1min);
        }
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
