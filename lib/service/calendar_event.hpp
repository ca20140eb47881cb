// A visit as calendars hold it: in mails, in feeds and where somebody takes it along. It leaves the
// house, so it says when, where and which clinic, and never what the visit is about.
// Thread rule: pure. Source: L16, L17, L18, C42; threat 1.
#pragma once

#include <string>

#include "service/session.hpp"
#include "store/booking.hpp"
#include "store/calendar_feed.hpp"
#include "text/calendar.hpp"

namespace portal::service {

/// Where one meets: the clinic's address, or by phone or video.
std::string meeting_place(const Session& session, domain::VisitKind kind, text::Language language);
/// The visit's page at the clinic's own host.
std::string visit_link(const Session& session, const base::Uuid& booking);

using store::CalendarVisit;
CalendarVisit to_calendar(const store::Booking& booking, base::Instant stamp);

/// The clinic stands in the summary and as organizer; whom it invites is the caller's to say. A
/// visit that no longer takes place is a cancellation, any other a request.
text::CalendarEvent make_event(const Session& session, const CalendarVisit& visit,
                               text::Language language);

}  // namespace portal::service
