// Which tables a statement touches, as SQLite's parser sees it. For tests of the tenant rule.
#pragma once

#include <set>
#include <string>

#include "base/result.hpp"
#include "store/statement.hpp"

namespace portal::store {

/// Compiles `statement` against the schema of the file and answers the tables it reads or changes
/// itself (not those of its triggers).
base::Result<std::set<std::string>> touched_tables(const std::string& path,
                                                   const Statement& statement);

}  // namespace portal::store
