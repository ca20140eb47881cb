// Typing the code of an activation letter, choosing a password, and what comes next. Source: N14.
#include "service/letter.hpp"

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "daemon/web/after_login.hpp"
#include "daemon/web/password.hpp"
#include "daemon/web/routes.hpp"
#include "service/contact.hpp"

namespace portal::web {
namespace {

using base::N_;

constexpr std::string_view kLetterCookie = "__Host-letter";
constexpr std::int64_t kGoesOn = 1800;  // seconds, after the code was typed

std::string code_binding(const Context& context) {
    return "letter:" + std::to_string(context.tenant().id.value);
}
std::string password_binding(std::string_view token) {
    return "letter-password:" + base::format_hex(crypto::hash_token(token));
}

void set_letter_cookie(http::Response& response, std::string value) {
    http::Cookie cookie{std::string{kLetterCookie}, std::move(value)};
    cookie.max_age_s = cookie.value.empty() ? 0 : kGoesOn;
    cookie.strict = true;
    response.headers.add("Set-Cookie", http::format_cookie(cookie));
}

std::string letter_token(const Context& context) {
    return std::string{context.request().cookie(kLetterCookie).value_or("")};
}

Answer show_code(Context& context) {
    LetterPage page;
    page.frame = context.frame(N_("Write the code of your letter"));
    page.token = context.form_token_for(code_binding(context));
    return context.page("letter", page);
}

Answer post_code(Context& context) {
    const std::string typed{context.form.text("code")};
    const auto opened = [&]() -> base::Result<base::Secret> {
        PORTAL_TRYV(context.read_token_for(code_binding(context)));
        return service::open_letter(context.session(), typed);
    }();
    if (!opened) {
        LetterPage page;
        page.frame = context.frame(N_("Write the code of your letter"));
        context.show_error(opened.error(), page.frame);
        context.show_error(opened.error(), "code", page.code);
        page.code.value = typed;
        page.token = context.form_token_for(code_binding(context));
        return context.page("letter", page, base::error_row(opened.error().code).http_status);
    }
    auto response = http::redirect("/activate/password");
    set_letter_cookie(response, opened->reveal());
    return response;
}

http::Response over(const Context& context) {
    NoticePage page;
    page.frame = context.frame(N_("The letter does not work any more"));
    page.text = context.word(
        N_("The code has been used, or it is too old. If you have chosen a password, you can log "
           "in. Otherwise write the code once more, or call the clinic."));
    page.next = "/activate";
    page.next_label = context.word(N_("Write the code"));
    return context.page("notice", page, base::error_row(base::ErrorCode::not_found).http_status);
}

base::Result<PasswordPage> password_page(Context& context) {
    const auto token = letter_token(context);
    PORTAL_TRY(found, service::show_letter(context.session(), token));
    PasswordPage page;
    page.frame = context.frame(N_("Choose your password"));
    page.hello = base::fill_arguments(context.word(N_("Hello, {1}.")), {found.name});
    page.action = "/activate/password";
    page.token = context.form_token_for(password_binding(token));
    return page;
}

Answer show_password(Context& context) {
    if (letter_token(context).empty()) return http::redirect("/activate");
    const auto page = password_page(context);
    if (!page) return over(context);
    return context.page("password", *page);
}

Answer post_password(Context& context) {
    const auto token = letter_token(context);
    const auto done = [&]() -> base::Result<service::LoggedIn> {
        PORTAL_TRYV(context.read_token_for(password_binding(token)));
        return service::use_letter(context.session(), token, typed_password(context.form));
    }();
    if (!done) {
        auto page = password_page(context);
        if (!page && done.error().code == base::ErrorCode::forbidden) return done.error();
        if (!page || done.error().code == base::ErrorCode::not_found) return over(context);
        show_password_error(context, done.error(), *page);
        return context.page("password", *page, base::error_row(done.error().code).http_status);
    }
    PORTAL_TRY(next, after_login_path(context, *done, "/activate/done"));
    auto response = http::redirect(next);
    http::set_session_cookie(response, done->token.reveal());
    set_letter_cookie(response, {});
    return response;
}

Answer show_done(Context& context) {
    NoticePage page;
    page.frame = context.frame(N_("You are logged in"));
    const auto contact = service::show_contact(context.session());
    if (!contact || !contact->lacks) {
        page.text = context.word(N_("Your password is saved."));
        page.next = "/";
        page.next_label = context.word(N_("Go to the first page"));
        return context.page("notice", page);
    }
    const bool sms = contact->lacks == domain::CodeChannel::sms;
    page.text = context.word(
        sms ? N_("Your password is saved. One thing is left: add a mobile number, your own or that "
                 "of somebody you trust. Codes are sent there when you log in the next time. "
                 "Without it you cannot log in again by yourself.")
            : N_("Your password is saved. One thing is left: add an e-mail address, your own or "
                 "that of somebody you trust. Codes are sent there when you log in the next time. "
                 "Without it you cannot log in again by yourself."));
    page.next = sms ? "/contact/mobile" : "/contact/email";
    page.next_label = context.word(sms ? N_("Add a mobile number") : N_("Add an e-mail address"));
    return context.page("notice", page);
}

}  // namespace

std::vector<PageRoute> letter_routes() {
    constexpr bool kHashes = true;
    return {{"GET", "/activate", show_code, Entry::everybody},
            {"POST", "/activate", post_code, Entry::everybody, {}, false, {"code"}},
            {"GET", "/activate/password", show_password, Entry::everybody},
            {"POST",
             "/activate/password",
             post_password,
             Entry::everybody,
             {},
             kHashes,
             {"password", "repeated"}},
            {"GET", "/activate/done", show_done}};
}

}  // namespace portal::web
