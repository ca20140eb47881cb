#include "daemon/web/find_times.hpp"

#include <algorithm>

#include "daemon/web/visit_kind.hpp"
#include "service/staff.hpp"

namespace portal::web {
namespace {

using base::N_;
using std::chrono::days;

constexpr int kWeek = 7;
constexpr int kLookAhead = 31;  // days in which the first free time is looked for

struct Week {
    base::LocalDay from;
    int length = kWeek;
    std::vector<domain::SlotView> slots;
};

std::string_view date_of(const domain::SlotView& slot) {
    constexpr std::size_t kDate = 10;  // 2026-11-21 09:30
    return std::string_view{slot.local}.substr(0, kDate);
}

base::Result<base::LocalDay> day_of(const domain::SlotView& slot) {
    return base::parse_day(date_of(slot));
}

base::Result<domain::SlotList> list_week(Context& context, const SlotsPage& page,
                                         const Week& week) {
    if (const auto moving = base::parse_uuid(page.booking))
        return service::list_move_slots(context.session(), {*moving, week.from, week.length});
    domain::ListSlots command;
    if (page.staff_id != kAnyone) command.staff.push_back(page.staff_id);
    command.visit_type = page.visit_type;
    command.from = week.from;
    command.days = week.length;
    return service::list_slots(context.session(), command);
}

base::Result<Week> load_week(Context& context, const std::string& from, const SlotsPage& page,
                             base::LocalDay today) {
    const auto asked = base::parse_day(from);
    Week week{asked ? std::max(*asked, today) : today, asked ? kWeek : kLookAhead, {}};
    PORTAL_TRY(found, list_week(context, page, week));
    week.slots = std::move(found.items);
    if (asked || week.slots.empty()) return week;
    PORTAL_TRY(first, day_of(week.slots.front()));
    week.from = first;
    week.length = kWeek;
    std::erase_if(week.slots, [end = first + days{kWeek}](const domain::SlotView& slot) {
        const auto day = day_of(slot);
        return !day || *day >= end;
    });
    return week;
}

std::string seats_text(const Context& context, const std::optional<int>& left) {
    if (!left) return {};
    if (*left == 1) return context.word(N_("1 place left"));
    return base::fill_arguments(context.word(N_("{1} places left")), {std::to_string(*left)});
}

/// Of several who are free at the same moment the first.
void keep_first(std::vector<domain::SlotView>& slots) {
    slots.erase(std::unique(slots.begin(), slots.end(),
                            [](const domain::SlotView& a, const domain::SlotView& b) {
                                return a.starts == b.starts;
                            }),
                slots.end());
}

}  // namespace

std::string place_of(const Context& context) {
    const auto& tenant = context.tenant();
    return tenant.address.empty() ? tenant.name : tenant.name + ", " + tenant.address;
}

base::Result<Chosen> find_chosen(Context& context, const http::Form& given) {
    PORTAL_TRY(staff, service::list_staff(context.session(), {}));
    PORTAL_TRY(types, service::list_visit_types(context.session(), {}));
    Chosen chosen;
    for (const auto& each : staff.items) {
        if (base::format_uuid(each.id) != given.text("staff")) continue;
        chosen.staff_id = base::format_uuid(each.id);
        chosen.staff = each.title.empty() ? each.name : each.name + ", " + each.title;
    }
    for (const auto& each : types.items) {
        if (base::format_uuid(each.id) != given.text("visit_type")) continue;
        chosen.visit_type_id = base::format_uuid(each.id);
        chosen.visit_type = each.title;
        chosen.place = place_of(context, each.kind);
        chosen.approval = each.approval;
    }
    if (chosen.staff_id.empty() || chosen.visit_type_id.empty())
        return base::make_error(base::ErrorCode::not_found, {});
    return chosen;
}

base::Status fill_times(Context& context, const std::string& from, SlotsPage& page) {
    using text::DateStyle;
    PORTAL_TRY(zone, base::Zone::find(context.tenant().zone));
    const auto language = context.session().language();
    const auto today = zone.to_local_day(context.session().now());
    PORTAL_TRY(week, load_week(context, from, page, today));
    if (page.staff_id == kAnyone) keep_first(week.slots);
    const auto last = week.from + days{week.length - 1};
    page.from = base::format_day(week.from);
    page.period =
        base::fill_arguments(context.word(N_("{1} to {2}")),
                             {text::format_date(week.from, language, DateStyle::day_month),
                              text::format_date(last, language, DateStyle::day)});
    if (week.from > today)
        page.earlier = base::format_day(std::max(today, week.from - days{kWeek}));
    page.later = base::format_day(week.from + days{week.length});
    std::string_view date;  // of the day that is being filled
    for (const auto& slot : week.slots) {
        if (const auto own = date_of(slot); own != date) {
            PORTAL_TRY(day, day_of(slot));
            page.days.push_back({text::format_date(day, language, DateStyle::day_month), {}});
            date = own;
        }
        auto& day = page.days.back();
        day.times.push_back({text::format_time(slot.starts, zone, language, DateStyle::time),
                             base::format_instant(slot.starts), day.title,
                             base::format_uuid(slot.staff_id),
                             seats_text(context, slot.seats_left)});
    }
    return {};
}

}  // namespace portal::web
