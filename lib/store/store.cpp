#include "store/store.hpp"

#include "store/engine.hpp"
#include "store/migrations/migrate.hpp"

namespace portal::store {
namespace {

constexpr const char* kUrl =
    base::N_("The database's address must begin with sqlite: or postgresql://.");

constexpr Statement kProbe{"store.probe",
                           "INSERT INTO schema_probe(id, probed_ms) VALUES (1, $1)"
                           " ON CONFLICT(id) DO UPDATE SET probed_ms = excluded.probed_ms"};

base::Result<std::unique_ptr<Engine>> open_engine(const StoreOptions& options,
                                                  const base::Clock& clock) {
    const std::string_view url = options.url;
    if (url.starts_with("sqlite:")) return open_sqlite(options, clock);
    if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
        return open_postgres(options, clock);
    }
    return base::invalid("database.url", kUrl);
}

}  // namespace

std::span<const Migration> migrations_of(const StoreOptions& options) {
    return options.migrations.value_or(all_migrations());
}

Store::Store(std::unique_ptr<Engine> engine, std::span<const Migration> migrations,
             const base::Clock& clock)
    : engine_(std::move(engine)), migrations_(migrations), clock_(clock) {}
Store::~Store() = default;

base::Result<std::unique_ptr<Store>> Store::open(StoreOptions options, const base::Clock& clock) {
    PORTAL_TRY(engine, open_engine(options, clock));
    return std::unique_ptr<Store>(new Store(std::move(engine), migrations_of(options), clock));
}

base::Status Store::transact(base::TenantId tenant, Act act, Kind kind) {
    return engine_->transact(tenant, act, kind);
}

base::Status Store::health() {
    const auto now = clock_.now();
    PORTAL_TRYV(system_write([&](Tx& tx) -> base::Status {
        PORTAL_TRY(changed, tx.run(kProbe, now));
        return {};
    }));
    return system_read([&](Tx& tx) { return check_schema(tx, migrations_); });
}

bool Store::failed() const {
    return engine_->failed();
}

StoreStats Store::stats() const {
    return engine_->stats();
}

}  // namespace portal::store
