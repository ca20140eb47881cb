#include "daemon/web/staff.hpp"

#include "daemon/web/routes.hpp"
#include "daemon/web/visit_card.hpp"
#include "service/booking.hpp"

namespace portal::web {
namespace {

using base::N_;
using text::DateStyle;

StaffVisit make_visit(const Context& context, const domain::BookingView& booking) {
    const auto card = make_card(context, booking);
    const auto time = context.when(booking.starts, DateStyle::time) + " – " +
                      context.when(booking.ends, DateStyle::time);
    return {card.id, time, booking.patient, booking.visit_type, card.state, card.mark};
}

base::Status add_visits(Context& context, StaffPage& page) {
    PORTAL_TRY(list, service::list_bookings(context.session(), {}));
    for (const auto& booking : list.items) {
        if (!is_live(booking.state)) continue;
        const auto day = context.when(booking.starts, DateStyle::day);
        if (day == page.today) {
            page.visits.push_back(make_visit(context, booking));
            continue;
        }
        if (page.coming.empty() || page.coming.back().title != day)
            page.coming.push_back({day, {}});
        page.coming.back().visits.push_back(make_visit(context, booking));
    }
    return {};
}

Answer show_staff(Context& context) {
    StaffPage page;
    page.frame = context.frame(N_("Your visits today"));
    page.today = context.when(context.session().now(), DateStyle::day);
    page.booking = context.tenant().has(domain::Module::booking);
    if (page.booking) PORTAL_TRYV(add_visits(context, page));
    return context.page("staff", page);
}

}  // namespace

std::vector<PageRoute> staff_routes() {
    return {{"GET", "/staff", show_staff, Entry::staff}};
}

base::Status check_staff(text::Templates& templates) {
    return templates.check<StaffPage>("staff");
}

}  // namespace portal::web
