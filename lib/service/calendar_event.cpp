#include "service/calendar_event.hpp"

namespace portal::service {
namespace {

using base::N_;
using domain::BookingState;
using domain::VisitKind;

bool takes_place(BookingState state) {
    return state != BookingState::cancelled && state != BookingState::lapsed;
}

}  // namespace

std::string meeting_place(const Session& session, VisitKind kind, text::Language language) {
    const auto& words = session.services().catalogue;
    switch (kind) {
        case VisitKind::phone:
            return words.translate(language, N_("By telephone"));
        case VisitKind::video:
        case VisitKind::video_group:
            return words.translate(language, N_("Video visit"));
        case VisitKind::physical:
            break;
    }
    return session.tenant().address;
}

std::string visit_link(const Session& session, const base::Uuid& booking) {
    return tenant_url(session.services().options, session.tenant()) + "/bookings/" +
           base::format_uuid(booking);
}

CalendarVisit to_calendar(const store::Booking& booking, base::Instant stamp) {
    return {booking.public_id, booking.uid,   booking.sequence, booking.starts,
            booking.ends,      booking.state, booking.kind,     stamp};
}

text::CalendarEvent make_event(const Session& session, const CalendarVisit& visit,
                               text::Language language) {
    const auto& tenant = session.tenant();
    const auto& options = session.services().options;
    text::CalendarEvent event;
    event.method =
        takes_place(visit.state) ? text::CalendarMethod::request : text::CalendarMethod::cancel;
    // The slug never changes, a clinic's own host may: the event keeps its UID for life (L18).
    event.uid = base::format_uuid(visit.uid) + "@" + tenant.slug + "." + options.base_domain;
    event.sequence = visit.sequence;
    event.tentative = visit.state == BookingState::unconfirmed;
    event.stamp = visit.stamp;
    event.starts = visit.starts;
    event.ends = visit.ends;
    event.zone = tenant.zone;
    event.summary = tenant.name;
    event.location = meeting_place(session, visit.kind, language);
    event.organizer_name = tenant.name;
    event.organizer = base::Email{options.mail_from};
    event.url = visit_link(session, visit.public_id);
    const char* what = domain::has_room(visit.kind) ? N_("The video visit takes place here:")
                                                    : N_("The visit's page:");
    if (takes_place(visit.state))
        event.description =
            session.services().catalogue.translate(language, what) + "\n" + event.url;
    return event;
}

}  // namespace portal::service
