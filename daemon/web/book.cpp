// The question before a visit is booked or moved, and the act. Source: L13, L28, C45.
#include "daemon/web/booking.hpp"
#include "daemon/web/find_times.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/visit_card.hpp"
#include "daemon/web/visit_kind.hpp"
#include "service/booking.hpp"

namespace portal::web {
namespace {

using base::N_;

base::Error no_such_page() {
    return base::make_error(base::ErrorCode::not_found, {});
}

BookPage book_page(const Context& context, const char* title, base::Instant starts) {
    BookPage page;
    page.frame = context.frame(title);
    page.when = context.when(starts, text::DateStyle::full);
    page.starts = base::format_instant(starts);
    page.confirmation = context.tenant().confirmation;
    return page;
}

Answer show_book(Context& context) {
    const auto& query = context.request().query;
    const auto starts = base::parse_instant(query.text("starts"));
    if (!starts) return http::redirect("/slots");
    PORTAL_TRY(chosen, find_chosen(context, query));
    auto page = book_page(context, N_("Is this right?"), *starts);
    page.staff_id = chosen.staff_id;
    page.staff = chosen.staff;
    page.visit_type_id = chosen.visit_type_id;
    page.visit_type = chosen.visit_type;
    page.place = chosen.place;
    page.approval = chosen.approval;
    page.token = context.form_token();
    return context.page("book", page);
}

/// The times again, with what was wrong with the chosen one on top.
Answer show_again(const Context& context, SlotsPage page, const base::Error& error) {
    context.show_error(base::make_error(error.code, error.key, error.args), page.frame);
    return context.page("slots", page, base::error_row(error.code).http_status);
}

Answer post_book(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const auto& form = context.form;
    PORTAL_TRY(starts, base::parse_instant(form.text("starts")));
    domain::CreateBooking command;
    command.staff = form.text("staff");
    command.visit_type = form.text("visit_type");
    command.starts = starts;
    command.key = key_text(token);
    const auto booked = service::create_booking(context.session(), command);
    if (booked)
        return http::redirect("/bookings/" + base::format_uuid(booked->id) + "?done=booked");
    if (booked.error().code != base::ErrorCode::conflict) return booked.error();
    const auto from = base::Zone::find(context.tenant().zone)->to_local_day(starts);
    PORTAL_TRY(times,
               choose_time(context, {command.staff, command.visit_type, base::format_day(from)}));
    return show_again(context, std::move(times), booked.error());
}

base::Result<domain::BookingView> load(Context& context) {
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return no_such_page();
    return service::show_booking(context.session(), {*id});
}

/// Where there is no time to choose, on the visit's page: what would lead here again is left out.
Answer refuse_move(const Context& context, const domain::BookingView& booking,
                   const base::Error& error) {
    if (error.code != base::ErrorCode::conflict) return error;
    auto page = make_booking_page(context, booking, page_title(context, booking));
    page.visit.move.clear();
    return refused_page(context, std::move(page), error);
}

Answer show_move(Context& context) {
    PORTAL_TRY(booking, load(context));
    const auto may_move = decide_step(context, booking, domain::BookingStep::move);
    if (!may_move) return refused_page(context, booking, may_move.error());
    const auto& query = context.request().query;
    const auto starts = base::parse_instant(query.text("starts"));
    if (!starts) {
        const auto times = choose_move_time(context, booking, std::string{query.text("from")});
        if (!times) return refuse_move(context, booking, times.error());
        return context.page("slots", *times);
    }
    const auto card = make_card(context, booking);
    auto page = book_page(context, N_("Do you want to move the visit?"), *starts);
    page.staff = card.staff;
    page.visit_type = card.visit_type;
    page.place = card.place;
    page.old_when = card.when;
    page.booking = card.id;
    page.token = context.form_token(booking.version);
    return context.page("book", page);
}

Answer post_move(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(booking, load(context));
    PORTAL_TRY(starts, base::parse_instant(context.form.text("starts")));
    const auto moved = service::move_booking(context.session(),
                                             {booking.id, starts, token.version, key_text(token)});
    if (moved) return http::redirect("/bookings/" + base::format_uuid(moved->id) + "?done=moved");
    if (moved.error().code != base::ErrorCode::conflict) return moved.error();
    PORTAL_TRY(now, load(context));
    const auto may_move = decide_step(context, now, domain::BookingStep::move);
    if (!may_move) return refused_page(context, now, may_move.error());
    auto times = choose_move_time(context, now, {});
    if (!times) return refuse_move(context, now, times.error());
    return show_again(context, *std::move(times), moved.error());
}

}  // namespace

std::vector<PageRoute> book_routes() {
    using enum Entry;
    constexpr auto kBooking = domain::Module::booking;
    return {
        {"GET", "/book", show_book, patient, kBooking},
        {"POST", "/book", post_book, patient, kBooking, false, {"starts", "staff", "visit_type"}},
        {"GET", "/bookings/{id}/move", show_move, patient, kBooking},
        {"POST", "/bookings/{id}/move", post_move, patient, kBooking, false, {"starts"}}};
}

base::Status check_book(text::Templates& templates) {
    return templates.check<BookPage>("book");
}

}  // namespace portal::web
