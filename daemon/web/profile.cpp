#include "daemon/web/profile.hpp"

#include "base/encoding.hpp"
#include "daemon/web/routes.hpp"
#include "service/profile.hpp"

namespace portal::web {
namespace {

using base::N_;

// What has just been done: ?done=NAME of an act that led here.
const char* done_sentence(std::string_view name) {
    if (name == "saved") return N_("Your profile is saved.");
    if (name == "on") return N_("Your bookings are turned on.");
    if (name == "off") return N_("Your bookings are turned off.");
    return "";
}

std::string named(const std::string& name, const std::string& title) {
    return title.empty() ? name : name + ", " + title;
}

ProfilePage profile_page(const Context& context, const domain::StaffView& own) {
    ProfilePage page;
    page.frame = context.frame(N_("Your profile"));
    page.shown_as = named(own.name, own.title);
    auto about = lines_field(context, "description", N_("About you"));
    about.hint = context.word(
        N_("For example what you help with and how you work. Leave an empty line between "
           "paragraphs."));
    about.value = own.description;
    auto listed = yes_no_field(context, "listed", N_("Show this profile to patients?"), own.listed);
    listed.hint = context.word(
        N_("With No, patients still see your name and title in their bookings, but nothing else."));
    page.fields = {std::move(about), std::move(listed)};
    page.token = context.form_token(own.version);
    if (own.listed) page.see = "/staff-members/" + base::format_uuid(own.id);
    page.has_booking = context.tenant().has(domain::Module::booking);
    page.bookable = own.bookable;
    return page;
}

Answer show_own(Context& context) {
    PORTAL_TRY(own, service::show_own_profile(context.session()));
    auto page = profile_page(context, own);
    page.frame.done = context.word(done_sentence(context.request().query.text("done")));
    return context.page("profile", page);
}

base::Result<domain::StaffView> save_own(Context& context) {
    PORTAL_TRY(token, context.read_token());
    domain::SetStaff typed;
    PORTAL_TRYV(read_fields(context, typed, {"description", "listed"}));
    return service::set_own_profile(context.session(),
                                    {typed.description, typed.listed, {}, token.version});
}

Answer post_own(Context& context) {
    const auto saved = save_own(context);
    if (saved) return http::redirect("/profile?done=saved");
    const auto& error = saved.error();
    if (error.code == base::ErrorCode::forbidden) return error;
    PORTAL_TRY(own, service::show_own_profile(context.session()));
    auto page = profile_page(context, own);
    show_refused(context, error, page.frame, page.fields);
    return context.page("profile", page, base::error_row(error.code).http_status);
}

Answer post_booking(Context& context) {
    PORTAL_TRY(token, context.read_token());
    domain::SetStaff typed;
    PORTAL_TRYV(read_fields(context, typed, {"bookable"}));
    PORTAL_TRY(saved, service::set_own_profile(context.session(), {{}, {}, typed.bookable, {}}));
    return http::redirect(saved.bookable ? "/profile?done=on" : "/profile?done=off");
}

Answer show_members(Context& context) {
    PORTAL_TRY(profiles, service::list_profiles(context.session()));
    MembersPage page;
    page.frame = context.frame(N_("Our staff"));
    for (const auto& each : profiles)
        page.members.push_back({base::format_uuid(each.id), each.name, each.title});
    return context.page("staff_members", page);
}

std::vector<Paragraph> paragraphs_of(const std::string& text) {
    std::vector<Paragraph> all;
    bool begins = true;
    for (const auto line : base::split(text, '\n')) {
        const auto words = base::trim(line);
        if (!words.empty()) {
            if (begins) all.emplace_back();
            all.back().lines.emplace_back(words);
        }
        begins = words.empty();
    }
    return all;
}

Answer show_member(Context& context) {
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    PORTAL_TRY(profile, service::show_profile(context.session(), *id));
    MemberPage page;
    page.frame = context.frame(N_("Our staff"));
    page.frame.title = profile.name;
    page.title = profile.title;
    page.paragraphs = paragraphs_of(profile.description);
    if (page.frame.patient && page.frame.booking && profile.bookable)
        page.book = "/slots?staff=" + base::format_uuid(profile.id);
    return context.page("staff_member", page);
}

}  // namespace

std::vector<PageRoute> profile_routes() {
    using enum Entry;
    return {{"GET", "/profile", show_own, staff},
            {"POST", "/profile", post_own, staff, {}, false, {"description", "listed"}},
            {"POST",
             "/profile/booking",
             post_booking,
             staff,
             domain::Module::booking,
             false,
             {"bookable"},
             false},
            {"GET", "/staff-members", show_members, member},
            {"GET", "/staff-members/{id}", show_member, member}};
}

base::Status check_profile(text::Templates& templates) {
    PORTAL_TRYV(templates.check<ProfilePage>("profile"));
    PORTAL_TRYV(templates.check<MembersPage>("staff_members"));
    return templates.check<MemberPage>("staff_member");
}

}  // namespace portal::web
