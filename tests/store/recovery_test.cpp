// What goes wrong between a closure and the disk or the server, and what the caller is told.
#include <array>
#include <latch>
#include <thread>

#include "harness.hpp"

namespace portal::store {
namespace {

using base::ErrorCode;
using base::Result;
using base::Status;
using base::TenantId;
using test::ok;

constexpr Migration kCounters{1,
                              "counters",
                              "CREATE TABLE counter (id {pk}, n {i64} NOT NULL) {strict};"
                              "INSERT INTO counter(id, n) VALUES (1, 0), (2, 0);",
                              "",
                              "",
                              1,
                              {}};
constexpr std::array kMigrations{kCounters};
constexpr TenantId kTenant{7};

constexpr Statement kAdd{"counter.add", "UPDATE counter SET n = n + 1 WHERE id = $1"};
constexpr Statement kSum{"counter.sum", "SELECT CAST(SUM(n) AS BIGINT) FROM counter"};
constexpr Statement kOne{"counter.one", "SELECT n FROM counter WHERE id = $1"};
constexpr Statement kBackend{"backend", "SELECT CAST(pg_backend_pid() AS BIGINT)"};
constexpr Statement kEndSelf{"end", "SELECT pg_terminate_backend(pg_backend_pid())"};

std::int64_t first_integer(const Row& row) {
    return row.integer(0);
}

std::int64_t sum(Store& store) {
    const auto found = store.read(kTenant, [](Tx& tx) { return tx.find(kSum, first_integer); });
    REQUIRE(ok(found));
    return **found;
}

Result<std::int64_t> add(Store& store, int id) {
    return store.write(kTenant, [id](Tx& tx) { return tx.run(kAdd, id); });
}

/// One connection, so that a test knows which one it breaks.
std::unique_ptr<Store> open_narrow(test::Database& database) {
    auto options = database.options();
    options.migrations = kMigrations;
    options.connections = 1;
    options.patience = base::Millis{300};
    return database.open(options);
}

ENGINE_TEST("two closures that lock each other both end well", "[recovery]") {
    const auto store = database.open(kMigrations);
    std::latch both{2};
    const bool concurrent = !database.is_sqlite();
    const auto cross = [&](int first, int second) {
        bool waited = !concurrent;
        const auto done = store->write(kTenant, [&](Tx& tx) -> Status {
            PORTAL_TRY(one, tx.run(kAdd, first));
            if (!std::exchange(waited, true)) both.arrive_and_wait();
            PORTAL_TRY(two, tx.run(kAdd, second));
            return {};
        });
        return static_cast<bool>(done);
    };
    std::atomic<int> done = 0;
    std::thread left{[&] { done += cross(1, 2); }};
    std::thread right{[&] { done += cross(2, 1); }};
    left.join();
    right.join();
    CHECK(done == 2);
    CHECK(sum(*store) == 4);
    CHECK((store->stats().retries > 0) == concurrent);
}

ENGINE_TEST("counters of many clients lose nothing", "[recovery]") {
    const auto store = database.open(kMigrations);
    std::vector<std::thread> clients;
    for (int i = 0; i < 8; ++i) {
        clients.emplace_back([&] {
            for (int n = 0; n < 25; ++n) static_cast<void>(add(*store, 1 + n % 2));
        });
    }
    for (auto& client : clients) client.join();
    CHECK(sum(*store) == 200);
}

ENGINE_TEST("a connection that breaks in a closure answers unavailable, the next one works",
            "[recovery]") {
    const auto store = open_narrow(database);
    if (!database.is_sqlite()) {
        const auto broken = store->write(kTenant, [](Tx& tx) -> Status {
            PORTAL_TRY(added, tx.run(kAdd, 1));
            PORTAL_TRY(ended, tx.run(kEndSelf));
            return {};
        });
        REQUIRE_FALSE(broken);
        CHECK(broken.error().code == ErrorCode::unavailable);
        CHECK(broken.error().key == kLost);
    }
    CHECK(ok(add(*store, 1)));
    CHECK(sum(*store) == 1);
}

ENGINE_TEST("a connection that broke while idle is replaced unseen", "[recovery]") {
    const auto store = open_narrow(database);
    if (!database.is_sqlite()) {
        const auto pid =
            store->read(kTenant, [](Tx& tx) { return tx.find(kBackend, first_integer); });
        REQUIRE(ok(pid));
        database.elsewhere("SELECT pg_terminate_backend(" + std::to_string(**pid) + ")");
    }
    CHECK(ok(add(*store, 1)));
    CHECK(sum(*store) == 1);
}

ENGINE_TEST("a prepared statement whose table changed is prepared anew", "[recovery]") {
    const auto store = open_narrow(database);
    const auto one = [&] {
        return store->read(kTenant, [](Tx& tx) { return tx.find(kOne, first_integer, 1); });
    };
    REQUIRE(ok(one()));
    if (!database.is_sqlite()) {
        database.elsewhere("ALTER TABLE counter ALTER COLUMN n TYPE INTEGER");
    }
    CHECK(ok(one()));
    CHECK(store->stats().retries == (database.is_sqlite() ? 0 : 1));
}

ENGINE_TEST("who waits too long is told to come again", "[recovery]") {
    const auto store = open_narrow(database);
    std::latch inside{1}, leave{1};
    std::atomic<bool> kept = false;
    std::thread slow{[&] {
        kept = static_cast<bool>(store->write(kTenant, [&](Tx& tx) {
            inside.count_down();
            leave.wait();
            return tx.run(kAdd, 1);
        }));
    }};
    inside.wait();
    const auto late = add(*store, 2);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == ErrorCode::unavailable);
    CHECK(late.error().key == kBusy);
    leave.count_down();
    slow.join();
    CHECK(kept);
    CHECK(sum(*store) == 1);
    CHECK(ok(add(*store, 2)));
}

}  // namespace
}  // namespace portal::store
