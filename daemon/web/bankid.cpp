// Logging in with BankID: one page that begins, waits and ends; what its script and its frame ask
// for; and where the app comes back to. Source: C43, L10, K12, K13, P24.
#include "daemon/web/bankid.hpp"

#include "base/json.hpp"
#include "crypto/token.hpp"
#include "daemon/web/after_login.hpp"
#include "daemon/web/routes.hpp"
#include "service/bankid.hpp"
#include "text/qr.hpp"

namespace portal::web {
namespace {

using base::N_;
using identity::BankIdFlow;
using identity::Device;
using service::BankIdView;

constexpr std::string_view kCookie = "__Host-eid";
constexpr int kForbidden = 403;

/// Lax: the app opens the page to return to, which is no link of our own.
http::Cookie browser_cookie(std::string value) {
    http::Cookie cookie{std::string{kCookie}, std::move(value)};
    cookie.max_age_s =
        cookie.value.empty() ? 0 : std::chrono::seconds{service::kBankIdLifetime}.count();
    return cookie;
}

service::BankIdBrowser browser_of(const Context& context) {
    const auto& request = context.request();
    service::BankIdBrowser browser;
    browser.token = base::Secret{std::string{request.cookie(kCookie).value_or("")}};
    browser.address = request.client_address;
    browser.host = request.host;
    browser.user_agent = request.header("User-Agent");
    return browser;
}

Device device_of(const Context& context) {
    return identity::device_of(context.request().header("User-Agent"));
}

std::string form_binding(const Context& context) {
    return "login:" + std::to_string(context.tenant().id.value);
}

/// Of the forms that belong to what this browser has begun.
std::string order_binding(const Context& context) {
    const auto token = context.request().cookie(kCookie).value_or("");
    return "bankid:" + base::format_hex(crypto::hash_token(token));
}

http::Response notice(const Context& context, const char* title, const std::string& text,
                      int status) {
    NoticePage page;
    page.frame = context.frame(title);
    page.text = text;
    page.next = with_language(context, "/login");
    page.next_label = context.word(N_("Back to the login page"));
    return context.page("notice", page, status);
}

// ---- beginning and cancelling

/// What was chosen; else a link where the phone itself may have the app, and a code elsewhere.
base::Result<BankIdFlow> flow_of(const Context& context) {
    const auto chosen = context.form.find("flow");
    if (!chosen)
        return device_of(context) == Device::phone ? BankIdFlow::same_device : BankIdFlow::qr;
    if (*chosen == "device") return BankIdFlow::same_device;
    if (*chosen == "qr") return BankIdFlow::qr;
    return base::invalid("flow", N_("The form is malformed."));
}

Answer post_start(Context& context) {
    PORTAL_TRYV(context.read_token_for(form_binding(context)));
    PORTAL_TRY(flow, flow_of(context));
    const auto next = context.form.text("next");
    PORTAL_TRY(token, service::start_bankid(context.session(), browser_of(context), flow,
                                            context.is_page(next) ? std::string{next} : ""));
    auto response = http::redirect(with_language(context, "/login/bankid"));
    response.headers.add("Set-Cookie", http::format_cookie(browser_cookie(token.reveal())));
    return response;
}

Answer post_cancel(Context& context) {
    PORTAL_TRYV(context.read_token_for(order_binding(context)));
    PORTAL_TRYV(service::cancel_bankid(context.session(), browser_of(context)));
    auto response = http::redirect(with_language(context, "/login"));
    response.headers.add("Set-Cookie", http::format_cookie(browser_cookie({})));
    return response;
}

// ---- waiting

std::string words(const Context& context, const BankIdView& view) {
    return context.word(identity::words_of(view.message).sentence);
}

template <class View>
base::Status draw_code(const BankIdView& view, View& page) {
    if (view.qr_text.empty()) return {};
    PORTAL_TRY(picture, text::draw_qr(view.qr_text));
    page.size = picture.size;
    page.path = picture.path;
    return {};
}

Answer show_order(const Context& context, const BankIdView& view) {
    BankIdPage page;
    page.frame = context.frame(N_("Log in with BankID"));
    page.waiting = view.stage == BankIdView::waiting;
    page.same_device = view.flow == BankIdFlow::same_device;
    page.on_phone = device_of(context) == Device::phone;
    page.text = words(context, view);
    page.what_next = context.word(identity::words_of(view.message).next);
    PORTAL_TRYV(draw_code(view, page));
    page.phone_link = view.phone_link;
    page.auto_start = view.auto_start;
    page.start_path = page.page_path = with_language(context, "/login/bankid");
    page.status_path = with_language(context, "/login/bankid/status");
    page.frame_path = with_language(context, "/login/bankid/frame");
    page.cancel_path = with_language(context, "/login/bankid/cancel");
    page.login_path = with_language(context, "/login");
    page.next = view.next;
    page.token = context.form_token_for(form_binding(context));
    page.cancel_token = context.form_token_for(order_binding(context));
    auto response = context.page("bankid", page);
    response.framing = http::Framing::holds;
    return response;
}

/// For the script. A browser that has begun nothing is told to ask for the page, which says so.
Answer show_status(Context& context) {
    PORTAL_TRY(view, service::look_at_bankid(context.session(), browser_of(context)));
    BankIdStatus status;
    if (view) {
        status.waiting = view->stage == BankIdView::waiting;
        status.text = words(context, *view);
        PORTAL_TRYV(draw_code(*view, status));
    }
    return http::json(base::to_json(status));
}

Answer show_frame(Context& context) {
    PORTAL_TRY(view, service::look_at_bankid(context.session(), browser_of(context)));
    BankIdFrame page;
    page.lang = text::format_language(context.session().language());
    page.style = context.frame("").style;
    page.page_path = with_language(context, "/login/bankid");
    if (view) {
        page.waiting = view->stage == BankIdView::waiting;
        page.text = words(context, *view);
        PORTAL_TRYV(draw_code(*view, page));
    }
    auto response = context.page("bankid_frame", page);
    response.framing = http::Framing::inside;
    return response;
}

// ---- the end

Answer log_in(const Context& context, const service::LoggedIn& login, std::string_view next) {
    PORTAL_TRY(path, after_login_path(context, login, next));
    auto response = http::redirect(path);
    http::set_session_cookie(response, login.token.reveal());
    response.headers.add("Set-Cookie", http::format_cookie(browser_cookie({})));
    return response;
}

Answer complete(Context& context) {
    PORTAL_TRY(done, service::complete_bankid(context.session(), browser_of(context)));
    if (done.answer.login) return log_in(context, *done.answer.login, done.next);
    auto response =
        notice(context, N_("You are not registered here"),
               context.word(N_("We know who you are, but you are not registered at this clinic. "
                               "Please call the clinic.")),
               kForbidden);
    response.headers.add("Set-Cookie", http::format_cookie(browser_cookie({})));
    return response;
}

Answer show_page(Context& context) {
    PORTAL_TRY(view, service::look_at_bankid(context.session(), browser_of(context)));
    if (!view) return http::redirect(with_language(context, "/login"));
    if (view->stage == BankIdView::proved) return complete(context);
    if (view->stage == BankIdView::used) return http::redirect("/");
    return show_order(context, *view);
}

Answer show_return(Context& context) {
    PORTAL_TRY(here, service::return_from_bankid(context.session(), browser_of(context),
                                                 context.request().query.text("nonce")));
    if (here) return http::redirect(with_language(context, "/login/bankid"));
    NoticePage page;
    page.frame = context.frame(N_("Go back to where you began"));
    page.text = context.word(
        N_("You began to log in in another browser. Go back to it: the login goes on there. You "
           "are not logged in here."));
    return context.page("notice", page);
}

}  // namespace

std::vector<PageRoute> bankid_routes() {
    constexpr auto kModule = domain::Module::bankid;
    const auto everybody = Entry::everybody;
    return {
        {"POST", "/login/bankid", post_start, everybody, kModule, false, {"flow", "next"}},
        {"GET", "/login/bankid", show_page, everybody, kModule},
        {"GET", "/login/bankid/status", show_status, everybody, kModule},
        {"GET", "/login/bankid/frame", show_frame, everybody, kModule},
        {"GET", "/login/bankid/return", show_return, everybody, kModule},
        {"POST", "/login/bankid/cancel", post_cancel, everybody, kModule},
    };
}

base::Status check_bankid(text::Templates& templates) {
    PORTAL_TRYV(templates.check<BankIdPage>("bankid"));
    return templates.check<BankIdFrame>("bankid_frame");
}

}  // namespace portal::web
