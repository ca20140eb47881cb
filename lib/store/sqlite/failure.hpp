// SQLite's extended codes in the words of both engines. Pure.
#pragma once

#include <string_view>

#include "store/connection.hpp"
#include "store/failure.hpp"

namespace portal::store {

/// `message`: sqlite3_errmsg; only the name of a constraint is taken from it.
Failure sqlite_failure(int extended_code, std::string_view message);
Trouble sqlite_trouble(int extended_code);

}  // namespace portal::store
