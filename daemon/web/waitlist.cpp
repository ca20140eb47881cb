// Waiting for a time that is freed: what one waits for, joining, leaving, and answering an offer.
// The pages exist where the clinic has a waiting list. Source: L31, D15.
#include "daemon/web/waitlist.hpp"

#include "daemon/web/find_times.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/visit_kind.hpp"
#include "service/authorize.hpp"
#include "service/person.hpp"
#include "service/staff.hpp"
#include "service/visit_type.hpp"
#include "service/waitlist.hpp"

namespace portal::web {
namespace {

using base::N_;
using text::DateStyle;

base::Status require_list(const Context& context) {
    if (context.tenant().waitlist) return {};
    return base::make_error(base::ErrorCode::not_found, {});
}

std::string place_for(const Context& context, domain::VisitKind kind) {
    if (kind == domain::VisitKind::physical) return place_of(context);
    return kind_word(context, kind) + ", " + context.tenant().name;
}

Answer show_list(Context& context) {
    PORTAL_TRYV(require_list(context));
    PORTAL_TRY(entries, service::list_waitlist(context.session(), {}));
    PORTAL_TRY(offers, service::list_waitlist_offers(context.session(), {}));
    WaitlistPage page;
    page.frame = context.frame(N_("Waiting for a time"));
    const auto done = context.request().query.text("done");
    page.frame.done = context.word(done == "joined" ? N_("You are on the list now.")
                                   : done == "left" ? N_("You are no longer on the list.")
                                                    : "");
    for (const auto& each : offers.items)
        if (service::require_open(context.session(), {each.state, each.until}))
            page.offers.push_back({base::format_uuid(each.id),
                                   context.when(each.starts, DateStyle::full), each.staff,
                                   place_for(context, each.kind)});
    for (const auto& each : entries.items)
        page.entries.push_back({base::format_uuid(each.id), each.visit_type, each.staff,
                                context.when(each.created_at, DateStyle::day)});
    page.token = context.form_token();
    return context.page("waitlist", page);
}

base::Result<JoinPage> join_page(Context& context, std::string_view type,
                                 std::string_view staff_id) {
    PORTAL_TRY(types, service::list_visit_types(context.session(), {}));
    JoinPage page;
    page.frame = context.frame(N_("Tell me when a time becomes free"));
    for (const auto& each : types.items) {
        if (base::format_uuid(each.id) != type) continue;
        page.visit_type_id = base::format_uuid(each.id);
        page.visit_type = each.title;
    }
    if (page.visit_type_id.empty()) return base::make_error(base::ErrorCode::not_found, {});
    PORTAL_TRY(staff, service::list_staff(context.session(), {}));
    for (const auto& each : staff.items) {
        if (base::format_uuid(each.id) != staff_id) continue;
        page.staff_id = base::format_uuid(each.id);
        page.staff = each.name;
    }
    page.back = "/slots?visit_type=" + page.visit_type_id;
    if (!page.staff_id.empty()) page.back += "&staff=" + page.staff_id;
    page.token = context.form_token();
    return page;
}

Answer show_join(Context& context) {
    PORTAL_TRYV(require_list(context));
    const auto& query = context.request().query;
    PORTAL_TRY(page, join_page(context, query.text("visit_type"), query.text("staff")));
    return context.page("waitlist_join", page);
}

Answer post_join(Context& context) {
    PORTAL_TRYV(require_list(context));
    PORTAL_TRY(token, context.read_token());
    const auto with = context.form.find("with");
    if (!with) return base::invalid("with", N_("is missing"));
    domain::JoinWaitlist command;
    command.visit_type = context.form.text("visit_type");
    if (*with != "anybody") command.staff = std::string{*with};
    const auto joined = service::join_waitlist(context.session(), command);
    if (joined) return http::redirect("/waitlist?done=joined");
    const auto& error = joined.error();
    if (error.code != base::ErrorCode::conflict) return error;
    PORTAL_TRY(page, join_page(context, command.visit_type, *with));
    context.show_error(base::make_error(error.code, error.key, error.args), page.frame);
    return context.page("waitlist_join", page, base::error_row(error.code).http_status);
}

base::Result<base::Uuid> id_of(const Context& context) {
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    return *id;
}

Answer post_leave(Context& context) {
    PORTAL_TRYV(require_list(context));
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(id, id_of(context));
    PORTAL_TRY(left, service::leave_waitlist(context.session(), {id}));
    return http::redirect("/waitlist?done=left");
}

Answer offer_page(Context& context, const base::Uuid& id, const base::Error* refused) {
    PORTAL_TRY(offer, service::show_offer(context.session(), id));
    const auto open = service::require_open(context.session(), {offer.state, offer.until});
    OfferPage page;
    page.frame = context.frame(open && refused == nullptr ? N_("Do you want this time?")
                                                          : N_("This time is gone"));
    page.id = base::format_uuid(id);
    page.when = context.when(offer.starts, DateStyle::full);
    page.visit_type = offer.visit_type;
    page.staff = offer.staff;
    page.place = place_for(context, offer.kind);
    page.until = context.when(offer.until, DateStyle::full);
    if (!open) page.over = context.sentence(open.error());
    if (refused != nullptr) page.over = context.sentence(*refused);
    page.token = context.form_token();
    constexpr int kOk = 200;
    return context.page("waitlist_offer", page,
                        refused == nullptr ? kOk : base::error_row(refused->code).http_status);
}

Answer show_offer(Context& context) {
    PORTAL_TRYV(require_list(context));
    PORTAL_TRY(id, id_of(context));
    return offer_page(context, id, nullptr);
}

Answer post_offer(Context& context) {
    PORTAL_TRYV(require_list(context));
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(id, id_of(context));
    const auto booked = service::take_offer(context.session(), id, key_text(token));
    if (booked)
        return http::redirect("/bookings/" + base::format_uuid(booked->id) + "?done=booked");
    if (booked.error().code != base::ErrorCode::conflict) return booked.error();
    return offer_page(context, id, &booked.error());
}

}  // namespace

std::vector<PageRoute> waitlist_routes() {
    using enum Entry;
    constexpr auto kBooking = domain::Module::booking;
    return {{"GET", "/waitlist", show_list, patient, kBooking},
            {"GET", "/waitlist/join", show_join, patient, kBooking},
            {"POST", "/waitlist/join", post_join, patient, kBooking, false, {"visit_type", "with"}},
            {"POST", "/waitlist/{id}/leave", post_leave, patient, kBooking},
            {"GET", "/waitlist/offers/{id}", show_offer, patient, kBooking},
            {"POST", "/waitlist/offers/{id}", post_offer, patient, kBooking}};
}

base::Status check_waitlist(text::Templates& templates) {
    PORTAL_TRYV(templates.check<WaitlistPage>("waitlist"));
    PORTAL_TRYV(templates.check<JoinPage>("waitlist_join"));
    return templates.check<OfferPage>("waitlist_offer");
}

}  // namespace portal::web
