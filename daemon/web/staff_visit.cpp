// Staff's acts on one visit: another time, whichever they choose, and what became of it.
// Source: C24, C27, L15.
#include "daemon/web/staff_visit.hpp"

#include "daemon/web/routes.hpp"
#include "daemon/web/visit_card.hpp"
#include "domain/weekly.hpp"
#include "service/booking.hpp"

namespace portal::web {
namespace {

using base::ErrorCode;
using base::N_;

base::Result<base::Uuid> booking_id(const Context& context) {
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return base::make_error(ErrorCode::not_found, {});
    return *id;
}

base::Result<domain::BookingView> load(Context& context) {
    PORTAL_TRY(id, booking_id(context));
    return service::show_booking(context.session(), {id});
}

std::string typed(const Context& context, const char* name) {
    return std::string{base::trim(context.form.text(name))};
}

// ---- what became of it ------------------------------------------------------------------------

using Act = base::Result<domain::BookingView> (*)(service::Session&, const domain::BookingAct&);

Answer settle(Context& context, Act act, const char* done) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(id, booking_id(context));
    const auto acted = act(context.session(), {id, token.version, key_text(token)});
    if (acted) return http::redirect("/bookings/" + base::format_uuid(id) + "?done=" + done);
    const auto& error = acted.error();
    if (error.code != ErrorCode::conflict && error.code != ErrorCode::stale) return error;
    PORTAL_TRY(booking, load(context));
    return refused_page(context, booking, error);
}

Answer post_done(Context& context) {
    return settle(context, service::finish_booking, "done");
}
Answer post_missed(Context& context) {
    return settle(context, service::miss_booking, "missed");
}

// ---- another time -----------------------------------------------------------------------------

std::string time_of_day(const base::Zone& zone, base::Instant at) {
    const auto local = zone.to_local(at);
    const auto minute = local - std::chrono::floor<std::chrono::days>(local);
    return base::format_minute(static_cast<int>(minute.count()));
}

StaffMovePage make_page(const Context& context, const domain::BookingView& booking,
                        const base::Zone& zone) {
    StaffMovePage page;
    page.frame = context.frame(N_("Choose a new time"));
    page.visit = make_card(context, booking);
    page.today = base::format_day(zone.to_local_day(context.session().now()));
    page.date.value = base::format_day(zone.to_local_day(booking.starts));
    page.time.value = time_of_day(zone, booking.starts);
    page.confirmation = context.tenant().confirmation;
    page.token = context.form_token(booking.version);
    return page;
}

void ask_which(const Context& context, StaffMovePage& page) {
    const auto& chosen = page.which_one.value;
    page.which = {
        {"earlier", context.word(N_("The earlier, before the clock goes back")),
         chosen == "earlier"},
        {"later", context.word(N_("The later, after the clock has gone back")), chosen == "later"}};
}

base::Result<base::Instant> read_start(const Context& context, const base::Zone& zone) {
    const auto day = base::parse_day(typed(context, "date"));
    if (!day) return base::invalid("date", N_("Choose a date."));
    const auto minute = base::parse_minute(typed(context, "time"));
    if (!minute) return base::invalid("time", N_("Write the time of day as 08:30."));
    const auto which = typed(context, "which");
    std::optional<domain::Occurrence> meant;
    if (which == "earlier") meant = domain::Occurrence::earlier;
    if (which == "later") meant = domain::Occurrence::later;
    return domain::resolve_local(*day, *minute, zone, meant);
}

/// The form again, with what was typed and what was wrong with it.
Answer ask_again(Context& context, const base::Zone& zone, base::Error error) {
    PORTAL_TRY(booking, load(context));
    const auto may_move = decide_step(context, booking, domain::BookingStep::move);
    if (!may_move) return refused_page(context, booking, may_move.error());
    if (error.code == ErrorCode::invalid && error.field == "starts") error.field = "date";
    if (error.field == "start" || error.field == "starts") error.field = "time";
    auto page = make_page(context, booking, zone);
    PORTAL_TRYV(add_contact(context, booking, page.visit));
    context.show_error(error, page.frame);
    const auto keep = [&](const char* name, Field& field) {
        context.show_error(error, name, field);
        field.value = typed(context, name);
    };
    keep("date", page.date);
    keep("time", page.time);
    keep("which", page.which_one);
    if (error.key == domain::kAmbiguousTime || !page.which_one.value.empty())
        ask_which(context, page);
    return context.page("staff_move", page, base::error_row(error.code).http_status);
}

Answer show_move(Context& context) {
    PORTAL_TRY(booking, load(context));
    PORTAL_TRY(zone, base::Zone::find(context.tenant().zone));
    const auto may_move = decide_step(context, booking, domain::BookingStep::move);
    if (!may_move) return refused_page(context, booking, may_move.error());
    auto page = make_page(context, booking, zone);
    PORTAL_TRYV(add_contact(context, booking, page.visit));
    return context.page("staff_move", page);
}

Answer post_move(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(id, booking_id(context));
    PORTAL_TRY(zone, base::Zone::find(context.tenant().zone));
    const auto starts = read_start(context, zone);
    if (!starts) return ask_again(context, zone, starts.error());
    const auto moved =
        service::move_booking(context.session(), {id, *starts, token.version, key_text(token)});
    if (moved) return http::redirect("/bookings/" + base::format_uuid(id) + "?done=moved");
    const auto code = moved.error().code;
    if (code == ErrorCode::conflict || code == ErrorCode::stale || code == ErrorCode::invalid)
        return ask_again(context, zone, moved.error());
    return moved.error();
}

}  // namespace

std::vector<PageRoute> staff_visit_routes() {
    using enum Entry;
    constexpr auto kBooking = domain::Module::booking;
    return {{"POST", "/bookings/{id}/done", post_done, staff, kBooking},
            {"POST", "/bookings/{id}/missed", post_missed, staff, kBooking},
            {"GET", "/staff/bookings/{id}/move", show_move, staff, kBooking},
            {"POST",
             "/staff/bookings/{id}/move",
             post_move,
             staff,
             kBooking,
             false,
             {"date", "time", "which"}}};
}

base::Status check_staff_visit(text::Templates& templates) {
    return templates.check<StaffMovePage>("staff_move");
}

}  // namespace portal::web
