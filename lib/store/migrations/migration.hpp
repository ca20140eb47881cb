// The schema's history, compiled in: numbered, forward only, never edited after a release (their
// checksums stand in the ledger of each database). All that is pending is applied in one
// transaction. Additive first: nodes of versions N and N+1 run side by side on one database.
#pragma once

#include <span>
#include <string_view>

namespace portal::store {

/// SQL: several statements, with the macros of statement.hpp; common first, then the engine's own.
struct Migration {
    int version = 0;  // 1, 2, 3 ... without gaps
    std::string_view name;
    std::string_view common;
    std::string_view sqlite;
    std::string_view postgres;
    /// The newest version that the oldest portald which can still serve after this one knows;
    /// = version where every older portald must stop.
    int serves_from = 0;
    /// Tables made here without a column `tenant`, known to be of the whole installation.
    std::span<const std::string_view> global_tables;
};

/// In order. A new migration is `const Migration& migration_NNNN()` in NNNN_name.cpp, listed in
/// migrations.cpp.
std::span<const Migration> all_migrations();

/// Of all migrations, the ledger's own included.
bool is_global_table(std::string_view table, std::span<const Migration> migrations);

}  // namespace portal::store
