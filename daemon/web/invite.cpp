#include "daemon/web/invite.hpp"

#include "daemon/web/routes.hpp"
#include "daemon/web/visit_kind.hpp"
#include "service/booking.hpp"
#include "service/visit_invitation.hpp"
#include "store/column.hpp"

namespace portal::web {
namespace {

using base::ErrorCode;
using base::N_;
using domain::InviteToVisit;
using text::DateStyle;

constexpr const char* kColleaguePath = "/staff/invite/colleague";

std::string typed(const Context& context, const char* name) {
    return std::string{base::trim(context.form.text(name))};
}
template <class T = std::string>
std::optional<T> given(const Context& context, const char* name) {
    auto text = typed(context, name);
    if (text.empty()) return std::nullopt;
    return T{std::move(text)};
}

// ---- the form as a command --------------------------------------------------------------------

/// Browsers end the lines of a text field with two characters.
std::optional<std::string> typed_message(const Context& context) {
    auto text = given(context, "message");
    if (text) std::erase(*text, '\r');
    return text;
}

/// The limits that portalctl's arguments have too.
base::Status check_lengths(const InviteToVisit& command) {
    const auto& type = base::type_of<InviteToVisit>();
    const auto check = [&](const char* name, const std::optional<std::string>& text) {
        if (!text) return base::Status{};
        const auto* field = base::find_field(type, name);
        auto fits = base::check_text(field->help, base::type_of<std::string>(), *text);
        if (fits) return base::Status{};
        auto error = std::move(fits).error();
        error.field = name;
        return base::Status{error};
    };
    PORTAL_TRYV(check("first_name", command.first_name));
    PORTAL_TRYV(check("last_name", command.last_name));
    PORTAL_TRYV(check("message", command.message));
    return check("reason", command.reason);
}

base::Result<std::optional<base::LocalDay>> typed_day(const Context& context) {
    const auto text = typed(context, "date");
    if (text.empty()) return std::optional<base::LocalDay>{};
    const auto day = base::parse_day(text);
    if (!day) return base::invalid("date", N_("Write the date as 2026-11-21."));
    return std::optional{*day};
}

base::Status read_time(const Context& context, InviteToVisit& command) {
    command.now = !typed(context, "now").empty();
    if (command.now) return {};
    PORTAL_TRY(day, typed_day(context));
    command.date = day;
    command.time = given(context, "time");
    const auto which = typed(context, "which");
    if (which == "earlier") command.which = domain::Occurrence::earlier;
    if (which == "later") command.which = domain::Occurrence::later;
    return {};
}

base::Status read_person(const Context& context, InviteToVisit& command) {
    command.colleague = given(context, "colleague");
    if (command.colleague) return {};
    if (const auto id = base::parse_uuid(typed(context, "patient"))) {
        command.patient = base::format_uuid(*id);
        return {};
    }
    command.first_name = given(context, "first_name");
    command.last_name = given(context, "last_name");
    command.mobile = given<base::Phone>(context, "mobile");
    command.national_id = given<base::NationalId>(context, "national_id");
    command.email = given<base::Email>(context, "email");
    if (!context.form.find("language")) return {};
    const auto language = text::parse_language(context.form.text("language"));
    if (!language) return base::invalid("language", N_("Choose one of the languages."));
    command.language = service::to_domain(*language);
    return {};
}

base::Result<InviteToVisit> read_command(const Context& context, bool internal) {
    PORTAL_TRY(token, context.read_token());
    InviteToVisit command;
    command.key = key_text(token);
    command.staff = base::format_uuid(context.session().who().person.public_id);
    command.visit_type = typed(context, "visit_type");
    if (!base::parse_uuid(command.visit_type))
        return base::invalid("visit_type", N_("Choose one of the kinds of visit."));
    PORTAL_TRYV(read_person(context, command));
    if (internal && !command.colleague)
        return base::invalid("colleague", N_("Choose a colleague."));
    PORTAL_TRYV(read_time(context, command));
    command.message = typed_message(context);
    command.allow_overlap = !typed(context, "allow_overlap").empty();
    if (command.allow_overlap) command.reason = given(context, "reason");
    PORTAL_TRYV(check_lengths(command));
    return command;
}

// ---- the page ---------------------------------------------------------------------------------

std::vector<Choice> type_choices(const Context& context,
                                 const std::vector<domain::VisitTypeView>& types,
                                 std::string_view chosen) {
    std::vector<Choice> all;
    for (const auto& type : types) {
        const auto id = base::format_uuid(type.id);
        const auto length =
            text::format_duration(context.services().catalogue, context.session().language(),
                                  std::chrono::minutes{type.duration_minutes});
        all.push_back({id, type.title + " (" + kind_word(context, type.kind) + ", " + length + ")",
                       id == chosen || types.size() == 1});
    }
    return all;
}

NewPatientFields new_patient(const Context& context) {
    NewPatientFields fields;
    const bool danish = context.tenant().country == domain::Country::dk;
    fields.number_name = context.word(danish ? N_("CPR number") : N_("Personal number"));
    const auto asked = text::parse_language(context.form.text("language"));
    const auto chosen = asked.value_or(service::to_text(context.tenant().language));
    for (const auto language : text::kLanguages)
        fields.languages.push_back({std::string{text::format_language(language)},
                                    std::string{text::own_name(language)}, language == chosen});
    return fields;
}

void add_obstacles(const Context& context, const service::InviteChoices& choices,
                   InvitePage& page) {
    const auto add = [&](const char* text, std::string next, const char* label) {
        if (!context.is_page(next)) next.clear();
        page.obstacles.push_back({context.word(text), next, context.word(label)});
    };
    if (!choices.bookable)
        add(N_("You take no bookings just now. Switch bookings on in your profile first."),
            "/profile", N_("Go to your profile"));
    if (choices.visit_types.empty())
        add(N_("There is no kind of visit that you can invite to yet. Make one first."),
            "/visit-types", N_("Go to the kinds of visit"));
    if (choices.obstacle) page.obstacles.push_back({context.sentence(*choices.obstacle), {}, {}});
    if (page.internal && choices.colleagues.empty())
        add(N_("You have no colleagues here yet."), "/staff/invite", N_("Invite to a visit"));
    page.open = page.obstacles.empty();
}

base::Result<InvitePage> make_page(Context& context, bool internal) {
    const auto& request = context.request();
    const auto& fields = request.is_safe_method() ? request.query : context.form;
    std::optional<base::Uuid> patient;
    if (const auto id = base::parse_uuid(fields.text("patient")); id && !internal) patient = *id;
    PORTAL_TRY(choices, service::show_invite_choices(context.session(), patient));
    PORTAL_TRY(zone, base::Zone::find(context.tenant().zone));
    InvitePage page;
    page.frame = context.frame(internal ? N_("Invite a colleague") : N_("Invite to a visit"));
    page.action = internal ? kColleaguePath : "/staff/invite";
    page.internal = internal;
    if (patient) page.patient = base::format_uuid(*patient);
    page.patient_name = choices.patient;
    if (!internal && !patient) page.fresh.push_back(new_patient(context));
    for (const auto& each : choices.colleagues) {
        const auto id = base::format_uuid(each.id);
        page.colleagues.push_back({id, each.name, id == fields.text("colleague")});
    }
    page.visit_types = type_choices(context, choices.visit_types, fields.text("visit_type"));
    page.today = base::format_day(zone.to_local_day(context.session().now()));
    add_obstacles(context, choices, page);
    page.token = context.form_token();
    return page;
}

// ---- what was wrong ---------------------------------------------------------------------------

/// "02:30 (the earlier)": the two moments that an autumn night's time can mean.
void ask_which(const Context& context, InvitePage& page) {
    const auto chosen = typed(context, "which");
    page.which = {
        {"earlier", context.word(N_("The earlier, before the clock goes back")),
         chosen == "earlier"},
        {"later", context.word(N_("The later, after the clock has gone back")), chosen == "later"}};
}

/// The staff member's own visits that the wanted one would lie beside.
base::Status add_others(Context& context, const InviteToVisit& command, InvitePage& page) {
    PORTAL_TRY(zone, base::Zone::find(context.tenant().zone));
    auto starts = context.session().now();
    if (!command.now) {
        PORTAL_TRY(minute, base::parse_minute(command.time.value_or("")));
        PORTAL_TRY(at, domain::resolve_local(*command.date, minute, zone, command.which));
        starts = at;
    }
    PORTAL_TRY(choices, service::show_invite_choices(context.session(), std::nullopt));
    auto ends = starts;
    for (const auto& type : choices.visit_types)
        if (base::format_uuid(type.id) == command.visit_type)
            ends += std::chrono::minutes{type.duration_minutes};
    domain::ListBookings wanted;
    wanted.from = zone.to_local_day(starts) - std::chrono::days{1};
    wanted.days = 3;
    wanted.staff = command.staff;
    PORTAL_TRY(list, service::list_bookings(context.session(), wanted));
    for (const auto& each : list.items)
        if (base::format_uuid(each.staff_id) == command.staff && is_active(each.state) &&
            each.starts < ends && each.ends > starts)
            page.others.push_back({context.when(each.starts, DateStyle::time) + " – " +
                                       context.when(each.ends, DateStyle::time),
                                   each.patient});
    return {};
}

/// What was typed stays, the national id aside: it is shown nowhere.
void keep_typed(const Context& context, const base::Error& error, InvitePage& page) {
    const auto keep = [&](const char* name, Field& field) {
        context.show_error(error, name, field);
        field.value = typed(context, name);
    };
    for (auto& fresh : page.fresh) {
        keep("first_name", fresh.first_name);
        keep("last_name", fresh.last_name);
        keep("mobile", fresh.mobile);
        keep("email", fresh.email);
        context.show_error(error, "national_id", fresh.national_id);
        fresh.number_again = fresh.national_id.error.empty();
    }
    keep("colleague", page.colleague);
    keep("visit_type", page.visit_type);
    keep("date", page.date);
    keep("time", page.time);
    keep("which", page.which_one);
    keep("message", page.message);
    keep("reason", page.reason);
    if (error.key == domain::kAmbiguousTime || !page.which_one.value.empty())
        ask_which(context, page);
    page.overlap = !typed(context, "allow_overlap").empty();
    page.asks_overlap = page.overlap || error.key == service::kBesideAnother;
}

bool is_shown_here(const base::Error& error) {
    return error.code == ErrorCode::invalid || error.code == ErrorCode::conflict ||
           error.code == ErrorCode::not_found || error.code == ErrorCode::stale;
}

Answer refuse(Context& context, bool internal, const base::Error& error,
              const InviteToVisit* command = nullptr) {
    if (!is_shown_here(error) || error.field == "patient") return error;
    PORTAL_TRY(page, make_page(context, internal));
    auto shown = error;
    if (shown.field == "staff") shown.field.clear();
    context.show_error(shown, page.frame);
    keep_typed(context, error, page);
    if (command != nullptr && error.key == service::kBesideAnother)
        PORTAL_TRYV(add_others(context, *command, page));
    return context.page("invite", page, base::error_row(error.code).http_status);
}

Answer show(Context& context, bool internal) {
    PORTAL_TRY(page, make_page(context, internal));
    return context.page("invite", page);
}

Answer post(Context& context, bool internal) {
    const auto command = read_command(context, internal);
    if (!command && command.error().code == ErrorCode::forbidden) return command.error();
    if (!command) return refuse(context, internal, command.error());
    const auto booked = service::invite_to_visit(context.session(), *command);
    if (!booked) return refuse(context, internal, booked.error(), &*command);
    return http::redirect("/bookings/" + base::format_uuid(booked->id) + "?done=invited");
}

Answer show_invite(Context& context) {
    return show(context, false);
}
Answer post_invite(Context& context) {
    return post(context, false);
}
Answer show_colleague(Context& context) {
    return show(context, true);
}
Answer post_colleague(Context& context) {
    return post(context, true);
}

}  // namespace

std::vector<PageRoute> invite_routes() {
    constexpr auto kBooking = domain::Module::booking;
    return {{"GET", "/staff/invite", show_invite, Entry::staff, kBooking},
            {"POST",
             "/staff/invite",
             post_invite,
             Entry::staff,
             kBooking,
             false,
             {"patient", "visit_type", "first_name", "last_name", "mobile", "national_id", "email",
              "language", "date", "time", "which", "message", "allow_overlap", "reason", "now"}},
            {"GET", kColleaguePath, show_colleague, Entry::staff, kBooking},
            {"POST",
             kColleaguePath,
             post_colleague,
             Entry::staff,
             kBooking,
             false,
             {"colleague", "visit_type", "date", "time", "which", "message", "allow_overlap",
              "reason", "now"}}};
}

base::Status check_invite(text::Templates& templates) {
    return templates.check<InvitePage>("invite");
}

}  // namespace portal::web
