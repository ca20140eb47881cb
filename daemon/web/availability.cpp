#include "daemon/web/availability.hpp"

#include <algorithm>
#include <array>

#include "base/encoding.hpp"
#include "daemon/web/availability_form.hpp"
#include "daemon/web/routes.hpp"
#include "service/availability.hpp"
#include "service/staff.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::Holidays;
using text::DateStyle;

// What has just been done: ?done=NAME of an act that led here.
const char* done_sentence(std::string_view name) {
    if (name == "saved") return N_("The hours are saved.");
    if (name == "closed") return N_("The days are closed.");
    if (name == "day") return N_("The day is saved.");
    if (name == "removed") return N_("The weekly hours are back.");
    return "";
}

/// Whose hours the page is about: ?staff= of an administrator, else one's own.
std::string reference_of(const Context& context, std::string_view asked) {
    return asked.empty() ? base::format_uuid(context.session().who().person.public_id)
                         : std::string{asked};
}

/// The staff member of the form, as a query; empty for oneself.
std::string query_of(std::string_view staff, std::string_view done) {
    const auto id = base::parse_uuid(staff);
    std::string query = id ? "?staff=" + base::format_uuid(*id) : std::string{};
    if (!done.empty()) query += (query.empty() ? "?done=" : "&done=") + std::string{done};
    return query;
}

std::string text_of(const Context& context, base::LocalDay day) {
    return text::format_date(day, context.session().language(), DateStyle::day);
}

void add_outside(const Context& context, const domain::AvailabilityView& own,
                 AvailabilityPage& page) {
    for (const auto& each : own.outside)
        page.outside.push_back({base::format_uuid(each.id),
                                context.when(each.starts, DateStyle::full), each.visit_type,
                                each.patient});
}

/// Closed days in a row are one line; what is past is left out.
void add_exceptions(const Context& context, const domain::AvailabilityView& own,
                    base::LocalDay today, AvailabilityPage& page) {
    base::LocalDay last{};
    bool closed = false;
    for (const auto& each : own.exceptions) {
        if (each.date < today) continue;
        const auto date = base::format_day(each.date);
        const bool goes_on = !page.exceptions.empty() && each.closed && closed &&
                             each.date == last + std::chrono::days{1};
        const bool same_day = !page.exceptions.empty() && !each.closed && each.date == last;
        const auto hours = each.closed ? context.word(N_("Closed"))
                                       : base::format_minute(each.from_minute) + " – " +
                                             base::format_minute(each.to_minute);
        if (goes_on) {
            auto& line = page.exceptions.back();
            line.to = date;
            line.title = base::fill_arguments(
                context.word(N_("{1} to {2}")),
                {text_of(context, *base::parse_day(line.from)), text_of(context, each.date)});
        } else if (same_day) {
            page.exceptions.back().hours += ", " + hours;
        } else {
            page.exceptions.push_back({text_of(context, each.date), hours, date, date});
        }
        last = each.date;
        closed = each.closed;
    }
}

std::vector<Choice> holiday_choices(const Context& context, Holidays now) {
    return {{"se", context.word(N_("Closed on Swedish holidays")), now == Holidays::se},
            {"dk", context.word(N_("Closed on Danish holidays")), now == Holidays::dk},
            {"open", context.word(N_("Open as on other days")), now == Holidays::open}};
}

base::Status add_others(Context& context, std::string_view own, AvailabilityPage& page) {
    if (!context.session().who().administers) return {};
    PORTAL_TRY(staff, service::list_staff(context.session(), {}));
    for (const auto& each : staff.items) {
        const auto id = base::format_uuid(each.id);
        if (id != own && each.status == domain::UserStatus::active)
            page.others.push_back({id, each.name, false});
    }
    return {};
}

template <class Page>
void name_person(const Context& context, std::string_view asked,
                 const domain::AvailabilityView& own, Page& page) {
    if (asked.empty() || asked == reference_of(context, {})) return;
    page.person = own.staff;
    page.staff = asked;
}

base::Result<AvailabilityPage> make_page(Context& context, std::string_view asked) {
    const auto reference = reference_of(context, asked);
    PORTAL_TRY(own, service::show_availability(context.session(), {reference}));
    AvailabilityPage page;
    page.frame = context.frame(N_("Opening hours"));
    page.token = context.form_token(own.version);
    name_person(context, asked, own, page);
    const auto& zone_name = own.zone.empty() ? context.tenant().zone : own.zone;
    PORTAL_TRY(zone, base::Zone::find(zone_name));
    page.zone = text::zone_city(zone, context.session().language());
    page.detailed = !fits_form(own.rules);
    page.days = hours_days(context, own.rules);
    const bool danish = context.tenant().country == domain::Country::dk;
    page.holidays = holiday_choices(context, own.version > 0 ? own.holidays
                                             : danish        ? Holidays::dk
                                                             : Holidays::se);
    for (const auto& each : own.next_holidays)
        page.next.push_back({text_of(context, each.date), context.word(each.name)});
    add_exceptions(context, own, zone.to_local_day(context.session().now()), page);
    add_outside(context, own, page);
    PORTAL_TRYV(add_others(context, reference, page));
    return page;
}

Answer show_hours(Context& context) {
    const auto& query = context.request().query;
    PORTAL_TRY(page, make_page(context, query.text("staff")));
    page.frame.done = context.word(done_sentence(query.text("done")));
    return context.page("availability", page);
}

base::Result<domain::AvailabilityView> save_hours(Context& context) {
    PORTAL_TRY(token, context.read_token());
    service::WeeklyHours command;
    command.staff = reference_of(context, context.form.text("staff"));
    command.version = token.version;
    PORTAL_TRY(rules, read_days(context.form));
    command.rule = std::move(rules);
    const auto& holidays = base::type_of<Holidays>();
    if (auto set = holidays.set_text(&command.holidays, context.form.text("holidays")); !set)
        return base::invalid("holidays", N_("Choose one of the answers."));
    return service::set_weekly_hours(context.session(), command);
}

void mark_typed(std::vector<HoursRow>& rows) {
    for (auto& row : rows) row.wrong = !row.from.empty() || !row.to.empty();
}

Answer post_hours(Context& context) {
    const auto saved = save_hours(context);
    const auto asked = context.form.text("staff");
    if (saved) return http::redirect("/availability" + query_of(asked, "saved"));
    const auto& error = saved.error();
    if (error.code == base::ErrorCode::forbidden || error.code == base::ErrorCode::not_found)
        return error;
    PORTAL_TRY(page, make_page(context, asked));
    refill_days(context.form, page.days);
    context.show_error(error, page.frame);
    for (auto& day : page.days) {
        if (day.id != error.field) continue;
        day.error = context.sentence(error);
        mark_typed(day.rows);
    }
    return context.page("availability", page, base::error_row(error.code).http_status);
}

base::Result<domain::AvailabilityView> remove_days(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(from, base::parse_day(context.form.text("from")));
    PORTAL_TRY(to, base::parse_day(context.form.text("to")));
    return service::remove_exception(context.session(),
                                     {reference_of(context, context.form.text("staff")), from, to});
}

Answer post_remove(Context& context) {
    const auto removed = remove_days(context);
    // Whoever presses twice finds what he wanted.
    const bool gone = !removed && removed.error().field == "date";
    if (!removed && !gone) return removed.error();
    return http::redirect("/availability" + query_of(context.form.text("staff"), "removed"));
}

template <class Page>
base::Result<Page> days_page(Context& context, const char* title, std::string_view asked) {
    PORTAL_TRY(own, service::show_availability(context.session(), {reference_of(context, asked)}));
    PORTAL_TRY(zone, base::Zone::find(own.zone.empty() ? context.tenant().zone : own.zone));
    Page page;
    page.frame = context.frame(title);
    page.token = context.form_token();
    page.today = base::format_day(zone.to_local_day(context.session().now()));
    name_person(context, asked, own, page);
    return page;
}

base::Result<base::LocalDay> read_day(const http::Form& form, const char* name) {
    if (const auto day = base::parse_day(form.text(name))) return *day;
    return base::invalid(name, N_("Choose a date."));
}

base::Result<ClosePage> close_page(Context& context, std::string_view asked) {
    return days_page<ClosePage>(context, N_("Close for some days"), asked);
}

Answer show_close(Context& context) {
    PORTAL_TRY(page, close_page(context, context.request().query.text("staff")));
    return context.page("availability_close", page);
}

base::Result<domain::AvailabilityView> close_from_form(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(from, read_day(context.form, "from"));
    PORTAL_TRY(to, read_day(context.form, "to"));
    return service::close_days(context.session(),
                               {reference_of(context, context.form.text("staff")), from, to});
}

Answer post_close(Context& context) {
    const auto closed = close_from_form(context);
    const auto asked = context.form.text("staff");
    if (closed) return http::redirect("/availability" + query_of(asked, "closed"));
    const auto& error = closed.error();
    if (error.code != base::ErrorCode::invalid) return error;
    PORTAL_TRY(page, close_page(context, asked));
    page.from.value = context.form.text("from");
    page.to.value = context.form.text("to");
    context.show_error(error, page.frame);
    context.show_error(error, "from", page.from);
    context.show_error(error, "to", page.to);
    return context.page("availability_close", page, base::error_row(error.code).http_status);
}

base::Result<OtherDayPage> other_day_page(Context& context, std::string_view asked) {
    PORTAL_TRY(page, days_page<OtherDayPage>(context, N_("Other hours on one day"), asked));
    page.rows = empty_rows(context, "day", context.word(N_("Times")));
    return page;
}

Answer show_other_day(Context& context) {
    PORTAL_TRY(page, other_day_page(context, context.request().query.text("staff")));
    return context.page("availability_day", page);
}

base::Result<domain::AvailabilityView> save_other_day(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(date, read_day(context.form, "date"));
    PORTAL_TRY(openings, read_openings(context.form, "day"));
    if (openings.empty()) return base::invalid("hours", N_("Write at least one time."));
    domain::AddException command{reference_of(context, context.form.text("staff")), {}};
    for (const auto& each : openings)
        command.exception.push_back({date, false, each.from, each.to});
    return service::add_exceptions(context.session(), command);
}

Answer post_other_day(Context& context) {
    const auto saved = save_other_day(context);
    const auto asked = context.form.text("staff");
    if (saved) return http::redirect("/availability" + query_of(asked, "day"));
    auto error = saved.error();
    if (error.code != base::ErrorCode::invalid) return error;
    if (error.field != "date") error.field = "hours";
    PORTAL_TRY(page, other_day_page(context, asked));
    page.date.value = context.form.text("date");
    refill_rows(context.form, page.rows);
    context.show_error(error, page.frame);
    context.show_error(error, "date", page.date);
    if (error.field == "hours") {
        page.error = context.sentence(error);
        mark_typed(page.rows);
    }
    return context.page("availability_day", page, base::error_row(error.code).http_status);
}

std::vector<std::string_view> with_staff(std::vector<std::string_view> names) {
    names.push_back("staff");
    return names;
}

}  // namespace

std::vector<PageRoute> availability_routes() {
    using enum Entry;
    constexpr auto kBooking = domain::Module::booking;
    auto week = with_staff(day_fields());
    week.push_back("holidays");
    auto day = with_staff(opening_fields("day"));
    day.push_back("date");
    return {{"GET", "/availability", show_hours, staff, kBooking},
            {"POST", "/availability", post_hours, staff, kBooking, false, std::move(week)},
            {"POST",
             "/availability/remove",
             post_remove,
             staff,
             kBooking,
             false,
             {"staff", "from", "to"}},
            {"GET", "/availability/close", show_close, staff, kBooking},
            {"POST",
             "/availability/close",
             post_close,
             staff,
             kBooking,
             false,
             {"staff", "from", "to"}},
            {"GET", "/availability/day", show_other_day, staff, kBooking},
            {"POST", "/availability/day", post_other_day, staff, kBooking, false, std::move(day)}};
}

base::Status check_availability_pages(text::Templates& templates) {
    PORTAL_TRYV(templates.check<AvailabilityPage>("availability"));
    PORTAL_TRYV(templates.check<ClosePage>("availability_close"));
    return templates.check<OtherDayPage>("availability_day");
}

}  // namespace portal::web
