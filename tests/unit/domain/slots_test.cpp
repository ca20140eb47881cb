#include "domain/slots.hpp"

#include "base/random.hpp"
#include "catch.hpp"

using namespace portal;
using namespace portal::domain;
using namespace std::chrono_literals;

namespace {

const base::Instant kStart = *base::parse_instant("2026-11-23T08:00:00Z");

base::Instant at(int minute) {
    return kStart + std::chrono::minutes{minute};
}
std::vector<int> minutes_of(const std::vector<base::Instant>& slots) {
    std::vector<int> out;
    for (const auto slot : slots)
        out.push_back(static_cast<int>((slot - kStart) / std::chrono::minutes{1}));
    return out;
}
SlotRules rules(std::chrono::minutes duration, std::chrono::minutes step) {
    return {duration, step, 0min, 24h * 90};
}
using Minutes = std::vector<int>;

}  // namespace

TEST_CASE("slots fill an interval from its start and never leave it", "[slots]") {
    const std::vector<Interval> open{{at(0), at(120)}};
    CHECK(minutes_of(free_slots(open, {}, rules(30min, 30min), at(0))) == Minutes{0, 30, 60, 90});
    CHECK(minutes_of(free_slots(open, {}, rules(45min, 30min), at(0))) == Minutes{0, 30, 60});
    CHECK(minutes_of(free_slots(open, {}, rules(120min, 15min), at(0))) == Minutes{0});
    CHECK(free_slots(open, {}, rules(121min, 15min), at(0)).empty());
    CHECK(free_slots({}, {}, rules(30min, 30min), at(0)).empty());
    CHECK(free_slots(open, {}, rules(0min, 30min), at(0)).empty());
    CHECK(free_slots(open, {}, rules(30min, 0min), at(0)).empty());
}

TEST_CASE("a slot that overlaps something taken is left out, one that touches it stays",
          "[slots]") {
    const std::vector<Interval> open{{at(0), at(180)}};
    const std::vector<Interval> busy{{at(60), at(90)}};
    CHECK(minutes_of(free_slots(open, busy, rules(30min, 30min), at(0))) ==
          Minutes{0, 30, 90, 120, 150});
    CHECK(minutes_of(free_slots(open, busy, rules(60min, 30min), at(0))) == Minutes{0, 90, 120});
    const std::vector<Interval> unsorted{{at(150), at(160)}, {at(0), at(100)}, {at(10), at(20)}};
    CHECK(minutes_of(free_slots(open, unsorted, rules(30min, 10min), at(0))) ==
          Minutes{100, 110, 120});
}

TEST_CASE("slots keep their grid when the past or the lead cuts in", "[slots]") {
    const std::vector<Interval> open{{at(0), at(120)}};
    CHECK(minutes_of(free_slots(open, {}, rules(30min, 30min), at(1))) == Minutes{30, 60, 90});
    SlotRules lead = rules(30min, 30min);
    lead.lead = 45min;
    CHECK(minutes_of(free_slots(open, {}, lead, at(0))) == Minutes{60, 90});
    SlotRules near = rules(30min, 30min);
    near.horizon = 1h;
    CHECK(minutes_of(free_slots(open, {}, near, at(0))) == Minutes{0, 30, 60});
    CHECK(free_slots(open, {}, rules(30min, 30min), at(120)).empty());
}

TEST_CASE("intervals that touch count as one stretch", "[slots]") {
    const std::vector<Interval> open{{at(0), at(50)}, {at(50), at(120)}, {at(130), at(150)}};
    CHECK(minutes_of(free_slots(open, {}, rules(30min, 30min), at(0))) == Minutes{0, 30, 50, 80});
    CHECK(is_open(open, {at(30), at(60)}));
    CHECK(is_open(open, {at(0), at(120)}));
    CHECK_FALSE(is_open(open, {at(110), at(140)}));
    CHECK_FALSE(is_open(open, {at(125), at(128)}));
    CHECK_FALSE(is_open(open, {at(-10), at(10)}));
}

TEST_CASE("between any two visits lie the free minutes of both, and no start is lost",
          "[slots][L13]") {
    base::SeededRandom random{20270111};
    const auto draw = [&](int most) {
        return std::chrono::minutes{random.below(static_cast<std::uint32_t>(most + 1))};
    };
    const std::vector<Interval> open{{at(0), at(600)}};
    for (int round = 0; round < 500; ++round) {
        const Buffers own{draw(60), draw(60)};
        SlotRules each = rules(1min + draw(89), 1min + draw(29));
        std::vector<std::pair<Interval, Buffers>> booked;
        std::vector<Interval> busy;
        for (auto left = random.below(6); left > 0; --left) {
            const auto start = at(0) + draw(600);
            booked.push_back({{start, start + 5min + draw(85)}, {draw(60), draw(60)}});
            busy.push_back(keep_clear(booked.back().first, booked.back().second, own));
        }
        std::vector<base::Instant> expected;
        for (auto start = at(0); start + each.duration <= at(600); start += each.step) {
            bool clear = true;
            for (const auto& [visit, theirs] : booked) {
                const auto gap_before = start - visit.end;
                const auto gap_after = visit.start - (start + each.duration);
                const bool later = gap_before >= theirs.after && gap_before >= own.before;
                const bool earlier = gap_after >= theirs.before && gap_after >= own.after;
                clear = clear && (later || earlier);
            }
            if (clear) expected.push_back(start);
        }
        INFO("round " << round);
        REQUIRE(free_slots(open, busy, each, at(0)) == expected);
    }
}

TEST_CASE("why no time is free is the nearest to one that is", "[slots]") {
    const std::vector<Interval> open{{at(0), at(240)}};
    const Interval day{at(0), at(1440)};
    auto usual = rules(30min, 30min);
    CHECK(why_none({}, usual, day, at(0)) == NoSlot::closed);
    CHECK(why_none(open, usual, {at(240), at(1440)}, at(0)) == NoSlot::closed);
    CHECK(why_none(open, usual, {at(10), at(20)}, at(0)) == NoSlot::other_start);
    CHECK(why_none(open, usual, {at(230), at(240)}, at(0)) == NoSlot::closed);
    CHECK(why_none(open, usual, day, at(220)) == NoSlot::too_near);
    CHECK(why_none(open, usual, day, at(210)) == NoSlot::taken);
    usual.horizon = std::chrono::hours{1};
    CHECK(why_none(open, usual, day, at(-90)) == NoSlot::too_far);
    CHECK(why_none(open, usual, day, at(-60)) == NoSlot::taken);
    const std::vector<Interval> two_days{{at(0), at(240)}, {at(1440), at(1680)}};
    CHECK(why_none(two_days, usual, {at(0), at(2880)}, at(230)) == NoSlot::too_far);
}

TEST_CASE("the number of slots has a limit", "[slots]") {
    const std::vector<Interval> open{{at(0), at(60 * 24 * 60)}};
    CHECK(free_slots(open, {}, rules(1min, 1min), at(0)).size() == kMaxSlots);
}

TEST_CASE("a range that ends before it begins, or is years long, is refused", "[slots][time]") {
    CHECK(check_range(at(0), at(1)));
    CHECK(check_range(at(0), at(0) + kMaxSlotRange));
    CHECK_FALSE(check_range(at(0), at(0)));
    CHECK_FALSE(check_range(at(1), at(0)));
    const auto decade = check_range(at(0), at(0) + std::chrono::days{3650});
    REQUIRE_FALSE(decade);
    CHECK(decade.error().field == "to");
    for (const auto* text : {"0000-01-01T00:00:00Z", "9999-01-01T00:00:00Z", "2147483648"})
        CHECK_FALSE(base::parse_instant(text));
}
