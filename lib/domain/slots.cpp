#include "domain/slots.hpp"

#include <algorithm>

namespace portal::domain {

using base::Instant;
using base::Millis;
using base::N_;

namespace {

bool by_start(const Interval& a, const Interval& b) {
    return a.start < b.start;
}

/// Walks through `busy`, sorted by start, with visits whose starts only grow.
class BusyWalk {
  public:
    explicit BusyWalk(const std::vector<Interval>& busy) : busy_(busy) {}

    /// Whether the visit overlaps any of them.
    bool overlaps(const Interval& visit) {
        for (; next_ < busy_.size() && busy_[next_].start < visit.end; ++next_)
            taken_until_ = std::max(taken_until_, busy_[next_].end);
        return taken_until_ > visit.start;
    }

  private:
    const std::vector<Interval>& busy_;
    std::size_t next_ = 0;
    Instant taken_until_ = Instant::min();
};

/// The end of the stretch that begins with open[i] and goes on where the next one touches.
Instant stretch_end(const std::vector<Interval>& open, std::size_t i) {
    auto end = open[i].end;
    while (++i < open.size() && open[i].start <= end) end = std::max(end, open[i].end);
    return end;
}

/// The first aligned start in `interval` that is not before `earliest`.
Instant first_start(const Interval& interval, Instant earliest, Millis step) {
    if (earliest <= interval.start) return interval.start;
    const auto steps = (earliest - interval.start + step - Millis{1}) / step;
    return interval.start + steps * step;
}

std::vector<Instant> find_slots(const std::vector<Interval>& open,
                                const std::vector<Interval>& busy, const SlotRules& rules,
                                Instant now) {
    std::vector<Instant> slots;
    const auto earliest = now + rules.lead;
    const auto latest = now + rules.horizon;
    const Millis step = rules.step;
    BusyWalk walk{busy};
    for (std::size_t i = 0; i < open.size(); ++i) {
        const auto end = stretch_end(open, i);
        for (auto at = first_start(open[i], earliest, step); at < open[i].end; at += step) {
            const Interval visit{at, at + rules.duration};
            if (visit.end > end || at > latest) break;
            if (walk.overlaps(visit)) continue;
            if (slots.empty()) slots.reserve(128);
            slots.push_back(at);
            if (slots.size() == kMaxSlots) return slots;
        }
    }
    return slots;
}

}  // namespace

Interval keep_clear(const Interval& taken, const Buffers& theirs, const Buffers& own) {
    return {taken.start - std::max(theirs.before, own.after),
            taken.end + std::max(theirs.after, own.before)};
}

std::vector<Instant> free_slots(const std::vector<Interval>& open,
                                const std::vector<Interval>& busy, const SlotRules& rules,
                                Instant now) {
    if (rules.duration.count() <= 0 || rules.step.count() <= 0) return {};
    if (std::is_sorted(busy.begin(), busy.end(), by_start))
        return find_slots(open, busy, rules, now);
    auto sorted = busy;
    std::sort(sorted.begin(), sorted.end(), by_start);
    return find_slots(open, sorted, rules, now);
}

NoSlot why_none(const std::vector<Interval>& open, const SlotRules& rules, const Interval& range,
                Instant now) {
    auto always = rules;
    always.lead = {};
    always.horizon = std::chrono::ceil<std::chrono::hours>(range.end - range.start);
    auto starts = free_slots(open, {}, always, range.start);
    std::erase_if(starts, [&](Instant at) { return at >= range.end; });
    if (starts.empty()) {
        const bool begins = is_open(open, {range.start, range.start + rules.duration});
        return begins ? NoSlot::other_start : NoSlot::closed;
    }
    std::erase_if(starts, [&](Instant at) { return at < now + rules.lead; });
    if (starts.empty()) return NoSlot::too_near;
    return starts.front() > now + rules.horizon ? NoSlot::too_far : NoSlot::taken;
}

bool is_open(const std::vector<Interval>& open, Interval visit) {
    for (std::size_t i = 0; i < open.size(); ++i)
        if (open[i].start <= visit.start && visit.start < open[i].end)
            return visit.end <= stretch_end(open, i);
    return false;
}

base::Status check_range(Instant from, Instant to, std::chrono::hours most) {
    if (from >= to) return base::invalid("to", N_("must be later than the beginning"));
    if (to - from > most)
        return base::invalid("to", N_("is more than {1} days after the beginning"),
                             {std::to_string(most.count() / 24)});
    return {};
}

}  // namespace portal::domain
