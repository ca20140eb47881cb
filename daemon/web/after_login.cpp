#include "daemon/web/after_login.hpp"

#include "daemon/http/address.hpp"
#include "service/consent.hpp"
#include "service/login.hpp"

namespace portal::web {

base::Result<std::string> after_login_path(const Context& context, const service::LoggedIn& login,
                                           std::string_view next) {
    const std::string wanted{context.is_page(next) ? next : ""};
    PORTAL_TRY(who,
               service::find_principal(context.services(), context.tenant(), login.token.reveal()));
    PORTAL_TRY(ask, service::must_ask_consent(context.session(), who));
    if (!ask) return wanted.empty() ? "/" : wanted;
    return "/consent?next=" + http::percent_encode(wanted.empty() ? "/" : wanted);
}

}  // namespace portal::web
