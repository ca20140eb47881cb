// The cookie of a browser that asked for a mailed link. Source: L8.
#pragma once

#include "daemon/web/context.hpp"

namespace portal::web {

/// Lax: the link in the mail leads here from another site.
inline http::Cookie make_mark_cookie(const Context& context, std::string_view name,
                                     const base::Secret& mark) {
    http::Cookie cookie{std::string{name}, mark.reveal()};
    const std::chrono::hours life{context.session().services().options.link_hours};
    cookie.max_age_s = std::chrono::seconds{life}.count();
    return cookie;
}

}  // namespace portal::web
