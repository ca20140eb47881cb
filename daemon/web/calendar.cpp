// Visits in other calendars: a staff member's private address, and a patient's file to take along.
// Source: L16, L18, P9.
#include "daemon/web/calendar.hpp"

#include "crypto/digest.hpp"
#include "daemon/http/static_files.hpp"
#include "daemon/web/routes.hpp"
#include "service/feed.hpp"

namespace portal::web {
namespace {

using base::N_;

constexpr std::string_view kEnding = ".ics";
constexpr const char* kType = "text/calendar; charset=utf-8";

Answer calendar_page(Context& context, const std::string& address, const base::Error* problem) {
    PORTAL_TRY(feeds, service::list_own_feeds(context.session()));
    CalendarPage page;
    page.frame = context.frame(N_("Your calendar"));
    if (context.request().query.text("done") == "stopped")
        page.frame.done = context.word(N_("The address is stopped. Nobody can read it any more."));
    page.address = address;
    for (const auto& feed : feeds)
        page.feeds.push_back(
            {base::format_uuid(feed.id), context.when(feed.created_at, text::DateStyle::full),
             feed.fetched_at ? context.when(*feed.fetched_at, text::DateStyle::full) : ""});
    page.token = context.form_token();
    if (problem == nullptr) return context.page("calendar", page);
    context.show_error(*problem, page.frame);
    return context.page("calendar", page, base::error_row(problem->code).http_status);
}

Answer show_calendar(Context& context) {
    return calendar_page(context, {}, nullptr);
}

// The answer itself shows the address: a place to be led to would have to hold it.
Answer post_calendar(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const auto made = service::make_feed(context.session(), key_text(token));
    if (!made && made.error().code == base::ErrorCode::conflict)
        return calendar_page(context, {}, &made.error());
    if (!made) return made.error();
    if (!*made) return http::redirect("/calendar");
    const auto at = "/calendar/" + (*made)->reveal() + std::string{kEnding};
    return calendar_page(
        context, service::tenant_url(context.services().options, context.tenant()) + at, nullptr);
}

Answer post_stop(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const auto id = base::parse_uuid(context.form.text("feed"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    PORTAL_TRYV(service::revoke_own_feed(context.session(), *id));
    return http::redirect("/calendar?done=stopped");
}

http::Response file(std::string content, std::string_view name) {
    http::Response response;
    response.content_type = kType;
    response.body = std::move(content);
    response.headers.add("Content-Disposition",
                         "attachment; filename=\"" + std::string{name} + "\"");
    response.headers.add("Cache-Control", "private, no-store");
    return response;
}

Answer get_feed(Context& context) {
    const auto name = context.path.get("file");
    if (!name.ends_with(kEnding)) return base::make_error(base::ErrorCode::not_found, {});
    PORTAL_TRY(content,
               service::read_feed(context.session(), name.substr(0, name.size() - kEnding.size())));
    const auto etag = "\"" + base::format_hex(crypto::sha256(content)) + "\"";
    auto response = file(std::move(content), "visits.ics");
    response.headers.add("ETag", etag);
    if (!http::etag_matches(context.request().header("If-None-Match"), etag)) return response;
    response.status = 304;
    response.body.clear();
    response.content_type.clear();
    return response;
}

Answer get_visit(Context& context) {
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    PORTAL_TRY(content, service::export_visit(context.session(), *id));
    return file(std::move(content), "visit.ics");
}

}  // namespace

std::vector<PageRoute> calendar_routes() {
    constexpr auto kBooking = domain::Module::booking;
    return {{"GET", "/calendar", show_calendar, Entry::staff, kBooking},
            {"POST", "/calendar", post_calendar, Entry::staff, kBooking, false, {}, false},
            {"POST", "/calendar/address/stop", post_stop, Entry::staff, kBooking, false, {"feed"}, false},
            {"GET", "/calendar/{file}", get_feed, Entry::everybody},
            {"GET", "/bookings/{id}/calendar.ics", get_visit, Entry::member, kBooking}};
}

base::Status check_calendar(text::Templates& templates) {
    return templates.check<CalendarPage>("calendar");
}

}  // namespace portal::web
