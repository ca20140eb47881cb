// Where a login leads, whichever way somebody logged in: the one place that puts a page between.
// Called by every page that ends a login. Thread rule: one request. Source: C44, K24.
#pragma once

#include <string>
#include <string_view>

#include "daemon/web/context.hpp"
#include "service/login_session.hpp"

namespace portal::web {

/// A path of this host. `next`: the page that was asked for, or empty; one that is none of ours is
/// not followed.
base::Result<std::string> after_login_path(const Context& context, const service::LoggedIn& login,
                                           std::string_view next);

}  // namespace portal::web
