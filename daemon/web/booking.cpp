#include "daemon/web/booking.hpp"

#include <algorithm>

#include "daemon/web/routes.hpp"
#include "daemon/web/visit_card.hpp"
#include "service/booking.hpp"

namespace portal::web {
namespace {

using base::N_;
using std::chrono::days;

constexpr int kDaysBack = 365;
constexpr int kDaysAhead = 730;

Answer show_bookings(Context& context) {
    PORTAL_TRY(zone, base::Zone::find(context.tenant().zone));
    const auto now = context.session().now();
    domain::ListBookings command;
    command.from = zone.to_local_day(now) - days{kDaysBack};
    command.days = kDaysBack + kDaysAhead;
    PORTAL_TRY(list, service::list_bookings(context.session(), command));
    BookingsPage page;
    page.frame = context.frame(N_("Your visits"));
    for (const auto& booking : list.items) {
        const bool coming = booking.ends > now && is_live(booking.state);
        (coming ? page.coming : page.past).push_back(make_card(context, booking));
    }
    std::reverse(page.past.begin(), page.past.end());  // the latest first
    return context.page("bookings", page);
}

base::Result<domain::BookingView> load(Context& context) {
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    return service::show_booking(context.session(), {*id});
}

BookingPage booking_page(const Context& context, const domain::BookingView& booking,
                         const char* title) {
    BookingPage page;
    page.frame = context.frame(title);
    page.visit = make_card(context, booking);
    page.back = context.session().who().kind == service::Principal::staff ? "/staff" : "/bookings";
    page.token = context.form_token(booking.version);
    return page;
}

Answer show_booking(Context& context) {
    PORTAL_TRY(booking, load(context));
    return context.page("booking", booking_page(context, booking, N_("Your visit")));
}

Answer show_cancel(Context& context) {
    PORTAL_TRY(booking, load(context));
    return context.page("cancel",
                        booking_page(context, booking, N_("Do you want to cancel this visit?")));
}

// A mail scanner that opens the link confirms nothing: the visit's page has the button (L8).
Answer show_confirm(Context& context) {
    PORTAL_TRY(booking, load(context));
    return http::redirect("/bookings/" + base::format_uuid(booking.id));
}

using Act = base::Result<domain::BookingView> (*)(service::Session&, const domain::BookingAct&);

Answer act_on(Context& context, Act act, const std::string& done) {
    PORTAL_TRY(token, context.read_token());
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    const auto acted = act(context.session(), {*id, token.version, key_text(token)});
    if (acted) return http::redirect("/bookings/" + base::format_uuid(*id) + "?done=" + done);
    const auto& error = acted.error();
    if (error.code != base::ErrorCode::conflict && error.code != base::ErrorCode::stale)
        return error;
    PORTAL_TRY(booking, load(context));
    auto page = booking_page(context, booking, N_("Your visit"));
    context.show_error(error, page.frame);
    return context.page("booking", page, base::error_row(error.code).http_status);
}

Answer post_confirm(Context& context) {
    return act_on(context, service::confirm_booking, "confirmed");
}

Answer post_cancel(Context& context) {
    return act_on(context, service::cancel_booking, "cancelled");
}

}  // namespace

std::vector<PageRoute> booking_routes() {
    using enum Entry;
    constexpr auto kBooking = domain::Module::booking;
    std::vector<PageRoute> rows{
        {"GET", "/bookings", show_bookings, patient, kBooking},
        {"GET", "/bookings/{id}", show_booking, member, kBooking},
        {"GET", "/bookings/{id}/confirm", show_confirm, patient, kBooking},
        {"POST", "/bookings/{id}/confirm", post_confirm, patient, kBooking},
        {"GET", "/bookings/{id}/cancel", show_cancel, patient, kBooking},
        {"POST", "/bookings/{id}/cancel", post_cancel, patient, kBooking},
    };
    return rows;
}

base::Status check_booking(text::Templates& templates) {
    PORTAL_TRYV(templates.check<BookingsPage>("bookings"));
    PORTAL_TRYV(templates.check<BookingPage>("booking"));
    return templates.check<BookingPage>("cancel");
}

}  // namespace portal::web
