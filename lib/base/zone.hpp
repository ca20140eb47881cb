// Local time at the edges: a zone by name (system's tzdata), instants inside.
// Thread rule: a Zone is a value and may be shared. Source: L15.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace date {
class time_zone;
}

namespace portal::base {

/// What a wall clock shows, without saying where.
using LocalTime = std::chrono::local_time<std::chrono::minutes>;
using LocalDay = std::chrono::local_days;

class Zone {
  public:
    /// "Europe/Stockholm"; unknown names are invalid.
    static Result<Zone> find(std::string_view name);

    struct Resolved {
        enum Kind { unique, nonexistent, ambiguous } kind;
        Instant first;   // unique, ambiguous: the earlier; nonexistent: the moment of the jump
        Instant second;  // ambiguous: the later; else equal to first
    };
    /// What a wall-clock time means here; a spring gap has none, an autumn hour two.
    [[nodiscard]] Resolved resolve(LocalTime local) const;
    [[nodiscard]] LocalTime to_local(Instant at) const;
    [[nodiscard]] LocalDay to_local_day(Instant at) const;
    /// Offset from UTC, east positive.
    [[nodiscard]] std::chrono::minutes offset(Instant at) const;
    [[nodiscard]] std::string name() const;

  private:
    explicit Zone(const date::time_zone* zone) : zone_(zone) {}
    const date::time_zone* zone_;
};

/// 2026-11-21
std::string format_day(LocalDay day);
Result<LocalDay> parse_day(std::string_view text);
/// Minutes from midnight: 08:30 is 510; 24:00 is 1440.
std::string format_minute(int minute);
Result<int> parse_minute(std::string_view text);

}  // namespace portal::base
