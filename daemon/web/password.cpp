#include "daemon/web/password.hpp"

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "daemon/web/routes.hpp"
#include "service/login_facts.hpp"
#include "service/own_password.hpp"
#include "service/password_link.hpp"

namespace portal::web {
namespace {

using base::N_;
using store::LinkPurpose;

/// The two pages behind a link differ in words alone.
struct LinkPage {
    LinkPurpose purpose;
    std::string_view path;
    const char* title;
};
constexpr LinkPage kSetPassword{LinkPurpose::password, "/set-password/",
                                N_("Choose your password")};
constexpr LinkPage kInvite{LinkPurpose::invite, "/invite/", N_("How you log in")};

std::string binding_of(std::string_view link) {
    return "password:" + base::format_hex(crypto::hash_token(link));
}

base::Result<PasswordPage> link_page(Context& context, const LinkPage& which) {
    const std::string link{context.path.get("token")};
    PORTAL_TRY(found, service::show_password_link(context.session(), which.purpose, link));
    PasswordPage page;
    page.frame = context.frame(which.title);
    page.hello = base::fill_arguments(context.word(N_("Hello, {1}.")), {found.name});
    page.action = std::string{which.path} + link;
    page.invited = which.purpose == LinkPurpose::invite;
    page.ways = found.ways;
    page.chooses = !page.invited || found.ways.choose;
    page.token = context.form_token_for(binding_of(link));
    return page;
}

http::Response used_up(const Context& context) {
    NoticePage page;
    page.frame = context.frame(N_("The link does not work any more"));
    page.text = context.word(
        N_("The link has been used, or it is too old. If you have chosen a password, you can log "
           "in. Otherwise call the clinic and ask for a new link."));
    page.next = "/login";
    page.next_label = context.word(N_("Log in"));
    return context.page("notice", page, base::error_row(base::ErrorCode::not_found).http_status);
}

Answer show_link(Context& context, const LinkPage& which) {
    auto page = link_page(context, which);
    if (!page && page.error().code == base::ErrorCode::not_found) return used_up(context);
    if (!page) return std::move(page).error();
    return context.page("password", *page);
}

base::Status save_password(Context& context, const LinkPage& which) {
    const std::string link{context.path.get("token")};
    PORTAL_TRYV(context.read_token_for(binding_of(link)));
    return service::set_password(context.session(),
                                 {which.purpose, link, typed_password(context.form)});
}

Answer post_link(Context& context, const LinkPage& which) {
    const auto saved = save_password(context, which);
    if (saved) return http::redirect("/login?done=password");
    const auto& error = saved.error();
    if (error.code == base::ErrorCode::not_found) return used_up(context);
    auto page = link_page(context, which);
    if (!page) return used_up(context);
    show_password_error(context, error, *page);
    return context.page("password", *page, base::error_row(error.code).http_status);
}

Answer show_set_password(Context& context) {
    return show_link(context, kSetPassword);
}
Answer post_set_password(Context& context) {
    return post_link(context, kSetPassword);
}
Answer show_invitation(Context& context) {
    return show_link(context, kInvite);
}
Answer post_invitation(Context& context) {
    return post_link(context, kInvite);
}

// In a session.

base::Result<PasswordPage> own_page(Context& context) {
    PORTAL_TRY(form, service::show_own_password(context.session()));
    PasswordPage page;
    page.frame = context.frame(N_("Choose a new password"));
    page.action = "/password";
    page.asks_current = form.asks_current;
    page.everywhere = form.everywhere;
    page.chooses = !form.needs_eid;
    page.token = context.form_token();
    return page;
}

http::Response needs_eid(const Context& context) {
    NoticePage page;
    page.frame = context.frame(N_("Choose a new password"));
    page.text = context.word(
        N_("Your password was chosen with an electronic ID and works at every clinic. To change "
           "it, log in with your electronic ID first."));
    page.next = "/login?again=1&next=%2Fpassword";
    page.next_label = context.word(N_("Log in"));
    return context.page("notice", page);
}

Answer show_own(Context& context) {
    if (context.request().query.text("done") == "saved") {
        NoticePage page;
        page.frame = context.frame(N_("Your password is saved"));
        page.text = context.word(
            N_("Use the new password the next time you log in. You are logged out on other "
               "computers and telephones."));
        page.next = "/";
        page.next_label = context.word(N_("Go to the first page"));
        return context.page("notice", page);
    }
    PORTAL_TRY(page, own_page(context));
    if (!page.chooses) return needs_eid(context);
    return context.page("password", page);
}

Answer post_own(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const service::ChangePassword command{base::Secret{std::string{context.form.text("current")}},
                                          typed_password(context.form)};
    const auto saved = service::change_password(context.session(), command);
    if (saved) return http::redirect("/password?done=saved");
    PORTAL_TRY(page, own_page(context));
    if (!page.chooses) return needs_eid(context);
    show_password_error(context, saved.error(), page);
    return context.page("password", page, base::error_row(saved.error().code).http_status);
}

}  // namespace

bool has_eid_method(const Context& context) {
    for (const auto method :
         {domain::LoginMethod::bankid, domain::LoginMethod::mitid, domain::LoginMethod::oidc})
        for (const auto audience : {domain::Audience::patient, domain::Audience::staff})
            if (domain::decide_method(service::clinic_facts(context.session(), audience), audience,
                                      method) == domain::LoginReason::allowed)
                return true;
    return false;
}

void show_password_error(const Context& context, const base::Error& error, PasswordPage& page) {
    context.show_error(error, page.frame);
    context.show_error(error, "code", page.code);
    context.show_error(error, "current", page.current);
    context.show_error(error, "password", page.password);
    context.show_error(error, "repeated", page.repeated);
}

service::TypedPassword typed_password(const http::Form& form) {
    return {base::Secret{std::string{form.text("password")}},
            base::Secret{std::string{form.text("repeated")}}};
}

std::vector<PageRoute> password_routes() {
    constexpr bool kHashes = true;
    return {{"GET", "/set-password/{token}", show_set_password, Entry::everybody},
            {"POST",
             "/set-password/{token}",
             post_set_password,
             Entry::everybody,
             {},
             kHashes,
             {"password", "repeated"}},
            {"GET", "/invite/{token}", show_invitation, Entry::everybody},
            {"POST",
             "/invite/{token}",
             post_invitation,
             Entry::everybody,
             {},
             kHashes,
             {"password", "repeated"}},
            {"GET", "/password", show_own},
            {"POST",
             "/password",
             post_own,
             Entry::member,
             {},
             kHashes,
             {"current", "password", "repeated"}}};
}

base::Status check_password(text::Templates& templates) {
    PORTAL_TRYV(templates.check<PasswordPage>("password"));
    PORTAL_TRYV(templates.check<ResetPage>("reset"));
    PORTAL_TRYV(templates.check<SecondProofPage>("second_proof"));
    return templates.check<LetterPage>("letter");
}

}  // namespace portal::web
