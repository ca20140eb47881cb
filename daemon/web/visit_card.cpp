#include "daemon/web/visit_card.hpp"

#include "daemon/web/find_times.hpp"
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

bool may(const Context& context, const domain::BookingView& booking, domain::BookingStep step) {
    if (context.session().who().kind != service::Principal::patient) return false;
    const auto decision = decide_step(context, booking, step);
    return decision && decision->changed;
}

}  // namespace

base::Result<domain::BookingDecision> decide_step(const Context& context,
                                                  const domain::BookingView& booking,
                                                  domain::BookingStep step) {
    const domain::BookingRules rules{context.tenant().confirmation,
                                     std::chrono::minutes{booking.cancel_minutes}};
    return domain::decide(
        {booking.state, booking.starts, booking.ends, context.session().now(), booking.awaits},
        step, domain::BookingActor::patient, rules);
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
    card.place = place_of(context);
    card.state = context.word(words.state);
    card.mark = words.mark;
    if (domain::shows_popup(domain::room_moment(booking, context.session().now()),
                            service::room_rules(context.tenant())))
        card.start = "/bookings/" + card.id + "/room";
    card.must_confirm = may(context, booking, BookingStep::confirm);
    card.may_move = may(context, booking, BookingStep::move);
    card.may_cancel = may(context, booking, BookingStep::cancel);
    if (context.session().who().kind == service::Principal::staff) card.patient = booking.patient;
    return card;
}

BookingPage make_booking_page(const Context& context, const domain::BookingView& booking,
                              const char* title) {
    BookingPage page;
    page.frame = context.frame(title);
    page.visit = make_card(context, booking);
    page.back = context.session().who().kind == service::Principal::staff ? "/staff" : "/bookings";
    page.token = context.form_token(booking.version);
    return page;
}

http::Response refused_page(const Context& context, const domain::BookingView& booking,
                            const base::Error& error) {
    auto page = make_booking_page(context, booking, N_("Your visit"));
    context.show_error(error, page.frame);
    return context.page("booking", page, base::error_row(error.code).http_status);
}

}  // namespace portal::web
