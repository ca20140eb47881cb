// A time zone's rules as calendar text. Private to lib/text/calendar*.cpp.
// Thread rule: any thread.
#pragma once

#include <libical/ical.h>

#include <memory>
#include <string>

namespace portal::text::detail {

struct FreeComponent {
    void operator()(icalcomponent* component) const { icalcomponent_free(component); }
};
using Component = std::unique_ptr<icalcomponent, FreeComponent>;

/// As iCalendar text, CRLF lines folded at 75 octets.
std::string serialise(icalcomponent* component);

/// The VTIMEZONE of `zone` (a name that base::Zone knows), from 1980 on; nullptr: the machine has
/// none. Read from the machine's zone files at the first call, then kept.
const std::string* find_zone_rules(const std::string& zone);

}  // namespace portal::text::detail
