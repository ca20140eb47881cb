// SQLSTATEs in the words of both engines. Pure.
#pragma once

#include <string_view>

#include "store/connection.hpp"
#include "store/failure.hpp"

namespace portal::store {

/// An empty `sqlstate`: the connection failed before the server could answer.
Failure postgres_failure(std::string_view sqlstate, std::string_view constraint);
Trouble postgres_trouble(std::string_view sqlstate);
/// Prepared statements are no longer right, or gone: prepare them anew.
bool is_stale_plan(std::string_view sqlstate);

}  // namespace portal::store
