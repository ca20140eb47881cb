// Migrations: all or nothing, once, and refusals that say why.
#include <array>
#include <filesystem>
#include <fstream>
#include <latch>
#include <thread>

#include "harness.hpp"
#include "store/migrations/migrate.hpp"

namespace portal::store {
namespace {

using base::ErrorCode;
using test::ok;

constexpr std::array<std::string_view, 1> kGlobal{"planet"};
constexpr Migration kFirst{
    1, "first", "CREATE TABLE planet (id {pk}, name {text} NOT NULL) {strict};", "", "",
    1, kGlobal};
constexpr Migration kSecond{2,
                            "second",
                            "CREATE TABLE moon (id {pk}, planet {i64} REFERENCES planet(id))"
                            " {strict}; INSERT INTO planet(name) VALUES ('Tellus');",
                            "CREATE INDEX moon_sqlite ON moon(planet);",
                            "CREATE INDEX moon_postgres ON moon(planet);",
                            1,
                            {}};
constexpr std::array kOne{kFirst};
constexpr std::array kBoth{kFirst, kSecond};

constexpr Statement kPlanets{"planet.count", "SELECT COUNT(*) FROM planet", true};
constexpr Statement kLedger{"ledger.count", "SELECT COUNT(*) FROM schema_migration", true};

std::int64_t first_integer(const Row& row) {
    return row.integer(0);
}

base::Result<std::int64_t> count(Store& store, const Statement& statement) {
    PORTAL_TRY(found, store.system_read([&](Tx& tx) { return tx.find(statement, first_integer); }));
    return found.value_or(-1);
}

base::Error refused(test::Database& database, std::span<const Migration> migrations,
                    bool migrate = true) {
    auto options = database.options();
    options.migrations = migrations;
    options.migrate = migrate;
    const auto opened = Store::open(options, database.clock);
    REQUIRE_FALSE(opened);
    return opened.error();
}

ENGINE_TEST("pending migrations are applied once, in order", "[migration]") {
    CHECK(*count(*database.open(kOne), kLedger) == 1);
    CHECK(*count(*database.open(kBoth), kLedger) == 2);
    const auto store = database.open(kBoth);
    CHECK(*count(*store, kLedger) == 2);
    CHECK(*count(*store, kPlanets) == 1);
}

ENGINE_TEST("a migration that breaks in the middle leaves nothing", "[migration]") {
    constexpr Migration kBroken{
        3, "broken", "CREATE TABLE a (n {i64}); CREATE TABLE a (n {i64});", "", "", 1, {}};
    const std::array migrations{kFirst, kSecond, kBroken};
    const auto error = refused(database, migrations);
    CHECK(base::describe(error).find("broken") != std::string::npos);
    const auto store = database.open(kOne);
    CHECK(*count(*store, kLedger) == 1);
    CHECK(*count(*store, kPlanets) == 0);
}

ENGINE_TEST("a changed migration is refused", "[migration]") {
    static_cast<void>(database.open(kBoth));
    auto changed = kSecond;
    changed.common = "CREATE TABLE moon (id {pk}) {strict};";
    const std::array migrations{kFirst, changed};
    CHECK(refused(database, migrations).key == kChanged);
    CHECK(refused(database, migrations, false).key == kChanged);
}

ENGINE_TEST("an older portald serves beside a newer schema until that one says no", "[migration]") {
    static_cast<void>(database.open(kBoth));
    CHECK(ok(database.open(kOne)->health()));
    constexpr Migration kFinal{3, "final", "DROP TABLE moon;", "", "", 3, {}};
    const std::array migrations{kFirst, kSecond, kFinal};
    static_cast<void>(database.open(migrations));
    CHECK(refused(database, kBoth).key == kNewer);
    CHECK(refused(database, kOne, false).key == kNewer);
}

ENGINE_TEST("without leave to migrate an old schema is refused and left alone", "[migration]") {
    CHECK(refused(database, kOne, false).key == kPending);
    static_cast<void>(database.open(kOne));
    CHECK(refused(database, kBoth, false).key == kPending);
    auto options = database.options();
    options.migrations = kOne;
    options.migrate = false;
    CHECK(*count(*database.open(options), kLedger) == 1);
}

ENGINE_TEST("without leave to create an empty database is refused and left alone", "[migration]") {
    auto options = database.options();
    options.migrations = kOne;
    options.create = false;
    const auto open_key = [&] {
        const auto opened = Store::open(options, database.clock);
        return opened ? std::string{} : opened.error().key;
    };
    if (database.is_sqlite()) {
        CHECK(Store::open(options, database.clock).error().code == ErrorCode::unavailable);
        CHECK_FALSE(std::filesystem::exists(database.path()));
        std::ofstream{database.path()}.flush();
    }
    CHECK(open_key() == kEmpty);
    options.migrate = false;
    CHECK(open_key() == kEmpty);
    static_cast<void>(database.open(kOne));
    CHECK(open_key().empty());
    options.migrations = kBoth;
    CHECK(open_key() == kPending);
    options.migrate = true;
    CHECK(open_key().empty());
}

ENGINE_TEST("eight that start at once migrate once", "[migration]") {
    constexpr int kStarters = 8;
    std::latch gate{kStarters};
    std::atomic<int> started = 0, locked_out = 0;
    std::vector<std::thread> starters;
    for (int i = 0; i < kStarters; ++i) {
        starters.emplace_back([&] {
            auto options = database.options();
            options.migrations = kBoth;
            gate.arrive_and_wait();
            const auto opened = Store::open(options, database.clock);
            if (opened) ++started;
            if (!opened && opened.error().code == ErrorCode::unavailable) ++locked_out;
        });
    }
    for (auto& starter : starters) starter.join();
    CHECK(started + locked_out == kStarters);
    // One process at a time opens an SQLite file; PostgreSQL lets all in, one after the other.
    CHECK(started >= (database.is_sqlite() ? 1 : kStarters));
    const auto store = database.open(kBoth);
    CHECK(*count(*store, kLedger) == 2);
    CHECK(*count(*store, kPlanets) == 1);
}

ENGINE_TEST("health sees a schema that went on without us", "[migration]") {
    const auto store = database.open(kOne);
    REQUIRE(ok(store->health()));
    static constexpr Statement kFuture{
        "future",
        "INSERT INTO schema_migration(version, name, checksum, applied_ms, serves_from)"
        " VALUES (9, 'future', 'x', 0, 9)"};
    REQUIRE(ok(store->system_write([](Tx& tx) { return tx.run(kFuture); })));
    CHECK(store->health().error().key == kNewer);
}

ENGINE_TEST("Portal's own schema is applied and healthy", "[migration]") {
    const auto store = database.open();
    CHECK(ok(store->health()));
    CHECK(*count(*store, kLedger) == static_cast<std::int64_t>(all_migrations().size()));
}

TEST_CASE("migrations are numbered from one without gaps", "[migration]") {
    int expected = 0;
    for (const auto& migration : all_migrations()) {
        CHECK(migration.version == ++expected);
        CHECK(migration.serves_from >= 1);
        CHECK(migration.serves_from <= migration.version);
    }
    CHECK(is_global_table("planet", kBoth));
    CHECK(is_global_table("schema_migration", kBoth));
    CHECK_FALSE(is_global_table("moon", kBoth));
}

TEST_CASE("an address of no engine is refused without repeating it", "[driver]") {
    const base::SystemClock clock;
    for (const auto* url :
         {"", "mysql://anna:hemligt@host/db", "postgresql://anna:hemligt@[x/db"}) {
        StoreOptions options;
        options.url = url;
        const auto opened = Store::open(options, clock);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::invalid);
        CHECK(opened.error().field == "database.url");
        CHECK((base::describe(opened.error()) + opened.error().hint).find("hemligt") ==
              std::string::npos);
    }
}

}  // namespace
}  // namespace portal::store
