// Brings a database to the schema of this portald, or says why not. Called when a store is opened.
#pragma once

#include "base/clock.hpp"
#include "store/connection.hpp"
#include "store/migrations/migration.hpp"
#include "store/tx.hpp"

namespace portal::store {

inline constexpr const char* kPending =
    base::N_("The database's schema is older than this portald. Run portald migrate.");
inline constexpr const char* kNewer =
    base::N_("The database's schema {1} can no longer be served by this portald, which knows {2}.");
inline constexpr const char* kChanged =
    base::N_("Migration {1} of the database is not the one that this portald knows.");

/// Applies everything pending in one transaction; any number of processes may do so at once.
/// Errors: kNewer, kChanged (conflict), or that of the database; then nothing has changed.
base::Status migrate(Connection& connection, std::span<const Migration> migrations,
                     const base::Clock& clock);

/// That the ledger holds every migration of the list, unchanged, and none that this portald cannot
/// serve: kPending, kNewer, kChanged.
base::Status check_schema(Tx& tx, std::span<const Migration> migrations);

/// The migrations to apply, as `options` say.
std::span<const Migration> migrations_of(const StoreOptions& options);

/// migrate() or check_schema(), as `options` say. Without leave to create: kEmpty where there is no
/// ledger.
base::Status prepare_schema(Connection& connection, const StoreOptions& options,
                            const base::Clock& clock);

}  // namespace portal::store
