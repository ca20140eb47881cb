#include "daemon/web/visit_card.hpp"

#include "daemon/web/visit_kind.hpp"
#include "service/booking.hpp"
#include "service/room.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::BookingState;

struct Words {
    const char* state;
    const char* mark;
};

Words words_of(BookingState state) {
    switch (state) {
        case BookingState::unconfirmed:
            return {N_("Not confirmed yet"), "open"};
        case BookingState::confirmed:
            return {N_("Confirmed"), "good"};
        case BookingState::cancelled:
            return {N_("Cancelled"), "off"};
        case BookingState::lapsed:
            return {N_("Not confirmed in time"), "off"};
        case BookingState::no_show:
            return {N_("Missed"), "off"};
        case BookingState::done:
            break;
    }
    return {N_("Done"), "good"};
}

/// A colleague acts on an internal visit as its patient (C20).
domain::BookingActor actor_on(const Context& context, const domain::BookingView& booking) {
    const bool own =
        context.session().who().kind == service::Principal::patient || is_invited(context, booking);
    return own ? domain::BookingActor::patient : domain::BookingActor::staff;
}

bool takes_part(const Context& context, const domain::BookingView& booking) {
    return booking.staff_id == context.session().who().person.public_id ||
           is_invited(context, booking);
}

bool may(const Context& context, const domain::BookingView& booking, domain::BookingStep step) {
    const auto decision = decide_step(context, booking, step);
    return decision && decision->changed;
}

}  // namespace

bool is_invited(const Context& context, const domain::BookingView& booking) {
    return booking.patient_id == context.session().who().person.public_id;
}

const std::string& other_name(const Context& context, const domain::BookingView& booking) {
    return is_invited(context, booking) ? booking.staff : booking.patient;
}

base::Result<domain::BookingDecision> decide_step(const Context& context,
                                                  const domain::BookingView& booking,
                                                  domain::BookingStep step) {
    const domain::BookingRules rules{context.tenant().confirmation,
                                     std::chrono::minutes{booking.cancel_minutes}};
    return domain::decide(
        {booking.state, booking.starts, booking.ends, context.session().now(), booking.awaits},
        step, actor_on(context, booking), rules);
}

const char* state_word(BookingState state) {
    return words_of(state).state;
}

bool is_live(BookingState state) {
    return state != BookingState::cancelled && state != BookingState::lapsed;
}

VisitCard make_card(const Context& context, const domain::BookingView& booking) {
    using domain::BookingStep;
    const auto words = words_of(booking.state);
    VisitCard card;
    card.id = base::format_uuid(booking.id);
    card.when = context.when(booking.starts, text::DateStyle::full);
    card.visit_type = booking.visit_type;
    card.staff =
        booking.staff_title.empty() ? booking.staff : booking.staff + ", " + booking.staff_title;
    card.place = place_of(context, booking.kind);
    const bool asks = booking.awaits == domain::Awaits::clinic && is_active(booking.state);
    card.state = context.word(asks ? N_("Waits for the clinic's answer") : words.state);
    card.mark = words.mark;
    if (takes_part(context, booking) &&
        domain::shows_popup(domain::room_moment(booking, context.session().now()),
                            service::room_rules(context.tenant())))
        card.start = "/bookings/" + card.id + "/room";
    card.by_staff = actor_on(context, booking) == domain::BookingActor::staff;
    if (!card.by_staff && is_active(booking.state))
        card.calendar = "/bookings/" + card.id + "/calendar.ics";
    const bool open = may(context, booking, BookingStep::confirm);
    card.must_approve = open && card.by_staff && booking.awaits == domain::Awaits::clinic;
    card.must_confirm = open && !card.must_approve;
    const bool works_here = context.session().who().kind == service::Principal::staff;
    if (may(context, booking, BookingStep::move))
        card.move = (works_here ? "/staff/bookings/" : "/bookings/") + card.id + "/move";
    card.may_cancel = may(context, booking, BookingStep::cancel);
    card.may_finish = may(context, booking, BookingStep::finish);
    card.may_miss = may(context, booking, BookingStep::miss);
    if (works_here) card.patient = booking.patient;
    return card;
}

base::Status add_contact(Context& context, const domain::BookingView& booking, VisitCard& card) {
    if (!card.by_staff) return {};
    PORTAL_TRY(contact, service::show_visit_contact(context.session(), {booking.id}));
    card.mobile = contact.mobile.reveal();
    card.reached = contact.is_reached;
    return {};
}

const char* page_title(const Context& context, const domain::BookingView& booking) {
    return actor_on(context, booking) == domain::BookingActor::staff ? N_("The visit")
                                                                     : N_("Your visit");
}

BookingPage make_booking_page(const Context& context, const domain::BookingView& booking,
                              const char* title) {
    BookingPage page;
    page.visit = make_card(context, booking);
    page.frame = context.frame(title);
    page.back = context.session().who().kind == service::Principal::staff ? "/staff" : "/bookings";
    page.token = context.form_token(booking.version);
    return page;
}

http::Response refused_page(const Context& context, const domain::BookingView& booking,
                            const base::Error& error) {
    return refused_page(context, make_booking_page(context, booking, page_title(context, booking)),
                        error);
}

http::Response refused_page(const Context& context, BookingPage page, const base::Error& error) {
    context.show_error(error, page.frame);
    return context.page("booking", page, base::error_row(error.code).http_status);
}

}  // namespace portal::web
