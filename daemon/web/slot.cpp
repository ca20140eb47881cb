#include "daemon/web/slot.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "daemon/web/find_times.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/visit_kind.hpp"
#include "service/guest.hpp"
#include "service/staff.hpp"

namespace portal::web {
namespace {

using base::N_;

/// Who may give the chosen kind of visit; of several anyone comes first.
std::vector<Choice> staff_choices(const Context& context, const domain::StaffList& staff,
                                  const domain::VisitTypeView* type, std::string_view chosen) {
    std::vector<Choice> all;
    for (const auto& each : staff.items) {
        if (type != nullptr && !type->staff.empty() && type->staff != each.name) continue;
        const auto id = base::format_uuid(each.id);
        const auto name = each.title.empty() ? each.name : each.name + ", " + each.title;
        all.push_back({id, name, id == chosen});
    }
    if (all.size() == 1) all.front().chosen = true;
    if (all.size() < 2) return all;
    const bool named =
        std::any_of(all.begin(), all.end(), [](const Choice& c) { return c.chosen; });
    all.insert(all.begin(), {kAnyone, context.word(N_("Anyone")), !named});
    return all;
}

/// "First talk (45 minutes) – video"
std::string type_name(const Context& context, const std::string& title, domain::VisitKind kind,
                      std::chrono::minutes length) {
    return title + " (" +
           text::format_duration(context.services().catalogue, context.session().language(),
                                 length) +
           ") – " + kind_word(context, kind);
}

std::vector<Choice> type_choices(const Context& context, const domain::VisitTypeList& types,
                                 std::string_view chosen) {
    std::vector<Choice> all;
    for (const auto& each : types.items) {
        const auto id = base::format_uuid(each.id);
        all.push_back(
            {id,
             type_name(context, each.title, each.kind, std::chrono::minutes{each.duration_minutes}),
             id == chosen || types.items.size() == 1});
    }
    return all;
}

const domain::VisitTypeView* find_type(const domain::VisitTypeList& types, std::string_view id) {
    for (const auto& each : types.items)
        if (base::format_uuid(each.id) == id) return &each;
    return nullptr;
}

std::string chosen_id(const std::vector<Choice>& choices) {
    for (const auto& each : choices)
        if (each.chosen) return each.id;
    return {};
}

Answer show_slots(Context& context) {
    const auto& query = context.request().query;
    const TimesWanted wanted{std::string{query.text("staff")},
                             std::string{query.text("visit_type")},
                             std::string{query.text("from")}};
    PORTAL_TRY(page, choose_time(context, wanted));
    return context.page("slots", page);
}

base::Result<domain::SlotList> list_for_json(Context& context) {
    const auto& query = context.request().query;
    domain::ListSlots command;
    const auto& type = base::type_of<domain::ListSlots>();
    for (const auto& [name, value] : query.items()) {
        const auto* field = base::find_field(type, name);
        if (field == nullptr) return base::invalid(name, N_("is unknown"));
        if (field->type->kind != base::Kind::list && !query.find(name))
            return base::invalid(name, N_("stands there twice"));
        if (auto set = base::set_field_text(*field, &command, value); !set) {
            auto error = std::move(set).error();
            error.field = name;
            return error;
        }
    }
    for (const auto& field : type.fields)
        if (field.is_required() && !query.find(field.help.name))
            return base::invalid(std::string{field.help.name}, N_("is missing"));
    return service::list_slots(context.session(), command);
}

Answer show_slots_json(Context& context) {
    const auto slots = list_for_json(context);
    if (slots) return http::json(base::to_json(*slots));
    // The hint is an operator's; the sentence is in the reader's language.
    auto error = base::make_error(slots.error().code, context.sentence(slots.error()));
    error.field = slots.error().field;
    return http::json(base::error_json(error), base::error_row(error.code).http_status);
}

}  // namespace

base::Result<SlotsPage> choose_time(Context& context, const TimesWanted& wanted) {
    PORTAL_TRY(staff, service::list_staff(context.session(), {}));
    PORTAL_TRY(types, service::list_visit_types(context.session(), {}));
    SlotsPage page;
    page.frame = context.frame(N_("Choose a time"));
    page.visit_types = type_choices(context, types, wanted.visit_type);
    page.visit_type = chosen_id(page.visit_types);
    const auto* type = find_type(types, page.visit_type);
    page.staff = staff_choices(context, staff, type, wanted.staff);
    page.staff_id = chosen_id(page.staff);
    const bool there = type == nullptr || type->kind == domain::VisitKind::physical;
    page.place =
        there ? place_of(context) : kind_word(context, type->kind) + ", " + context.tenant().name;
    page.many = page.staff.size() > 1 || page.visit_types.size() > 1;
    const bool guests = context.tenant().booking_login == domain::BookingLogin::none;
    page.book = guests && !context.is_logged_in() ? "/guest" : "/book";
    page.chosen = !page.staff_id.empty() && !page.visit_type.empty();
    if (page.chosen) PORTAL_TRYV(fill_times(context, wanted.from, page));
    const bool may_wait =
        context.is_logged_in() && !service::is_guest(context.session().who().person);
    if (page.chosen && may_wait && context.tenant().waitlist)
        page.wait = "/waitlist/join?visit_type=" + page.visit_type + "&staff=" + page.staff_id;
    return page;
}

base::Result<SlotsPage> choose_move_time(Context& context, const domain::BookingView& booking,
                                         const std::string& from) {
    const auto length = std::chrono::floor<std::chrono::minutes>(booking.ends - booking.starts);
    const auto staff =
        booking.staff_title.empty() ? booking.staff : booking.staff + ", " + booking.staff_title;
    SlotsPage page;
    page.frame = context.frame(N_("Choose a new time"));
    page.booking = base::format_uuid(booking.id);
    page.old_time = context.when(booking.starts, text::DateStyle::full);
    page.visit_type = base::format_uuid(booking.visit_type_id);
    page.visit_types = {
        {page.visit_type, type_name(context, booking.visit_type, booking.kind, length), true}};
    page.staff_id = base::format_uuid(booking.staff_id);
    page.staff = {{page.staff_id, staff, true}};
    page.place = place_of(context, booking.kind);
    page.chosen = true;
    PORTAL_TRYV(fill_times(context, from, page));
    return page;
}

std::vector<PageRoute> slot_routes() {
    using domain::Module;
    return {{"GET", "/slots", show_slots, Entry::visitor, Module::booking},
            {"GET", "/slots.json", show_slots_json, Entry::everybody}};
}

base::Status check_slots(text::Templates& templates) {
    return templates.check<SlotsPage>("slots");
}

}  // namespace portal::web
