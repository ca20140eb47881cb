#include "daemon/web/login.hpp"

#include <algorithm>
#include <initializer_list>

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "daemon/http/address.hpp"
#include "daemon/web/after_login.hpp"
#include "daemon/web/routes.hpp"
#include "service/login.hpp"
#include "service/login_facts.hpp"
#include "service/login_identifier.hpp"
#include "service/registration.hpp"

namespace portal::web {
namespace {

using base::N_;

constexpr std::string_view kAttemptCookie = "__Host-login";

std::string login_binding(const Context& context) {
    return "login:" + std::to_string(context.tenant().id.value);
}

// Only a page of this host, never another's (hostile input 72).
std::string next_of(const Context& context, const http::Fields& fields) {
    const auto next = fields.text("next");
    return context.is_page(next) ? std::string{next} : std::string{};
}

// What has brought one here: ?done=NAME of an act that led to this page.
const char* done_sentence(std::string_view name) {
    if (name == "password") return N_("Your password is saved. You can log in now.");
    if (name == "logged-out") return N_("You are logged out.");
    if (name == "kept")
        return N_("What you wrote is kept. Log in within 30 minutes and you can send it.");
    return "";
}

using domain::Assurance;
using domain::Audience;
using domain::LoginMethod;

/// Whether the login page offers it to one of them, and the login is worth enough.
bool is_offered(const Context& context, LoginMethod method, Assurance least,
                std::initializer_list<Audience> audiences) {
    if (domain::assurance_of(method) < least) return false;
    return std::any_of(audiences.begin(), audiences.end(), [&](Audience audience) {
        return domain::decide_method(service::clinic_facts(context.session(), audience), audience,
                                     method) == domain::LoginReason::allowed;
    });
}

std::string label_of(const Context& context, LoginMethod method) {
    const auto& options = context.services().options;
    const std::string name = method == LoginMethod::bankid  ? "BankID"
                             : method == LoginMethod::mitid ? options.mitid_label
                                                            : options.oidc_label;
    if (name.empty()) return context.word(N_("Log in with an electronic ID"));
    return base::fill_arguments(context.word(N_("Log in with {1}")), {name});
}

void add_ways(const Context& context, Assurance least, LoginPage& page) {
    const auto lang = std::string{text::format_language(context.session().language())};
    for (const auto& [method, path] : {std::pair{LoginMethod::bankid, "/login/bankid"},
                                       std::pair{LoginMethod::mitid, "/login/mitid"},
                                       std::pair{LoginMethod::oidc, "/login/oidc"}}) {
        const Way way{std::string{path} + "?lang=" + lang, label_of(context, method)};
        if (is_offered(context, method, least, {Audience::patient, Audience::relative}))
            page.ways.push_back(way);
        else if (is_offered(context, method, least, {Audience::staff}))
            page.staff_ways.push_back(way);
    }
    page.password =
        is_offered(context, LoginMethod::password, least, {Audience::patient, Audience::relative});
    page.staff_password =
        !page.password && is_offered(context, LoginMethod::password, least, {Audience::staff});
    const bool clients = page.password || !page.ways.empty();
    const bool staff = page.staff_password || !page.staff_ways.empty();
    page.staff_part = clients && staff;
    page.clients_off = !clients && staff && least == Assurance::link;
    if (clients || staff) return;
    page.note = context.word(least == Assurance::link
                                 ? N_("Nobody can log in here just now. Please call the clinic.")
                                 : N_("This clinic has no way to log in that is safe enough for "
                                      "what you wanted to do. Please call the clinic."));
}

void name_identifier(const Context& context, LoginPage& page) {
    const auto& tenant = context.tenant();
    const auto kind = service::patients_identifier(tenant);
    if (!page.password) return;  // staff write their e-mail address
    page.login_name = kind == domain::LoginIdentifier::login_name;
    if (kind == domain::LoginIdentifier::national_id)
        page.national_id = context.word(
            tenant.country == domain::Country::dk ? N_("CPR number") : N_("Personal number"));
}

/// `least`: what the login must be worth, where one who is logged in needs more (X3).
LoginPage login_page(const Context& context, Assurance least = Assurance::link) {
    LoginPage page;
    page.frame = context.frame(N_("Log in"));
    add_ways(context, least, page);
    name_identifier(context, page);
    page.reset = context.is_page("/reset");
    page.help = context.is_page("/help");
    page.registers = service::check_registration_open(context.session()) &&
                     !context.is_logged_in() && context.is_page("/register");
    page.token = context.form_token_for(login_binding(context));
    return page;
}

/// ?again=1: whoever is logged in proves it anew; ?again=eid: by a login that is worth so much.
std::optional<Assurance> again_of(std::string_view text) {
    if (text.empty()) return std::nullopt;
    Assurance least = Assurance::link;
    if (!base::type_of<Assurance>().set_text(&least, text)) return Assurance::link;
    return least;
}

/// `again`: of the address, or as the form carries it.
LoginPage page_again(const Context& context, std::string_view again) {
    const bool asked = context.is_logged_in();
    auto page =
        login_page(context, asked ? again_of(again).value_or(Assurance::link) : Assurance::link);
    if (asked) page.again = again;
    return page;
}

Answer show_login(Context& context) {
    const auto again = context.request().query.text("again");
    if (context.is_logged_in() && again.empty()) return http::redirect("/");
    auto page = page_again(context, again);
    if (context.is_logged_in() && page.note.empty())
        page.note = context.word(N_("You are logged in. To go on, show once more who you are."));
    page.frame.done = context.word(done_sentence(context.request().query.text("done")));
    page.next = next_of(context, context.request().query);
    return context.page("login", page);
}

std::string with_language(const Context& context, std::string path, const std::string& next) {
    path = web::with_language(context, path);
    if (!next.empty()) path += "&next=" + http::percent_encode(next);
    return path;
}

http::Cookie attempt_cookie(const Context& context, std::string value) {
    constexpr std::int64_t kMinute = 60;
    http::Cookie cookie{std::string{kAttemptCookie}, std::move(value)};
    cookie.max_age_s = cookie.value.empty() ? 0 : kMinute * context.services().options.code_minutes;
    cookie.strict = true;
    return cookie;
}

Answer post_login(Context& context) {
    const auto next = next_of(context, context.form);
    service::PasswordStep step{std::string{base::trim(context.form.text("identifier"))},
                               base::Secret{std::string{context.form.text("password")}},
                               {}};
    auto asked = [&]() -> base::Result<service::CodeAsked> {
        PORTAL_TRY(token, context.read_token_for(login_binding(context)));
        step.key = token.key;
        return service::check_password_step(context.session(), step);
    }();
    if (!asked) {
        const auto& error = asked.error();
        auto page = page_again(context, context.form.text("again"));
        context.show_error(error, page.frame);
        context.show_error(error, "identifier", page.identifier);
        context.show_error(error, "password", page.password_field);
        page.identifier.value = step.identifier;
        page.next = next;
        return context.page("login", page, base::error_row(error.code).http_status);
    }
    auto response = http::redirect(with_language(context, "/login/code", next));
    response.headers.add("Set-Cookie",
                         http::format_cookie(attempt_cookie(context, asked->attempt.reveal())));
    return response;
}

std::string code_binding(std::string_view attempt) {
    return "code:" + base::format_hex(crypto::hash_token(attempt));
}

CodePage code_page(const Context& context, std::string_view attempt,
                   const service::CodeAsked& asked) {
    CodePage page;
    page.frame = context.frame(asked.by_sms ? N_("Write the code from the text message")
                                            : N_("Write the code from the e-mail"));
    page.sent_to = base::fill_arguments(
        context.word(N_("We have sent a code with six digits to {1}.")), {asked.masked});
    page.works_for = base::fill_arguments(
        context.word(N_("The code works for {1}.")),
        {text::format_duration(context.services().catalogue, context.session().language(),
                               std::chrono::minutes{context.services().options.code_minutes})});
    page.token = context.form_token_for(code_binding(attempt));
    return page;
}

http::Response start_again(const Context& context, const std::string& next) {
    auto response = http::redirect(with_language(context, "/login", next));
    response.headers.add("Set-Cookie", http::format_cookie(attempt_cookie(context, {})));
    return response;
}

Answer show_code(Context& context) {
    const auto next = next_of(context, context.request().query);
    const auto attempt = context.request().cookie(kAttemptCookie).value_or("");
    const auto asked = service::show_attempt(context.session(), attempt);
    if (!asked) return start_again(context, next);
    auto page = code_page(context, attempt, *asked);
    page.next = next;
    return context.page("code", page);
}

http::Response refuse_code(Context& context, std::string_view attempt, const base::Error& error) {
    const auto next = next_of(context, context.form);
    const auto asked = service::show_attempt(context.session(), attempt);
    const int status = base::error_row(error.code).http_status;
    if (!asked) {  // used up or too late: the only way on is to begin again
        auto page = login_page(context);
        context.show_error(base::make_error(error.code, error.key, error.args), page.frame);
        page.next = next;
        return context.page("login", page, status);
    }
    auto page = code_page(context, attempt, *asked);
    context.show_error(error, page.frame);
    context.show_error(error, "code", page.code);
    page.next = next;
    return context.page("code", page, status);
}

Answer post_code(Context& context) {
    const auto attempt = context.request().cookie(kAttemptCookie).value_or("");
    auto done = [&]() -> base::Result<service::LoggedIn> {
        PORTAL_TRYV(context.read_token_for(code_binding(attempt)));
        return service::check_code_step(context.session(), attempt,
                                        digits_of(context.form.text("code")));
    }();
    if (!done) return refuse_code(context, attempt, done.error());
    PORTAL_TRY(to, after_login_path(context, *done, context.form.text("next")));
    auto response = http::redirect(to);
    http::set_session_cookie(response, done->token.reveal());
    response.headers.add("Set-Cookie", http::format_cookie(attempt_cookie(context, {})));
    return response;
}

}  // namespace

std::vector<PageRoute> login_routes() {
    return {{"GET", "/login", show_login, Entry::everybody},
            {"POST",
             "/login",
             post_login,
             Entry::everybody,
             {},
             true,
             {"identifier", "password", "next", "again"}},
            {"GET", "/login/code", show_code, Entry::everybody},
            {"POST", "/login/code", post_code, Entry::everybody, {}, false, {"code", "next"}}};
}

base::Status check_login(text::Templates& templates) {
    PORTAL_TRYV(templates.check<LoginPage>("login"));
    return templates.check<CodePage>("code");
}

}  // namespace portal::web
