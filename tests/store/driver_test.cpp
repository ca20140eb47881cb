// The driver: values there and back, errors, savepoints, groups. One body, both engines.
#include <array>
#include <latch>
#include <limits>
#include <thread>

#include "harness.hpp"

namespace portal::store {
namespace {

using base::Bytes;
using base::ErrorCode;
using base::Result;
using base::Status;
using base::TenantId;
using test::ok;

constexpr Migration kThings{1,
                            "things",
                            R"sql(
CREATE TABLE thing (
  id {pk},
  tenant {i64} NOT NULL,
  name {text} NOT NULL,
  size {i64} CHECK (size < 1000000),
  data {blob},
  parent {i64} REFERENCES thing(id),
  CONSTRAINT thing_name_unique UNIQUE (tenant, name)
) {strict};
CREATE TABLE stay (staff {i64} NOT NULL, starts {i64} NOT NULL, ends {i64} NOT NULL) {strict};
CREATE TABLE wide (n {i64} NOT NULL) {strict};
)sql",
                            R"sql(
CREATE TRIGGER stay_overlap BEFORE INSERT ON stay BEGIN
  SELECT RAISE(ABORT, 'overlap') FROM stay
  WHERE staff = NEW.staff AND starts < NEW.ends AND ends > NEW.starts;
END;
)sql",
                            "ALTER TABLE stay ADD CONSTRAINT stay_overlap EXCLUDE USING gist"
                            " (staff WITH =, int8range(starts, ends) WITH &&)",
                            1,
                            {}};
constexpr std::array kMigrations{kThings};
constexpr TenantId kTenant{7};

constexpr Statement kInsert{"thing.insert", "INSERT INTO thing(tenant, name) VALUES ($1, $2)"};
constexpr Statement kSize{"thing.size",
                          "INSERT INTO thing(tenant, name, size) VALUES ($1, 'sized', $2)"};
constexpr Statement kParent{"thing.parent",
                            "INSERT INTO thing(tenant, name, parent) VALUES ($1, 'child', $2)"};
constexpr Statement kData{"thing.data",
                          "INSERT INTO thing(tenant, name, data) VALUES ($1, $2, $3)"
                          " RETURNING name, data, size, parent"};
constexpr Statement kCount{"thing.count", "SELECT COUNT(*) FROM thing WHERE tenant = $1"};
constexpr Statement kNames{"thing.names", "SELECT name FROM thing WHERE tenant = $1 ORDER BY name"};
constexpr Statement kStay{"stay.insert",
                          "INSERT INTO stay(staff, starts, ends) VALUES ($1, $2, $3)"};
constexpr Statement kAll{"thing.all", "SELECT COUNT(*) FROM thing", true};
constexpr Statement kInsertWide{"wide.insert", "INSERT INTO wide(n) VALUES ($1)"};
constexpr Statement kWide{"wide.list", "SELECT n FROM wide ORDER BY n"};

Status insert(Tx& tx, std::string_view name) {
    PORTAL_TRY(changed, tx.run(kInsert, tx.tenant(), name));
    if (changed != 1)
        return base::make_error(ErrorCode::internal, "changed " + std::to_string(changed));
    return {};
}

std::int64_t first_integer(const Row& row) {
    return row.integer(0);
}
std::string first_text(const Row& row) {
    return row.text(0);
}

std::int64_t count(Store& store, TenantId tenant = kTenant) {
    auto found = store.read(tenant, [&](Tx& tx) { return tx.find(kCount, first_integer, tenant); });
    REQUIRE(ok(found));
    return (*found).value_or(-1);
}

template <class... P>
Result<std::int64_t> write(Store& store, const Statement& statement, const P&... parameters) {
    return store.write(kTenant, [&](Tx& tx) { return tx.run(statement, parameters...); });
}

ENGINE_TEST("integers of 64 bits come back exactly", "[driver]") {
    const auto store = database.open(kMigrations);
    using Limits = std::numeric_limits<std::int64_t>;
    const std::vector<std::int64_t> numbers{
        Limits::min(), -5'000'000'000, -256,          -1,           0, 1,
        255,           2'147'483'648,  5'000'000'000, Limits::max()};
    for (const auto number : numbers) REQUIRE(ok(write(*store, kInsertWide, number)));
    const auto read = store->read(kTenant, [](Tx& tx) { return tx.list(kWide, first_integer); });
    REQUIRE(ok(read));
    CHECK(*read == numbers);
}

ENGINE_TEST("text, blobs and nulls come back as they went", "[driver]") {
    const auto store = database.open(kMigrations);
    const std::string name = "Åsa Öström 😀 'quoted' \"$1\" {pk} \\";
    const std::optional<Bytes> nothing;
    for (const auto& data : {std::optional{Bytes{0, 1, 0, 255}}, std::optional{Bytes{}}, nothing}) {
        const auto found = store->write(kTenant, [&](Tx& tx) {
            return tx.find(
                kData,
                [](const Row& row) {
                    CHECK(row.is_null(2));
                    CHECK_FALSE(row.maybe_integer(3));
                    return std::pair{row.text(0), row.maybe_blob(1)};
                },
                kTenant, name + std::to_string(data ? data->size() : 9), data);
        });
        REQUIRE(ok(found));
        CHECK((**found).first.starts_with(name));
        CHECK((**found).second == data);
    }
}

ENGINE_TEST("ids, moments and flags come back as they went", "[driver]") {
    const auto store = database.open(kMigrations);
    static constexpr Statement kSelect{
        "echo",
        "SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT),"
        " data FROM thing WHERE tenant = $4"};
    const base::Uuid id{{1, 2, 3, 0, 255}};
    const base::Instant at = base::from_ms(1'800'000'000'123);
    REQUIRE(ok(store->write(
        kTenant, [&](Tx& tx) { return tx.find(kData, first_text, kTenant, "uuid", id); })));
    const auto echoed = store->read(kTenant, [&](Tx& tx) {
        return tx.find(
            kSelect,
            [&](const Row& row) {
                return row.id<TenantId>(0) == TenantId{5} && row.instant(1) == at &&
                       row.boolean(2) && row.uuid(3) == id;
            },
            TenantId{5}, at, true, kTenant);
    });
    REQUIRE(ok(echoed));
    CHECK(**echoed);
}

ENGINE_TEST("parameters are found by number, not by their order in the text", "[driver]") {
    const auto store = database.open(kMigrations);
    static constexpr Statement kSwapped{
        "swapped",
        "SELECT CAST($2 AS BIGINT) * 100 + CAST($1 AS BIGINT) * 10 + CAST($2 AS BIGINT)"};
    const auto found =
        store->read(kTenant, [](Tx& tx) { return tx.find(kSwapped, first_integer, 1, 2); });
    REQUIRE(ok(found));
    CHECK(**found == 212);
}

ENGINE_TEST("a statement may have more than 32 parameters", "[driver]") {
    const auto store = database.open(kMigrations);
    std::string sql = "SELECT CAST($1 AS BIGINT)";
    for (int i = 2; i <= 40; ++i) sql += " + CAST($" + std::to_string(i) + " AS BIGINT)";
    const Statement sum{"sum", sql};
    const auto found = store->read(kTenant, [&](Tx& tx) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return tx.find(sum, first_integer, static_cast<int>(I)...);
        }
        (std::make_index_sequence<40>{});
    });
    REQUIRE(ok(found));
    CHECK(**found == 780);
}

ENGINE_TEST("a wrong number of parameters is an error", "[driver]") {
    const auto store = database.open(kMigrations);
    CHECK(write(*store, kInsert, kTenant).error().code == ErrorCode::internal);
    CHECK(write(*store, kInsert, kTenant, "a", "b").error().code == ErrorCode::internal);
    CHECK(count(*store) == 0);
}

ENGINE_TEST("a number that is no integer is not read as one", "[driver]") {
    const auto store = database.open(kMigrations);
    static constexpr Statement kFraction{"fraction", "SELECT 1.5"};
    const auto read =
        store->read(kTenant, [](Tx& tx) { return tx.find(kFraction, first_integer); });
    REQUIRE_FALSE(read);
    CHECK(base::describe(read.error()).find("column 0 is not an integer") != std::string::npos);
}

ENGINE_TEST("null and absent columns are not read as values", "[driver]") {
    const auto store = database.open(kMigrations);
    static constexpr Statement kNull{"null", "SELECT CAST(NULL AS BIGINT)"};
    const auto read = [&](int column) {
        return store->read(kTenant, [&](Tx& tx) {
            return tx.find(kNull, [&](const Row& row) { return row.integer(column); });
        });
    };
    CHECK(read(0).error().code == ErrorCode::internal);
    CHECK(read(1).error().code == ErrorCode::internal);
    CHECK(read(-1).error().code == ErrorCode::internal);
}

ENGINE_TEST("text that both engines cannot store alike is refused", "[driver]") {
    const auto store = database.open(kMigrations);
    using namespace std::string_view_literals;
    for (const auto bad : {"a\0b"sv, "\xff"sv, "\xc0\x80"sv, "\xed\xa0\x80"sv}) {
        CHECK(write(*store, kInsert, kTenant, bad).error().code == ErrorCode::invalid);
    }
    CHECK(count(*store) == 0);
}

ENGINE_TEST("each constraint has its own error on both engines", "[driver]") {
    const auto store = database.open(kMigrations);
    REQUIRE(ok(write(*store, kInsert, kTenant, "anna@example.se")));
    REQUIRE(ok(write(*store, kStay, 1, 100, 200)));

    const auto unique = write(*store, kInsert, kTenant, "anna@example.se").error();
    CHECK(unique.code == ErrorCode::conflict);
    CHECK(unique.key == kUnique);
    const auto foreign = write(*store, kParent, kTenant, 999).error();
    CHECK(foreign.code == ErrorCode::conflict);
    CHECK(foreign.key == kForeignKey);
    const auto overlap = write(*store, kStay, 1, 150, 250).error();
    CHECK(overlap.code == ErrorCode::conflict);
    CHECK(overlap.key == kOverlap);
    const auto check = write(*store, kSize, kTenant, 1'234'567).error();
    CHECK(check.code == ErrorCode::internal);
    for (const auto& error : {unique, foreign, overlap, check}) {
        REQUIRE(error.args.size() == 3);
        for (const auto& arg : error.args) {
            CHECK(arg.find("anna") == std::string::npos);
            CHECK(arg.find("1234567") == std::string::npos);
        }
    }
    CHECK(ok(write(*store, kStay, 1, 200, 300)));
    CHECK(ok(write(*store, kStay, 2, 150, 250)));
}

ENGINE_TEST("a statement that does not compile names itself", "[driver]") {
    const auto store = database.open(kMigrations);
    static constexpr Statement kWrong{"wrong.one", "SELECT nothing_like_it FROM thing"};
    const auto error = write(*store, kWrong).error();
    CHECK(error.code == ErrorCode::internal);
    CHECK(base::describe(error).find("wrong.one") != std::string::npos);
    CHECK(base::describe(error).find("nothing_like_it") != std::string::npos);
}

ENGINE_TEST("a closure that fails leaves nothing", "[driver]") {
    const auto store = database.open(kMigrations);
    const auto refused = store->write(kTenant, [](Tx& tx) -> Status {
        PORTAL_TRYV(insert(tx, "a"));
        return base::make_error(ErrorCode::forbidden, "no");
    });
    CHECK(refused.error().code == ErrorCode::forbidden);
    CHECK(count(*store) == 0);
}

ENGINE_TEST("a failed statement dooms its transaction, even when the closure goes on", "[driver]") {
    const auto store = database.open(kMigrations);
    const auto done = store->write(kTenant, [](Tx& tx) -> Status {
        PORTAL_TRYV(insert(tx, "a"));
        static_cast<void>(tx.run(kParent, tx.tenant(), 999));
        static_cast<void>(insert(tx, "b"));
        return {};
    });
    REQUIRE_FALSE(done);
    CHECK(done.error().key == kForeignKey);
    CHECK(count(*store) == 0);
}

ENGINE_TEST("an attempt that fails undoes only itself", "[driver]") {
    const auto store = database.open(kMigrations);
    const auto done = store->write(kTenant, [](Tx& tx) -> Status {
        PORTAL_TRYV(insert(tx, "a"));
        CHECK_FALSE(tx.attempt([](Tx& inner) -> Status {
            PORTAL_TRYV(insert(inner, "b"));
            return insert(inner, "a");
        }));
        CHECK(ok(tx.attempt([](Tx& inner) { return insert(inner, "c"); })));
        return insert(tx, "d");
    });
    REQUIRE(ok(done));
    const auto names =
        store->read(kTenant, [](Tx& tx) { return tx.list(kNames, first_text, kTenant); });
    REQUIRE(ok(names));
    CHECK(*names == std::vector<std::string>{"a", "c", "d"});
}

ENGINE_TEST("an exception in a closure is an error, and the next one works", "[driver]") {
    const auto store = database.open(kMigrations);
    const auto thrown = store->write(kTenant, [](Tx& tx) -> Status {
        PORTAL_TRYV(insert(tx, "a"));
        throw std::runtime_error("anna@example.se");
    });
    REQUIRE_FALSE(thrown);
    CHECK(thrown.error().code == ErrorCode::internal);
    CHECK(base::describe(thrown.error()).find("anna") == std::string::npos);
    CHECK(ok(write(*store, kInsert, kTenant, "a")));
    CHECK(count(*store) == 1);
}

ENGINE_TEST("a failing closure does not harm its neighbours in a group", "[driver]") {
    const auto store = database.open(kMigrations);
    constexpr int kClients = 16, kEach = 20;
    std::atomic<int> kept = 0;
    std::vector<std::thread> clients;
    for (int client = 0; client < kClients; ++client) {
        clients.emplace_back([&, client] {
            for (int i = 0; i < kEach; ++i) {
                const auto name = std::to_string(client) + "." + std::to_string(i);
                const auto done = store->write(kTenant, [&](Tx& tx) -> Status {
                    PORTAL_TRYV(insert(tx, name));
                    if (i % 4 == 1) return base::make_error(ErrorCode::forbidden, "no");
                    if (i % 4 == 2) return insert(tx, name);
                    if (i % 4 == 3) throw std::runtime_error("no");
                    return {};
                });
                if (done) ++kept;
            }
        });
    }
    for (auto& client : clients) client.join();
    CHECK(kept == kClients * kEach / 4);
    CHECK(count(*store) == kept);
    const auto stats = store->stats();
    CHECK(stats.writes == kClients * kEach);
    CHECK(stats.most_statements >= 1);
    CHECK(stats.commits >= 1);
    CHECK(stats.refused == 0);
    CHECK(stats.waiting == 0);
}

ENGINE_TEST("one of many clients gets the slot", "[driver]") {
    const auto store = database.open(kMigrations);
    constexpr int kClients = 40;
    std::atomic<int> booked = 0, taken = 0;
    std::vector<std::thread> clients;
    for (int client = 0; client < kClients; ++client) {
        clients.emplace_back([&] {
            const auto done = write(*store, kStay, 1, 100, 200);
            if (done) ++booked;
            if (!done && done.error().key == kOverlap) ++taken;
        });
    }
    for (auto& client : clients) client.join();
    CHECK(booked == 1);
    CHECK(taken == kClients - 1);
}

ENGINE_TEST("a read cannot write", "[driver]") {
    const auto store = database.open(kMigrations);
    const auto written = store->read(kTenant, [](Tx& tx) { return insert(tx, "a"); });
    CHECK_FALSE(written);
    CHECK(count(*store) == 0);
}

ENGINE_TEST("a read sees one snapshot", "[driver]") {
    const auto store = database.open(kMigrations);
    const auto seen = store->read(kTenant, [&](Tx& tx) -> Result<std::int64_t> {
        PORTAL_TRY(before, tx.find(kCount, first_integer, kTenant));
        std::thread{[&] { CHECK(ok(write(*store, kInsert, kTenant, "a"))); }}.join();
        PORTAL_TRY(after, tx.find(kCount, first_integer, kTenant));
        return *after - *before;
    });
    REQUIRE(ok(seen));
    CHECK(*seen == 0);
    CHECK(count(*store) == 1);
}

ENGINE_TEST("a statement that crosses tenants runs only for the system", "[driver]") {
    const auto store = database.open(kMigrations);
    const auto all = [](Tx& tx) { return tx.find(kAll, first_integer); };
    CHECK(store->read(kTenant, all).error().code == ErrorCode::internal);
    CHECK(store->write(kTenant, all).error().code == ErrorCode::internal);
    CHECK(ok(store->system_read(all)));
    CHECK(ok(store->system_write(all)));
}

ENGINE_TEST("find takes the first row and executes the whole statement", "[driver]") {
    const auto store = database.open(kMigrations);
    static constexpr Statement kTwo{"two",
                                    "INSERT INTO thing(tenant, name) VALUES ($1, 'a'), ($1, 'b')"
                                    " RETURNING name"};
    const auto first =
        store->write(kTenant, [](Tx& tx) { return tx.find(kTwo, first_text, kTenant); });
    REQUIRE(ok(first));
    CHECK(**first == "a");
    CHECK(count(*store) == 2);
    const auto none =
        store->read(kTenant, [](Tx& tx) { return tx.find(kNames, first_text, TenantId{8}); });
    REQUIRE(ok(none));
    CHECK_FALSE(none->has_value());
}

ENGINE_TEST("the number of changed rows is that of the statement", "[driver]") {
    const auto store = database.open(kMigrations);
    static constexpr Statement kTake{"take", "UPDATE thing SET size = 1 WHERE tenant = $1"};
    for (const auto* name : {"a", "b", "c"}) REQUIRE(ok(write(*store, kInsert, kTenant, name)));
    CHECK(*write(*store, kTake, kTenant) == 3);
    CHECK(*write(*store, kTake, TenantId{8}) == 0);
    CHECK(*write(*store, kCount, kTenant) == 0);
}

ENGINE_TEST("more statements than the cache holds all work", "[driver]") {
    auto options = database.options();
    options.migrations = kMigrations;
    options.connections = 1;
    const auto store = database.open(options);
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 300; ++i) {
            const auto sql = "SELECT CAST(" + std::to_string(i) + " AS BIGINT)";
            const Statement statement{"many", sql};
            const auto found =
                store->read(kTenant, [&](Tx& tx) { return tx.find(statement, first_integer); });
            REQUIRE(ok(found));
            REQUIRE(**found == i);
        }
    }
}

ENGINE_TEST("a recorder sees every statement with its values", "[driver]") {
    std::vector<std::string> seen;
    auto options = database.options();
    options.migrations = kMigrations;
    options.recorder = [&](const Statement& statement, std::span<const Value> values,
                           std::int64_t changed) {
        seen.push_back(std::string{statement.name} + " " + std::to_string(values.size()) + " " +
                       std::to_string(changed));
    };
    const auto store = database.open(options);
    REQUIRE(ok(write(*store, kInsert, kTenant, "a")));
    CHECK(count(*store) == 1);
    CHECK(seen == std::vector<std::string>{"thing.insert 2 1", "thing.count 1 0"});
}

ENGINE_TEST("a statement inside the mapping of another is refused", "[driver]") {
    const auto store = database.open(kMigrations);
    REQUIRE(ok(write(*store, kInsert, kTenant, "a")));
    const auto nested = store->read(kTenant, [](Tx& tx) {
        return tx.list(
            kNames,
            [&](const Row&) { return static_cast<bool>(tx.find(kCount, first_integer, kTenant)); },
            kTenant);
    });
    REQUIRE(ok(nested));
    CHECK(*nested == std::vector<bool>{false});
}

ENGINE_TEST("what was written is there after opening again", "[driver]") {
    {
        const auto store = database.open(kMigrations);
        REQUIRE(ok(write(*store, kInsert, kTenant, "a")));
    }
    const auto store = database.open(kMigrations);
    CHECK(count(*store) == 1);
    CHECK(ok(store->health()));
    CHECK_FALSE(store->failed());
}

}  // namespace
}  // namespace portal::store
