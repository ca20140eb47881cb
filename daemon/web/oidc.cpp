// Logging in by MitID or another OpenID Connect provider: the button's form, and where the provider
// sends the browser back to. Source: P1, C48, L8; RFC 9700.
#include "service/oidc.hpp"

#include "base/log.hpp"
#include "daemon/web/after_login.hpp"
#include "daemon/web/routes.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::LoginMethod;
using service::OidcFinish;

constexpr std::string_view kCookie = "__Host-eid";

std::string name_of(LoginMethod method) {
    return method == LoginMethod::mitid ? "mitid" : "oidc";
}

/// Lax: the provider sends the browser back by a link from its own site.
http::Cookie browser_cookie(std::string value) {
    http::Cookie cookie{std::string{kCookie}, std::move(value)};
    cookie.max_age_s =
        cookie.value.empty() ? 0 : std::chrono::seconds{service::kOidcMinutes}.count();
    return cookie;
}

std::string login_page(const Context& context, std::string_view next) {
    auto path = "/login?lang=" + std::string{text::format_language(context.session().language())};
    if (!next.empty()) path += "&next=" + http::percent_encode(next);
    return path;
}

void log_refusal(const Context& context, LoginMethod method, const base::Error& error) {
    const auto write =
        error.code == base::ErrorCode::unavailable ? base::log::warn : base::log::info;
    write("oidc.refused", {{"provider", name_of(method)},
                           {"tenant", context.tenant().slug},
                           {"code", std::string{base::error_row(error.code).name}},
                           {"reason", error.field}});
}

struct Words {
    const char* title;
    std::string text;
    std::string next;
    const char* next_label;
};

http::Response notice(const Context& context, const Words& words, int status) {
    NoticePage page;
    page.frame = context.frame(words.title);
    // The way back can be opened only once: another language begins at the login page.
    for (auto& language : page.frame.languages) language.href = "/login?lang=" + language.code;
    page.text = words.text;
    page.next = words.next;
    page.next_label = context.word(words.next_label);
    return context.page("notice", page, status);
}

http::Response refuse(Context& context, LoginMethod method, const base::Error& error) {
    log_refusal(context, method, error);
    return notice(context,
                  {N_("You are not logged in"), context.sentence(error), login_page(context, ""),
                   N_("Log in again")},
                  base::error_row(error.code).http_status);
}

Answer begin(Context& context, LoginMethod method) {
    PORTAL_TRYV(context.read_token_for("login:" + std::to_string(context.tenant().id.value)));
    const auto next = context.form.text("next");
    const auto begun = service::begin_oidc(
        context.session(), {method, std::string{context.request().cookie(kCookie).value_or("")},
                            context.is_page(next) ? std::string{next} : std::string{}});
    if (!begun) return refuse(context, method, begun.error());
    auto response = http::redirect_out(begun->url);
    response.headers.add("Set-Cookie",
                         http::format_cookie(browser_cookie(begun->browser.reveal())));
    return response;
}

service::OidcReturn read_return(const Context& context, LoginMethod method) {
    const auto& query = context.request().query;
    service::OidcReturn back;
    back.method = method;
    back.browser = context.request().cookie(kCookie).value_or("");
    back.state = query.text("state");
    back.callback.code = query.text("code");
    back.callback.issuer = query.text("iss");
    back.callback.error = query.text("error");
    return back;
}

Answer show_done(Context& context, const OidcFinish& finish) {
    if (finish.answer.login) {
        PORTAL_TRY(path, after_login_path(context, *finish.answer.login, finish.next));
        auto response = http::redirect(path);
        http::set_session_cookie(response, finish.answer.login->token.reveal());
        response.headers.add("Set-Cookie", http::format_cookie(browser_cookie({})));
        return response;
    }
    constexpr int kForbidden = 403;
    return notice(context,
                  {N_("You are not registered here"),
                   context.word(N_("We know who you are, but you are not registered at this "
                                   "clinic. Please call the clinic.")),
                   login_page(context, ""), N_("Back to the login page")},
                  kForbidden);
}

Answer finish(Context& context, LoginMethod method) {
    const auto done = service::finish_oidc(context.session(), read_return(context, method));
    if (!done) return refuse(context, method, done.error());
    constexpr int kOk = 200;
    switch (done->step) {
        case OidcFinish::Step::done:
            return show_done(context, *done);
        case OidcFinish::Step::tell_number:
            return http::redirect_out(done->url);
        case OidcFinish::Step::try_again:
            return notice(context,
                          {N_("Your CPR number was not confirmed"),
                           context.word(N_("We need your CPR number to know who you are. Try again "
                                           "and write all ten digits.")),
                           done->url, N_("Try again")},
                          kOk);
        case OidcFinish::Step::stopped:
            break;
    }
    return notice(context,
                  {N_("You are not logged in"),
                   context.word(N_("You stopped the login. Nothing was changed.")),
                   login_page(context, done->next), N_("Log in again")},
                  kOk);
}

template <LoginMethod method>
Answer post_begin(Context& context) {
    return begin(context, method);
}
template <LoginMethod method>
Answer get_return(Context& context) {
    return finish(context, method);
}

template <LoginMethod method>
void add_rows(std::vector<PageRoute>& rows, std::string_view begins, std::string_view returns) {
    rows.push_back({"POST",
                    begins,
                    post_begin<method>,
                    Entry::everybody,
                    domain::module_of(method),
                    false,
                    {"next"}});
    rows.push_back(
        {"GET", returns, get_return<method>, Entry::everybody, domain::module_of(method)});
}

}  // namespace

std::vector<PageRoute> oidc_routes() {
    std::vector<PageRoute> rows;
    add_rows<LoginMethod::mitid>(rows, "/login/mitid", "/login/mitid/return");
    add_rows<LoginMethod::oidc>(rows, "/login/oidc", "/login/oidc/return");
    return rows;
}

}  // namespace portal::web
