// A forgotten password: asking, and the page behind the mailed link. Source: D14, P10, L8.
#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "daemon/web/mark_cookie.hpp"
#include "daemon/web/password.hpp"
#include "daemon/web/routes.hpp"
#include "service/login_identifier.hpp"
#include "service/password_reset.hpp"

namespace portal::web {
namespace {

using base::N_;

constexpr std::string_view kResetCookie = "__Host-reset";

service::LinkOpener opener_of(const Context& context) {
    return {std::string{context.request().cookie(kResetCookie).value_or("")},
            std::string{context.form.text("mail_code")}};
}

std::string ask_binding(const Context& context) {
    return "reset:" + std::to_string(context.tenant().id.value);
}

ResetPage ask_page(const Context& context) {
    ResetPage page;
    page.frame = context.frame(N_("Have you forgotten your password?"));
    const auto kind = service::patients_identifier(context.tenant());
    page.login_name = kind == domain::LoginIdentifier::login_name;
    if (kind == domain::LoginIdentifier::national_id)
        page.national_id =
            context.word(context.tenant().country == domain::Country::dk ? N_("CPR number")
                                                                         : N_("Personal number"));
    page.eid = has_eid_method(context);
    page.token = context.form_token_for(ask_binding(context));
    return page;
}

Answer show_ask(Context& context) {
    return context.page("reset", ask_page(context));
}

Answer post_ask(Context& context) {
    const std::string typed{base::trim(context.form.text("identifier"))};
    const auto asked = [&]() -> base::Result<base::Secret> {
        PORTAL_TRYV(context.read_token_for(ask_binding(context)));
        return service::ask_reset(context.session(), typed);
    }();
    if (asked) {
        auto response = http::redirect("/reset/sent");
        response.headers.add("Set-Cookie",
                             http::format_cookie(make_mark_cookie(context, kResetCookie, *asked)));
        return response;
    }
    auto page = ask_page(context);
    context.show_error(asked.error(), page.frame);
    context.show_error(asked.error(), "identifier", page.identifier);
    page.identifier.value = typed;
    return context.page("reset", page, base::error_row(asked.error().code).http_status);
}

Answer show_sent(Context& context) {
    NoticePage page;
    page.frame = context.frame(N_("Look at your e-mail"));
    page.text = context.word(
        N_("If we know you here, we have sent you an e-mail with a link. It can take some minutes. "
           "Look among unwanted messages too. If nothing comes, call the clinic."));
    page.next = "/login";
    page.next_label = context.word(N_("Go to the login page"));
    return context.page("notice", page);
}

std::string link_binding(std::string_view link) {
    return "new-password:" + base::format_hex(crypto::hash_token(link));
}

http::Response over(const Context& context) {
    NoticePage page;
    page.frame = context.frame(N_("The link does not work any more"));
    page.text = context.word(
        N_("The link has been used, or it is too old, or there were too many wrong codes. You can "
           "ask for a new one."));
    page.next = "/reset";
    page.next_label = context.word(N_("Ask for a new password"));
    return context.page("notice", page, base::error_row(base::ErrorCode::not_found).http_status);
}

PasswordPage choose_page(const Context& context, const service::ResetForm& form) {
    const std::string link{context.path.get("token")};
    PasswordPage page;
    page.frame = context.frame(N_("Choose a new password"));
    page.action = "/new-password/" + link;
    page.asks_code = !form.confirmed;
    if (page.asks_code)
        page.sent_to = base::fill_arguments(
            context.word(N_("We have sent a code with six digits to {1}.")), {form.masked});
    page.token = context.form_token_for(link_binding(link));
    return page;
}

http::Response second_proof(const Context& context, const service::ResetForm& form,
                            const base::Error* error = nullptr) {
    SecondProofPage page;
    page.frame = context.frame(N_("Choose a new password"));
    page.link = context.path.get("token");
    if (form.second == service::SecondProof::sms)
        page.masked = base::fill_arguments(
            context.word(
                N_("To be sure that it is you, we send a code to your mobile number {1}.")),
            {form.masked});
    page.eid = has_eid_method(context);
    page.asks_mail_code = form.asks_mail_code;
    page.token = context.form_token_for(link_binding(page.link));
    if (error == nullptr) return context.page("second_proof", page);
    context.show_error(*error, page.frame);
    context.show_error(*error, "mail_code", page.mail_code);
    page.mail_code.value = std::string{base::trim(context.form.text("mail_code"))};
    return context.page("second_proof", page, base::error_row(error->code).http_status);
}

Answer show_link(Context& context) {
    const auto form =
        service::show_reset(context.session(), context.path.get("token"), opener_of(context));
    if (!form) return over(context);
    if (!form->may_choose()) return second_proof(context, *form);
    return context.page("password", choose_page(context, *form));
}

Answer post_code(Context& context) {
    const std::string link{context.path.get("token")};
    const auto sent = [&]() -> base::Status {
        PORTAL_TRYV(context.read_token_for(link_binding(link)));
        return service::send_reset_code(context.session(), link, opener_of(context));
    }();
    if (sent) return http::redirect("/new-password/" + link);
    const auto form = service::show_reset(context.session(), link, opener_of(context));
    if (!form || sent.error().code == base::ErrorCode::not_found) return over(context);
    return second_proof(context, *form, &sent.error());
}

Answer post_link(Context& context) {
    const std::string link{context.path.get("token")};
    const auto saved = [&]() -> base::Status {
        PORTAL_TRYV(context.read_token_for(link_binding(link)));
        return service::reset_password(
            context.session(),
            {link, std::string{context.form.text("code")}, typed_password(context.form)});
    }();
    if (saved) return http::redirect("/login?done=password");
    const auto form = service::show_reset(context.session(), link, opener_of(context));
    if (!form || saved.error().code == base::ErrorCode::not_found) return over(context);
    if (!form->may_choose()) return second_proof(context, *form, &saved.error());
    auto page = choose_page(context, *form);
    show_password_error(context, saved.error(), page);
    return context.page("password", page, base::error_row(saved.error().code).http_status);
}

}  // namespace

std::vector<PageRoute> reset_routes() {
    constexpr bool kHashes = true;
    return {{"GET", "/reset", show_ask, Entry::everybody},
            {"POST", "/reset", post_ask, Entry::everybody, {}, false, {"identifier"}},
            {"GET", "/reset/sent", show_sent, Entry::everybody},
            {"GET", "/new-password/{token}", show_link, Entry::everybody},
            {"POST",
             "/new-password/{token}",
             post_link,
             Entry::everybody,
             {},
             kHashes,
             {"code", "password", "repeated"}},
            {"POST",
             "/new-password/{token}/code",
             post_code,
             Entry::everybody,
             {},
             false,
             {"mail_code"}}};
}

}  // namespace portal::web
