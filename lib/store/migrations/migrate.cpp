#include "store/migrations/migrate.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "store/failure.hpp"

namespace portal::store {
namespace {

constexpr std::string_view kLedgerSql = R"sql(
CREATE TABLE IF NOT EXISTS schema_migration (
  version {pk},
  name {text} NOT NULL,
  checksum {text} NOT NULL,
  applied_ms {i64} NOT NULL,
  serves_from {i64} NOT NULL
) {strict};
CREATE TABLE IF NOT EXISTS schema_probe (
  id {i64} NOT NULL PRIMARY KEY CHECK (id = 1),
  probed_ms {i64} NOT NULL
) {strict};
)sql";
constexpr std::array<std::string_view, 2> kLedgerTables{"schema_migration", "schema_probe"};

/// On PostgreSQL the lock lets one starter in; the others find nothing left to do. No time limit:
/// a migration may be long, and so the wait for it.
constexpr std::string_view kPostgresLock =
    "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
    "SELECT pg_advisory_xact_lock(5784218633106977025)";

constexpr Statement kLedger{"schema_migration.list",
                            "SELECT version, checksum, serves_from FROM schema_migration"
                            " ORDER BY version"};
constexpr Statement kRecord{
    "schema_migration.insert",
    "INSERT INTO schema_migration(version, name, checksum, applied_ms, serves_from)"
    " VALUES ($1, $2, $3, $4, $5)"};

struct LedgerRow {
    std::int64_t version;
    std::string checksum;
    std::int64_t serves_from;
};

/// FNV-1a, 64 bits: against a changed text, not against an enemy (docs/decisions/0009).
std::string checksum(const Migration& migration) {
    std::uint64_t hash = 14695981039346656037U;
    for (const auto part : {migration.common, migration.sqlite, migration.postgres}) {
        for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        hash = (hash ^ 0xFFU) * 1099511628211U;
    }
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(hash >> (56U - 8U * i));
    }
    return base::format_hex(bytes);
}

base::Result<std::vector<LedgerRow>> load_ledger(Tx& tx) {
    return tx.list(kLedger, [](const Row& row) {
        return LedgerRow{row.integer(0), row.text(1), row.integer(2)};
    });
}

/// How many of `migrations` the ledger holds; an error where it holds something else.
base::Result<std::size_t> count_applied(const std::vector<LedgerRow>& ledger,
                                        std::span<const Migration> migrations) {
    std::size_t applied = 0;
    const auto known = static_cast<std::int64_t>(migrations.size());
    for (const auto& row : ledger) {
        if (row.serves_from > known) {
            return base::make_error(base::ErrorCode::conflict, kNewer,
                                    {std::to_string(row.version), std::to_string(known)});
        }
        if (row.version > known) continue;  // newer, but we can serve beside it
        const auto next = static_cast<std::int64_t>(applied) + 1;
        if (row.version != next || row.checksum != checksum(migrations[applied])) {
            return base::make_error(base::ErrorCode::conflict, kChanged, {std::to_string(next)});
        }
        ++applied;
    }
    return applied;
}

base::Status apply(Connection& connection, Tx& tx, const Migration& migration, base::Instant now) {
    PORTAL_TRYV(connection.script(migration.name, migration.common));
    const bool sqlite = connection.dialect() == Dialect::sqlite;
    PORTAL_TRYV(connection.script(migration.name, sqlite ? migration.sqlite : migration.postgres));
    PORTAL_TRY(changed, tx.run(kRecord, migration.version, migration.name, checksum(migration), now,
                               migration.serves_from));
    return {};
}

base::Status apply_pending(Connection& connection, std::span<const Migration> migrations,
                           base::Instant now) {
    if (connection.dialect() == Dialect::postgres) {
        PORTAL_TRYV(connection.script("migrate.lock", kPostgresLock));
    }
    PORTAL_TRYV(connection.script("migrate.ledger", kLedgerSql));
    Tx tx{connection, base::TenantId{}, nullptr};
    PORTAL_TRY(ledger, load_ledger(tx));
    PORTAL_TRY(applied, count_applied(ledger, migrations));
    for (const auto& migration : migrations.subspan(applied)) {
        PORTAL_TRYV(apply(connection, tx, migration, now));
    }
    return {};
}

base::Status check_only(Connection& connection, std::span<const Migration> migrations) {
    PORTAL_TRYV(connection.begin(Store::Kind::read));
    Tx tx{connection, base::TenantId{}, nullptr};
    auto checked = check_schema(tx, migrations);
    connection.rollback();
    return checked;
}

}  // namespace

base::Status migrate(Connection& connection, std::span<const Migration> migrations,
                     const base::Clock& clock) {
    PORTAL_TRYV(connection.begin(Store::Kind::write));
    auto done = apply_pending(connection, migrations, clock.now());
    if (!done) {
        connection.rollback();
        return done;
    }
    return connection.commit();
}

base::Status check_schema(Tx& tx, std::span<const Migration> migrations) {
    PORTAL_TRY(ledger, load_ledger(tx));
    PORTAL_TRY(applied, count_applied(ledger, migrations));
    if (applied < migrations.size()) return base::make_error(base::ErrorCode::conflict, kPending);
    return {};
}

base::Status prepare_schema(Connection& connection, const StoreOptions& options,
                            const base::Clock& clock) {
    const auto migrations = migrations_of(options);
    if (options.migrate && options.create) return migrate(connection, migrations, clock);
    auto checked = check_only(connection, migrations);
    if (!checked && checked.error().code == base::ErrorCode::internal) {  // no ledger yet
        return base::make_error(base::ErrorCode::conflict, options.create ? kPending : kEmpty);
    }
    return options.migrate ? migrate(connection, migrations, clock) : checked;
}

bool is_global_table(std::string_view table, std::span<const Migration> migrations) {
    const auto holds = [table](std::span<const std::string_view> tables) {
        return std::find(tables.begin(), tables.end(), table) != tables.end();
    };
    return holds(kLedgerTables) ||
           std::any_of(migrations.begin(), migrations.end(), [&holds](const Migration& migration) {
               return holds(migration.global_tables);
           });
}

}  // namespace portal::store
