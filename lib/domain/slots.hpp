// Free start times from opening hours and what is already taken.
// Called for every page of slots, so it allocates nothing but its result when `busy` is sorted.
// Pure; any thread. Source: L13, L15, reliability rows 56 and 60.
#pragma once

#include <chrono>
#include <vector>

#include "base/clock.hpp"
#include "base/record.hpp"
#include "domain/weekly.hpp"

namespace portal::domain {

struct SlotRules {
    std::chrono::minutes duration{30};    // of the visit, > 0
    std::chrono::minutes step{30};        // between starts, counted from each rule's start, > 0
    std::chrono::minutes lead{0};         // earliest start is now + lead
    std::chrono::hours horizon{24 * 90};  // latest start is now + horizon
};

/// Minutes kept free before and after a visit.
struct Buffers {
    std::chrono::minutes before{0};
    std::chrono::minutes after{0};
};
/// What a visit with `own` buffers must not overlap because of one that is taken: of two buffers
/// between the same visits the longer counts.
Interval keep_clear(const Interval& taken, const Buffers& theirs, const Buffers& own);

inline constexpr std::size_t kMaxSlots = 2000;
inline constexpr std::chrono::hours kMaxSlotRange{24 * 62};

/// Starts in order, none twice, at most kMaxSlots: aligned to the step from the start of its open
/// interval, the whole visit inside open time (intervals that touch count as one stretch), clear of
/// `busy` (held slots belong in it too), from now + lead to now + horizon. `open` comes from
/// open_intervals; `busy` in any order, overlapping allowed.
std::vector<base::Instant> free_slots(const std::vector<Interval>& open,
                                      const std::vector<Interval>& busy, const SlotRules& rules,
                                      base::Instant now);

/// Why no time is free, from the farthest to the nearest to one that is.
enum class NoSlot {
    nobody,        // nobody gives the visit
    not_offered,   // not by this staff member, or no more
    bookings_off,  // this staff member takes none
    no_hours,      // none were ever said
    closed,
    other_start,  // open, but not where a visit begins
    too_near,     // or past
    too_far,
    taken,
};
BOOST_DESCRIBE_ENUM(NoSlot, nobody, not_offered, bookings_off, no_hours, closed, other_start,
                    too_near, too_far, taken)
/// For starts from `range.start` to before `range.end` of which free_slots gave none.
NoSlot why_none(const std::vector<Interval>& open, const SlotRules& rules, const Interval& range,
                base::Instant now);

/// True where a visit from `start` to `end` lies wholly inside open time.
bool is_open(const std::vector<Interval>& open, Interval visit);

/// A range that somebody asked for: from < to, at most `most` long. Field "to".
base::Status check_range(base::Instant from, base::Instant to,
                         std::chrono::hours most = kMaxSlotRange);

}  // namespace portal::domain
