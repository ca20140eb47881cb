// One's own sessions: seen and ended; and going on before the time is out. Source: ASVS 7.5.2, L12.
#include "daemon/web/sessions.hpp"

#include "daemon/web/routes.hpp"
#include "service/session_list.hpp"
#include "text/device.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::LoginMethod;

std::string device_words(const Context& context, std::string_view label) {
    const auto [browser, system] = text::split_device_label(label);
    if (browser.empty() && system.empty()) return context.word(N_("An unknown device"));
    if (browser.empty() || system.empty()) return browser.empty() ? system : browser;
    return base::fill_arguments(context.word(N_("{1} on {2}")), {browser, system});
}

const char* method_words(LoginMethod method) {
    switch (method) {
        case LoginMethod::bankid:
            return N_("Logged in with BankID");
        case LoginMethod::mitid:
            return N_("Logged in with MitID");
        case LoginMethod::oidc:
            return N_("Logged in with an electronic ID");
        case LoginMethod::password:
            break;
    }
    return N_("Logged in with password and code");
}

const char* done_sentence(std::string_view name) {
    if (name == "ended") return N_("That device is logged out.");
    if (name == "others-ended") return N_("All your other devices are logged out.");
    return "";
}

Answer show_sessions(Context& context) {
    PORTAL_TRY(sessions, service::list_own_sessions(context.session()));
    SessionsPage page;
    page.frame = context.frame(N_("Where you are logged in"));
    page.frame.done = context.word(done_sentence(context.request().query.text("done")));
    for (const auto& [view, current] : sessions) {
        page.sessions.push_back({base::format_uuid(view.id), device_words(context, view.device),
                                 context.word(method_words(view.method)),
                                 context.when(view.created_at, text::DateStyle::full),
                                 context.when(view.seen_at, text::DateStyle::full), current});
        page.others = page.others || !current;
    }
    page.token = context.form_token();
    return context.page("sessions", page);
}

Answer post_end(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const auto id = base::parse_uuid(context.form.text("session"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    PORTAL_TRYV(service::end_own_session(context.session(), *id));
    return http::redirect("/sessions?done=ended");
}

Answer post_end_others(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(ended, service::end_other_sessions(context.session()));
    return http::redirect("/sessions?done=others-ended");
}

/// The request itself was a use of the session: what is left is full again. For the script:
/// seconds.
Answer post_extend(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const auto here = context.form.text("here");
    if (!here.empty()) return http::redirect(here);
    const auto left = service::time_left(context.session());
    return http::json("{\"left\": " + std::to_string(left.next().count()) +
                      ", \"most\": " + std::to_string(left.most.count()) + "}\n");
}

}  // namespace

std::vector<PageRoute> sessions_routes() {
    return {{"GET", "/sessions", show_sessions},
            {"POST", "/sessions/end", post_end, Entry::member, {}, false, {"session"}, false},
            {"POST", "/sessions/end-others", post_end_others},
            {"POST", "/session/extend", post_extend, Entry::member, {}, false, {"here"}, false}};
}

base::Status check_sessions(text::Templates& templates) {
    return templates.check<SessionsPage>("sessions");
}

}  // namespace portal::web
