#include "domain/availability.hpp"

#include <algorithm>
#include <tuple>

namespace portal::domain {

using base::N_;
using std::chrono::days;

std::vector<DateException> with_exceptions(std::vector<DateException> exceptions,
                                           const std::vector<DateException>& added) {
    std::erase_if(exceptions, [&](const DateException& old) {
        return std::any_of(added.begin(), added.end(),
                           [&](const DateException& each) { return each.date == old.date; });
    });
    exceptions.insert(exceptions.end(), added.begin(), added.end());
    std::sort(exceptions.begin(), exceptions.end(),
              [](const DateException& a, const DateException& b) {
                  return std::tie(a.date, a.from_minute) < std::tie(b.date, b.from_minute);
              });
    return exceptions;
}

base::Result<std::vector<DateException>> closed_days(base::LocalDay first, base::LocalDay last) {
    if (last < first) return base::invalid("to", N_("The last day is before the first."));
    if (last - first >= days{kMaxClosedDays})
        return base::invalid("to", N_("Close at most {1} days at once."),
                             {std::to_string(kMaxClosedDays)});
    std::vector<DateException> closed;
    for (auto day = first; day <= last; day += days{1}) closed.push_back({day, true, 0, 0});
    return closed;
}

}  // namespace portal::domain
