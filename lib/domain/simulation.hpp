// What the clock alone would do, without doing it. Source: N12.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"

namespace portal::domain {

inline constexpr int kSimulatedDays = 92;
inline constexpr std::size_t kSimulatedEvents = 5000;

struct Simulate {
    std::optional<base::Instant> at;
    std::optional<base::Instant> from;
    std::optional<base::Instant> to;
};
BOOST_DESCRIBE_STRUCT(Simulate, (), (at, from, to))
PORTAL_HELP(Simulate,
            {"at", "as if the daemon had slept until then and ran now, like 2027-03-28T08:00:00Z"},
            {"from", "only what happens from then on; now when absent"},
            {"to", "until then, at most 92 days later"})

enum class SimulatedKind {
    room_opens,
    room_stays_closed,
    reminder,
    reminder_not_sent,
    nudge,
    nudge_not_sent,
    visit_lapses,
    visit_done,
    offer_ends,
    message_expires,
    invitation_expires,
    link_expires,
};
BOOST_DESCRIBE_ENUM(SimulatedKind, room_opens, room_stays_closed, reminder, reminder_not_sent,
                    nudge, nudge_not_sent, visit_lapses, visit_done, offer_ends, message_expires,
                    invitation_expires, link_expires)

struct SimulatedEvent {
    base::Instant at{};
    std::string local;
    SimulatedKind kind = SimulatedKind::reminder;
    std::optional<base::Uuid> booking;
    std::string detail;
};
BOOST_DESCRIBE_STRUCT(SimulatedEvent, (), (at, local, kind, booking, detail))
PORTAL_HELP(SimulatedEvent, {"at", "when"},
            {"local",
             "the clinic's local time and its distance from UTC, like 2027-03-28 03:00 "
             "+02:00"},
            {"kind", "room-opens, reminder, reminder-not-sent, visit-lapses, visit-done ..."},
            {"booking", "id of the booking, where it is about one"},
            {"detail", "which message and channel, or why not"})

struct Simulation {
    std::string zone;
    std::vector<SimulatedEvent> items;
};
BOOST_DESCRIBE_STRUCT(Simulation, (), (zone, items))
PORTAL_HELP(Simulation, {"zone", "time zone of the local times"}, {"items", "what would happen"})

}  // namespace portal::domain
