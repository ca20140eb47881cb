#include "base/encoding.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/unit.hpp"
#include "service/invitation.hpp"
#include "service/staff.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::UserStatus;

constexpr const char* kAdministrator =
    N_("May this person look after staff, patients and bookings?");
constexpr const char* kBookable = N_("Can patients book times with this person?");

// What has just been done: ?done=NAME of an act that led here.
const char* done_sentence(std::string_view name) {
    if (name == "added") return N_("The person is added.");
    if (name == "saved") return N_("The changes are saved.");
    if (name == "invited") return N_("The invitation is on its way.");
    if (name == "ended") return N_("The person can no longer log in and takes no bookings.");
    return "";
}
std::string done_of(const Context& context) {
    return context.word(done_sentence(context.request().query.text("done")));
}

bool has_booking(const Context& context) {
    return context.tenant().has(domain::Module::booking);
}

Answer show_list(Context& context) {
    PORTAL_TRY(staff, service::list_staff(context.session(), {}));
    UnitStaffPage page;
    page.frame = context.frame(N_("Staff"));
    page.frame.done = done_of(context);
    for (const auto status : {UserStatus::active, UserStatus::blocked})
        for (const auto& each : staff.items)
            if (each.status == status)
                page.members.push_back({base::format_uuid(each.id), each.name, each.title,
                                        each.administrator, has_booking(context) && !each.bookable,
                                        status == UserStatus::blocked});
    return context.page("unit_staff", page);
}

std::vector<std::string_view> new_fields(const Context& context) {
    std::vector<std::string_view> names{"first_name", "last_name",     "title", "email",
                                        "mobile",     "administrator", "invite"};
    if (has_booking(context)) names.push_back("bookable");
    return names;
}

UnitNewPage new_page(const Context& context) {
    UnitNewPage page;
    page.frame = context.frame(N_("Add a staff member"));
    page.action = "/unit/staff/new";
    page.submit = context.word(N_("Add the person"));
    page.back = "/unit/staff";
    auto title = text_field(context, "title", N_("Professional title"));
    title.hint = context.word(N_("For example physiotherapist. Patients see it after the name."));
    auto email = text_field(context, "email", N_("E-mail address"));
    email.type = "email";
    auto mobile = text_field(context, "mobile", N_("Mobile number"));
    mobile.type = "tel";
    mobile.hint = context.word(N_("You need not fill this in."));
    page.fields = {text_field(context, "first_name", N_("First name")),
                   text_field(context, "last_name", N_("Last name")), std::move(title),
                   std::move(email), std::move(mobile)};
    if (has_booking(context))
        page.fields.push_back(yes_no_field(context, "bookable", kBookable, true));
    page.fields.push_back(yes_no_field(context, "administrator", kAdministrator, false));
    page.fields.push_back(
        yes_no_field(context, "invite", N_("Send an e-mail that tells how to log in?"), true));
    page.token = context.form_token();
    return page;
}

Answer show_new(Context& context) {
    return context.page("unit_new", new_page(context));
}

base::Result<domain::StaffView> add(Context& context) {
    PORTAL_TRY(token, context.read_token());
    domain::CreateStaff command;
    PORTAL_TRYV(read_fields(context, command, new_fields(context)));
    command.key = key_text(token);
    return service::create_staff(context.session(), command);
}

Answer post_new(Context& context) {
    const auto added = add(context);
    if (added) return http::redirect("/unit/staff?done=added");
    const auto& error = added.error();
    if (error.code == base::ErrorCode::forbidden) return error;
    auto page = new_page(context);
    show_refused(context, without_id(error), page.frame, page.fields);
    page.known = known_path("/unit/staff/", error);
    return context.page("unit_new", page, base::error_row(error.code).http_status);
}

std::string id_of(const Context& context) {
    return std::string{context.path.get("id")};
}

/// Whoever the path names; only ids of this unit are anybody's.
base::Result<domain::StaffView> find_member(Context& context) {
    if (!base::parse_uuid(id_of(context))) return base::make_error(base::ErrorCode::not_found, {});
    return service::show_staff(context.session(), {id_of(context)});
}

UnitMemberPage member_page(const Context& context, const domain::StaffView& staff) {
    UnitMemberPage page;
    page.frame = context.frame(N_("Staff"));
    page.frame.title = staff.name;
    page.id = base::format_uuid(staff.id);
    page.email = staff.email;
    page.ended = staff.status == UserStatus::blocked;
    page.token = context.form_token(staff.version);
    auto title = text_field(context, "title", N_("Professional title"));
    title.hint = context.word(N_("For example physiotherapist. Patients see it after the name."));
    title.value = staff.title;
    auto about = lines_field(context, "description", N_("About this person"));
    about.hint = context.word(N_("Patients can read it if the profile is shown to them."));
    about.value = staff.description;
    page.fields = {
        std::move(title), std::move(about),
        yes_no_field(context, "listed", N_("Show the profile to patients?"), staff.listed)};
    if (has_booking(context))
        page.fields.push_back(yes_no_field(context, "bookable", kBookable, staff.bookable));
    page.fields.push_back(
        yes_no_field(context, "administrator", kAdministrator, staff.administrator));
    return page;
}

Answer show_member(Context& context) {
    PORTAL_TRY(staff, find_member(context));
    auto page = member_page(context, staff);
    page.frame.done = done_of(context);
    return context.page("unit_member", page);
}

base::Result<domain::StaffView> save(Context& context) {
    PORTAL_TRY(token, context.read_token());
    domain::SetStaff command;
    std::vector<std::string_view> names{"title", "description", "listed", "administrator"};
    if (has_booking(context)) names.push_back("bookable");
    PORTAL_TRYV(read_fields(context, command, names));
    command.staff = id_of(context);
    command.version = token.version;
    return service::set_staff(context.session(), command);
}

Answer refuse_member(Context& context, const domain::StaffView& staff, const base::Error& error) {
    auto page = member_page(context, staff);
    show_refused(context, error, page.frame, page.fields);
    return context.page("unit_member", page, base::error_row(error.code).http_status);
}

Answer post_member(Context& context) {
    PORTAL_TRY(staff, find_member(context));
    const auto saved = save(context);
    const bool own = staff.id == context.session().who().person.public_id;
    // Who is no administrator any more finds nothing here.
    if (saved && own && !saved->administrator) return http::redirect("/profile?done=saved");
    if (saved) return http::redirect("/unit/staff/" + id_of(context) + "?done=saved");
    if (saved.error().code == base::ErrorCode::forbidden) return saved.error();
    return refuse_member(context, staff, saved.error());
}

Answer post_invite(Context& context) {
    PORTAL_TRY(staff, find_member(context));
    PORTAL_TRY(token, context.read_token());
    const auto sent = service::send_invitation(context.session(), {id_of(context)});
    if (!sent) return refuse_member(context, staff, sent.error());
    return http::redirect("/unit/staff/" + id_of(context) + "?done=invited");
}

base::Result<UnitEndPage> end_page(Context& context, const domain::StaffView& staff) {
    PORTAL_TRY(coming, service::list_coming_visits(context.session(), {id_of(context)}));
    UnitEndPage page;
    page.frame = context.frame(N_("Does this person no longer work here?"));
    page.id = base::format_uuid(staff.id);
    page.name = staff.name;
    for (const auto& visit : coming)
        page.coming.push_back(
            {base::format_uuid(visit.id), context.when(visit.starts, text::DateStyle::full)});
    page.may_end = coming.empty();
    page.token = context.form_token(staff.version);
    return page;
}

Answer show_end(Context& context) {
    PORTAL_TRY(staff, find_member(context));
    PORTAL_TRY(page, end_page(context, staff));
    return context.page("unit_end", page);
}

Answer post_end(Context& context) {
    PORTAL_TRY(staff, find_member(context));
    PORTAL_TRY(token, context.read_token());
    const auto ended = service::delete_staff(context.session(), {id_of(context), token.version});
    if (ended) return http::redirect("/unit/staff?done=ended");
    const auto& error = ended.error();
    if (error.code == base::ErrorCode::forbidden) return error;
    PORTAL_TRY(page, end_page(context, staff));
    // Visits that are still to come stand in the page's own list.
    if (page.coming.empty()) context.show_error(error, page.frame);
    return context.page("unit_end", page, base::error_row(error.code).http_status);
}

}  // namespace

std::vector<PageRoute> unit_staff_routes() {
    using enum Entry;
    return {{"GET", "/unit/staff", show_list, administrator},
            {"GET", "/unit/staff/new", show_new, administrator},
            {"POST",
             "/unit/staff/new",
             post_new,
             administrator,
             {},
             false,
             {"first_name", "last_name", "title", "email", "mobile", "administrator", "invite",
              "bookable"}},
            {"GET", "/unit/staff/{id}", show_member, administrator},
            {"POST",
             "/unit/staff/{id}",
             post_member,
             administrator,
             {},
             false,
             {"title", "description", "listed", "bookable", "administrator"}},
            {"POST", "/unit/staff/{id}/invite", post_invite, administrator},
            {"GET", "/unit/staff/{id}/end", show_end, administrator},
            {"POST", "/unit/staff/{id}/end", post_end, administrator}};
}

}  // namespace portal::web
