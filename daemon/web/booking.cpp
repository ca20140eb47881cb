#include "daemon/web/booking.hpp"

#include <algorithm>

#include "daemon/web/booking_message.hpp"
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

constexpr const char* kNotReached =
    N_("The patient has no address that we could write to. Please call.");

struct DoneWords {
    std::string_view name;
    domain::BookingState state;
    const char* to_patient;
    const char* to_staff;
    bool is_told = false;
};
constexpr DoneWords kDoneWords[] = {
    {"cancelled", domain::BookingState::cancelled, N_("Your visit is cancelled."),
     N_("The visit is cancelled."), true},
    {"confirmed", domain::BookingState::confirmed, N_("Thank you. Your visit is confirmed."),
     N_("The visit is confirmed."), true},
    {"done", domain::BookingState::done, "", N_("The visit is marked as done.")},
    {"missed", domain::BookingState::no_show, "", N_("The visit is marked as missed.")},
};

struct Said {
    const char* what;
    bool is_told = false;  // the patient hears of it, where messages reach him
};

// What has just been done: ?done=NAME of an act that led here. An old link says it of a visit that
// has changed since, so the visit itself has the last word.
Said said_of(std::string_view name, const domain::BookingView& booking, const VisitCard& card) {
    const bool staff = card.by_staff;
    for (const auto& words : kDoneWords)
        if (words.name == name && words.state == booking.state)
            return {staff ? words.to_staff : words.to_patient, staff && words.is_told};
    if (!is_active(booking.state)) return {""};
    if (!staff && booking.awaits == domain::Awaits::clinic && (name == "booked" || name == "moved"))
        return {
            N_("You have asked for this time. The clinic looks at it, and we write to you as "
               "soon as it has answered.")};
    if (name == "booked") return {N_("Your visit is booked.")};
    if (name == "invited" && card.reached) return {N_("The invitation is on its way.")};
    if (name == "invited") return {N_("The visit is booked."), true};
    if (name == "message") return {N_("The message is saved.")};
    if (name == "moved" && booking.version > 1)
        return {staff ? N_("The visit has a new time.") : N_("Your visit has a new time."), staff};
    return {""};
}

std::string done_sentence(const Context& context, const domain::BookingView& booking,
                          const VisitCard& card) {
    const auto said = said_of(context.request().query.text("done"), booking, card);
    const auto what = context.word(said.what);
    if (!said.is_told) return what;
    return what + " " +
           context.word(card.reached ? N_("The patient gets a message about it.") : kNotReached);
}

Answer show_booking(Context& context) {
    PORTAL_TRY(booking, load(context));
    auto page = make_booking_page(context, booking, page_title(context, booking));
    PORTAL_TRYV(add_contact(context, booking, page.visit));
    page.frame.done = done_sentence(context, booking, page.visit);
    PORTAL_TRYV(add_message(context, booking, page));
    return context.page("booking", page);
}

Answer show_cancel(Context& context) {
    PORTAL_TRY(booking, load(context));
    auto page = make_booking_page(context, booking, N_("Do you want to cancel this visit?"));
    PORTAL_TRYV(add_contact(context, booking, page.visit));
    return context.page("cancel", page);
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
    return refused_page(context, booking, error);
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
        {"GET", "/bookings/{id}/confirm", show_confirm, member, kBooking},
        {"POST", "/bookings/{id}/confirm", post_confirm, member, kBooking},
        {"GET", "/bookings/{id}/cancel", show_cancel, member, kBooking},
        {"POST", "/bookings/{id}/cancel", post_cancel, member, kBooking},
    };
    return rows;
}

base::Status check_booking(text::Templates& templates) {
    PORTAL_TRYV(templates.check<BookingsPage>("bookings"));
    PORTAL_TRYV(templates.check<BookingPage>("booking"));
    return templates.check<BookingPage>("cancel");
}

}  // namespace portal::web
