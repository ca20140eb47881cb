// Calendar invitations and calendars to subscribe to (iCalendar RFC 5545, iTIP RFC 5546, RFC 7986)
// with the zone's rules inside. Called where a booking's mail is rendered, and by feeds; about 40
// µs a visit, so an invitation may stand in a transaction. Thread rule: any thread. Source: L16,
// L17, L18.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"

namespace portal::text {

enum class CalendarMethod { request, cancel, publish };
/// "REQUEST", "CANCEL", "PUBLISH": in the calendar and in the MIME type alike.
std::string_view method_name(CalendarMethod method);

struct CalendarEvent {
    CalendarMethod method = CalendarMethod::request;
    bool tentative = false;     // the patient has not confirmed it yet
    std::string uid;            // uuid@host, the same for the whole life of a booking
    std::int64_t sequence = 0;  // higher with each change of time, place or status
    base::Instant stamp{};      // when this invitation was made
    base::Instant starts{};
    base::Instant ends{};
    std::string zone;  // "Europe/Stockholm"
    std::string summary;
    std::string location;
    std::string description;     // may be empty
    std::string url;             // of the visit's page; may be empty
    std::string organizer_name;  // the clinic
    base::Email organizer;       // the address that the mail comes from
    base::Email attendee;        // the recipient; in a published calendar nobody is named
};

/// CRLF lines of at most 75 octets. Start and end are local times of `zone`, but both are UTC when
/// one of them lies in the hour that autumn's change repeats: programs differ in which of the two a
/// local time means. invalid: an unknown zone, a control character, a bad address, an end that is
/// not after the start.
base::Result<std::string> make_invitation(const CalendarEvent& event);

/// A calendar that a program reads again and again, or takes once; nobody is invited by it.
struct PublishedCalendar {
    std::string name;  // what calendar programs call it; empty: taken once, not subscribed to
    std::string zone;
    std::vector<CalendarEvent> events;  // in this zone; their method does not count
};
/// METHOD:PUBLISH. The same events give the same bytes, so that their digest is a version.
base::Result<std::string> make_calendar(const PublishedCalendar& calendar);

/// Reads a zone's rules now, at start, instead of at its first invitation.
base::Status load_calendar_zone(std::string_view zone);

}  // namespace portal::text
