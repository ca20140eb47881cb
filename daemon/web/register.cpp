#include "daemon/web/register.hpp"

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "daemon/web/mark_cookie.hpp"
#include "daemon/web/routes.hpp"
#include "service/login_facts.hpp"
#include "service/registration.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::Registration;

constexpr std::string_view kRegisterCookie = "__Host-register";

std::string form_binding(const Context& context) {
    return "register:" + std::to_string(context.tenant().id.value);
}
std::string link_binding(std::string_view link) {
    return "registration:" + base::format_hex(crypto::hash_token(link));
}

http::Response notice(const Context& context, const char* title, std::string text, int status) {
    NoticePage page;
    page.frame = context.frame(title);
    page.text = std::move(text);
    page.next = "/login?lang=" + std::string{text::format_language(context.session().language())};
    page.next_label = context.word(N_("Go to the login page"));
    return context.page("notice", page, status);
}

RegisterPage register_page(const Context& context) {
    RegisterPage page;
    page.frame = context.frame(N_("Register"));
    page.needs_approval = context.tenant().registration == Registration::approval;
    if (service::asks_national_id(context.session()))
        page.number_name =
            context.word(context.tenant().country == domain::Country::dk ? N_("CPR number")
                                                                         : N_("Personal number"));
    page.token = context.form_token_for(form_binding(context));
    return page;
}

/// P4: who cannot register here is told where to turn.
http::Response closed(const Context& context, const base::Error& error, int status) {
    return notice(context, N_("Register"), context.sentence(error), status);
}

Answer show_register(Context& context) {
    if (context.is_logged_in()) return http::redirect("/");
    constexpr int kOk = 200;
    if (const auto open = service::check_registration_open(context.session()); !open)
        return closed(context, open.error(), kOk);
    return context.page("register", register_page(context));
}

struct NamedField {
    const char* name;
    Field RegisterPage::*field;
};
constexpr std::array kFields{NamedField{"first_name", &RegisterPage::first_name},
                             NamedField{"last_name", &RegisterPage::last_name},
                             NamedField{"national_id", &RegisterPage::national_id},
                             NamedField{"email", &RegisterPage::email},
                             NamedField{"mobile", &RegisterPage::mobile}};

Answer refuse_form(Context& context, const base::Error& error) {
    const int status = base::error_row(error.code).http_status;
    if (!service::check_registration_open(context.session())) return closed(context, error, status);
    auto page = register_page(context);
    context.show_error(error, page.frame);
    for (const auto& each : kFields) {
        context.show_error(error, each.name, page.*each.field);
        (page.*each.field).value = std::string{base::trim(context.form.text(each.name))};
    }
    return context.page("register", page, status);
}

base::Result<base::Secret> send_form(Context& context) {
    PORTAL_TRY(token, context.read_token_for(form_binding(context)));
    const auto typed = [&](const char* name) {
        return std::string{base::trim(context.form.text(name))};
    };
    service::RegistrationForm form;
    form.first_name = typed("first_name");
    form.last_name = typed("last_name");
    form.email = base::Email{typed("email")};
    form.mobile = base::Phone{typed("mobile")};
    form.national_id = base::NationalId{typed("national_id")};
    form.key = token.key;
    return service::register_person(context.session(), form);
}

/// The same bytes whoever is known: where to go on is in the mail (P2, P3).
Answer post_register(Context& context) {
    const auto sent = send_form(context);
    if (!sent) return refuse_form(context, sent.error());
    auto response = http::redirect(
        "/register/sent?lang=" + std::string{text::format_language(context.session().language())});
    response.headers.add("Set-Cookie",
                         http::format_cookie(make_mark_cookie(context, kRegisterCookie, *sent)));
    return response;
}

Answer show_sent(Context& context) {
    constexpr int kOk = 200;
    return notice(
        context, N_("Look into your mail"),
        context.word(N_("We have sent you a message. Open it and follow the link in it. If "
                        "no message comes, look among unwanted messages too, or call the "
                        "clinic.")),
        kOk);
}

std::string token_of(const Context& context) {
    return std::string{context.path.get("token")};
}

http::Response used_up(const Context& context) {
    return notice(context, N_("The link does not work any more"),
                  context.word(N_("The link has been used, or it is too old. You can register "
                                  "again, or call the clinic.")),
                  base::error_row(base::ErrorCode::not_found).http_status);
}

service::LinkOpener opener_of(const Context& context) {
    return {std::string{context.request().cookie(kRegisterCookie).value_or("")},
            std::string{context.form.text("mail_code")}};
}

Answer confirm_page(Context& context, const base::Error* error = nullptr) {
    const auto token = token_of(context);
    const auto link = service::show_registration_link(context.session(), token, opener_of(context));
    if (!link && link.error().code == base::ErrorCode::not_found) return used_up(context);
    if (!link) return link.error();
    RegisterConfirmPage page;
    page.frame = context.frame(N_("Finish your registration"));
    page.hello = base::fill_arguments(context.word(N_("Hello, {1}.")), {link->name});
    page.link = token;
    page.asks_code = link->asks_code;
    page.token = context.form_token_for(link_binding(token));
    if (error == nullptr) return context.page("register_confirm", page);
    context.show_error(*error, page.frame);
    context.show_error(*error, "mail_code", page.mail_code);
    page.mail_code.value = std::string{base::trim(context.form.text("mail_code"))};
    return context.page("register_confirm", page, base::error_row(error->code).http_status);
}

Answer show_confirm(Context& context) {
    return confirm_page(context);
}

Answer post_confirm(Context& context) {
    const auto token = token_of(context);
    PORTAL_TRY(form, context.read_token_for(link_binding(token)));
    const auto done = service::confirm_registration(context.session(), token, opener_of(context));
    if (!done && done.error().code == base::ErrorCode::not_found) return used_up(context);
    if (!done && done.error().field == "mail_code") return confirm_page(context, &done.error());
    if (!done) return done.error();
    return http::redirect(std::string{"/register/done?lang="} +
                          std::string{text::format_language(context.session().language())});
}

Answer show_done(Context& context) {
    constexpr int kOk = 200;
    if (context.tenant().registration == Registration::approval)
        return notice(context, N_("Thank you. The clinic will answer"),
                      context.word(N_("Your registration has come to the clinic. You will get a "
                                      "message when it has answered. Until then you cannot log "
                                      "in.")),
                      kOk);
    return notice(context, N_("Your registration is finished"),
                  service::first_login_text(context.session(), context.session().language()), kOk);
}

}  // namespace

std::vector<PageRoute> register_routes() {
    return {{"GET", "/register", show_register, Entry::everybody},
            {"POST",
             "/register",
             post_register,
             Entry::everybody,
             {},
             false,
             {"first_name", "last_name", "national_id", "email", "mobile"}},
            {"GET", "/register/sent", show_sent, Entry::everybody},
            {"GET", "/register/confirm/{token}", show_confirm, Entry::everybody},
            {"POST",
             "/register/confirm/{token}",
             post_confirm,
             Entry::everybody,
             {},
             false,
             {"mail_code"}},
            {"GET", "/register/done", show_done, Entry::everybody}};
}

base::Status check_register(text::Templates& templates) {
    PORTAL_TRYV(templates.check<RegisterPage>("register"));
    return templates.check<RegisterConfirmPage>("register_confirm");
}

}  // namespace portal::web
