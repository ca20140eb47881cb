// The first page, logging out and the language of a session. Source: K4, K25.
#include "daemon/web/routes.hpp"
#include "service/login.hpp"
#include "service/oidc.hpp"

namespace portal::web {
namespace {

using base::N_;

Answer show_first_page(Context& context) {
    const auto kind = context.session().who().kind;
    if (kind == service::Principal::staff) return http::redirect("/staff");
    if (context.tenant().has(domain::Module::booking)) return http::redirect("/bookings");
    if (kind == service::Principal::patient && context.tenant().has(domain::Module::communication))
        return http::redirect("/messages");
    NoticePage page;
    page.frame = context.frame(N_("Welcome"));
    page.text = context.word(N_("There is nothing for you to do here just now."));
    return context.page("notice", page);
}

Answer post_logout(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRYV(service::log_out(context.session()));
    const auto away = service::find_provider_logout(context.session());
    auto response =
        away.empty() ? http::redirect("/login?done=logged-out") : http::redirect_out(away);
    http::clear_session_cookie(response);
    return response;
}

Answer post_language(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const auto language = text::parse_language(context.form.text("language"));
    if (!language) return base::invalid("language", N_("Choose one of the languages."));
    PORTAL_TRYV(service::choose_language(context.session(), *language));
    return http::redirect(context.form.text("here"));
}

}  // namespace

std::vector<PageRoute> session_routes() {
    return {{"GET", "/", show_first_page},
            {"POST", "/logout", post_logout},
            {"POST",
             "/language",
             post_language,
             Entry::member,
             {},
             false,
             {"language", "here"},
             false}};
}

}  // namespace portal::web
