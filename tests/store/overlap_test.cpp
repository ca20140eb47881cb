// The database itself refuses overlapping bookings of one staff member, on both engines alike.
#include <array>
#include <optional>
#include <thread>

#include "harness.hpp"

namespace portal::store {
namespace {

using base::TenantId;
using test::ok;

constexpr TenantId kTenant{1};
constexpr std::int64_t kMinute = 60'000;

// Rows that a booking needs; ids are given, so that the test can name them.
constexpr std::array kHouse{
    Statement{"t",
              "INSERT INTO tenant(id, slug, host, name, zone, country, language, contact_name,"
              " contact_email, created_at)"
              " VALUES (1, 'a', 'a', 'A', 'Europe/Stockholm', 'se', 'sv', 'N', 'e', 0)"},
    Statement{"a", "INSERT INTO account(id, created_at) VALUES (1, 0), (2, 0), (3, 0)"},
    Statement{"m",
              "INSERT INTO membership(id, public_id, tenant, account, role, first_name,"
              " last_name, language, created_at) VALUES"
              " (1, CAST('1' AS {blob}), 1, 1, 'staff', 'S', 'S', 'sv', 0),"
              " (2, CAST('2' AS {blob}), 1, 2, 'staff', 'T', 'T', 'sv', 0),"
              " (3, CAST('3' AS {blob}), 1, 3, 'patient', 'P', 'P', 'sv', 0)"},
    Statement{"s",
              "INSERT INTO staff(id, tenant, membership, title) VALUES (1, 1, 1, ''),"
              " (2, 1, 2, '')"},
    Statement{"v",
              "INSERT INTO visit_type(id, public_id, tenant, title, duration_minutes,"
              " step_minutes, lead_minutes, horizon_days)"
              " VALUES (1, CAST('4' AS {blob}), 1, 'V', 30, 30, 0, 30)"},
};
constexpr Statement kBook{"book",
                          "INSERT INTO booking(tenant, id, public_id, staff, patient, visit_type,"
                          " starts, ends, state, uid, created_at, changed_at, overlap_allowed,"
                          " group_visit) VALUES"
                          " ($1, $2, $3, $4, 3, 1, $5, $6, $7, $3, 0, $8, $9, $10)"};
constexpr Statement kMove{
    "move", "UPDATE booking SET starts = $3, ends = $4 WHERE tenant = $1 AND id = $2"};
constexpr Statement kGroup{
    "group",
    "INSERT INTO group_visit(tenant, id, staff, visit_type, starts, ends, capacity, taken) VALUES"
    " ($1, $2, 1, 1, $3, $4, 3, 0)"};
constexpr Statement kSeat{"seat",
                          "UPDATE group_visit SET taken = taken + 1 WHERE tenant = $1 AND id = 1"};
constexpr Statement kHold{
    "hold",
    "INSERT INTO slot_hold(tenant, staff, visit_type, starts, ends, until) VALUES"
    " ($1, 1, 1, $2, $3, $4)"};
constexpr Statement kState{"state", "UPDATE booking SET state = $3 WHERE tenant = $1 AND id = $2"};
constexpr Statement kCount{"count", "SELECT COUNT(*) FROM booking WHERE tenant = $1"};

struct Visit {
    int id;
    int staff = 1;
    std::int64_t from = 0;  // minutes
    std::int64_t to = 0;
    const char* state = "confirmed";
    std::int64_t at = 0;  // when it is made or changed, minutes
    bool on_purpose = false;
    std::optional<std::int64_t> group{};
};

std::unique_ptr<Store> open_house(test::Database& database) {
    auto store = database.open();
    const auto filled = store->system_write([](Tx& tx) -> base::Status {
        for (const auto& statement : kHouse) {
            PORTAL_TRY(changed, tx.run(statement));
        }
        return {};
    });
    REQUIRE(ok(filled));
    return store;
}

std::string key_of(const base::Result<std::int64_t>& result) {
    return result ? "" : result.error().key;
}

std::string book(Store& store, const Visit& visit) {
    base::Uuid id;
    id.bytes[0] = static_cast<std::uint8_t>(visit.id);
    return key_of(store.write(kTenant, [&](Tx& tx) {
        return tx.run(kBook, kTenant, visit.id, id, visit.staff, visit.from * kMinute,
                      visit.to * kMinute, visit.state, visit.at * kMinute, visit.on_purpose,
                      visit.group);
    }));
}

std::string move(Store& store, int id, std::int64_t from, std::int64_t to) {
    return key_of(store.write(
        kTenant, [&](Tx& tx) { return tx.run(kMove, kTenant, id, from * kMinute, to * kMinute); }));
}

std::string set_state(Store& store, int id, const char* state) {
    return key_of(store.write(kTenant, [&](Tx& tx) { return tx.run(kState, kTenant, id, state); }));
}

ENGINE_TEST("overlapping bookings of one staff member are refused by the database", "[overlap]") {
    const auto store = open_house(database);
    CHECK(book(*store, {1, 1, 600, 630}).empty());
    CHECK(book(*store, {2, 1, 600, 630}) == kOverlap);
    CHECK(book(*store, {3, 1, 590, 601}) == kOverlap);
    CHECK(book(*store, {4, 1, 629, 640}) == kOverlap);
    CHECK(book(*store, {5, 1, 610, 620}) == kOverlap);
    CHECK(book(*store, {6, 1, 500, 700}) == kOverlap);
    CHECK(book(*store, {7, 1, 391, 601, "unconfirmed"}) == kOverlap);
    CHECK(book(*store, {8, 1, 570, 600}).empty());
    CHECK(book(*store, {9, 1, 630, 870}).empty());
    CHECK(book(*store, {10, 1, 869, 870}) == kOverlap);
    CHECK(book(*store, {11, 2, 600, 630}).empty());
    CHECK(book(*store, {12, 1, 600, 630, "cancelled"}).empty());
}

ENGINE_TEST("a booking cannot be moved or revived into another", "[overlap]") {
    const auto store = open_house(database);
    REQUIRE(book(*store, {1, 1, 600, 630}).empty());
    REQUIRE(book(*store, {2, 1, 660, 690}).empty());
    CHECK(move(*store, 2, 615, 645) == kOverlap);
    CHECK(move(*store, 2, 670, 700).empty());
    CHECK(set_state(*store, 1, "cancelled").empty());
    CHECK(move(*store, 2, 600, 630).empty());
    CHECK(set_state(*store, 1, "confirmed") == kOverlap);
}

std::string run(Store& store, const Statement& statement, const auto&... values) {
    return key_of(
        store.write(kTenant, [&](Tx& tx) { return tx.run(statement, kTenant, values...); }));
}

ENGINE_TEST("a held time is refused until the hold has run out", "[overlap]") {
    const auto store = open_house(database);
    REQUIRE(run(*store, kHold, 600 * kMinute, 630 * kMinute, 100 * kMinute).empty());
    CHECK(book(*store, {1, 1, 615, 645, "confirmed", 99}) == kOverlap);
    CHECK(book(*store, {2, 1, 630, 660, "confirmed", 99}).empty());
    CHECK(book(*store, {3, 2, 615, 645, "confirmed", 99}).empty());
    CHECK(book(*store, {4, 1, 540, 570, "confirmed", 99}).empty());
    CHECK(move(*store, 4, 580, 610) == kOverlap);
    CHECK(book(*store, {5, 1, 600, 630, "confirmed", 100}).empty());
}

ENGINE_TEST("visits of one group share their time, and others do not", "[overlap]") {
    const auto store = open_house(database);
    REQUIRE(run(*store, kGroup, 1, 600 * kMinute, 660 * kMinute).empty());
    REQUIRE(run(*store, kGroup, 2, 600 * kMinute, 660 * kMinute) != "");
    REQUIRE(run(*store, kGroup, 2, 630 * kMinute, 690 * kMinute).empty());
    CHECK(book(*store, {1, 1, 600, 660, "confirmed", 0, false, 1}).empty());
    CHECK(book(*store, {2, 1, 600, 660, "confirmed", 0, false, 1}).empty());
    CHECK(book(*store, {3, 1, 630, 690, "confirmed", 0, false, 2}) == kOverlap);
    CHECK(book(*store, {4, 1, 630, 640}) == kOverlap);
    CHECK(set_state(*store, 1, "cancelled").empty());
    CHECK(set_state(*store, 1, "confirmed").empty());
}

ENGINE_TEST("a group has no more seats than its capacity", "[overlap]") {
    const auto store = open_house(database);
    REQUIRE(run(*store, kGroup, 1, 600 * kMinute, 660 * kMinute).empty());
    for (int i = 0; i < 3; ++i) CHECK(run(*store, kSeat).empty());
    CHECK_FALSE(run(*store, kSeat).empty());
}

ENGINE_TEST("a visit beside another on purpose is seen by whoever comes later", "[overlap]") {
    const auto store = open_house(database);
    REQUIRE(book(*store, {1, 1, 600, 630}).empty());
    CHECK(book(*store, {2, 1, 615, 645, "confirmed", 0, true}).empty());
    CHECK(book(*store, {3, 1, 630, 645}) == kOverlap);
    CHECK(book(*store, {4, 1, 645, 660}).empty());
    CHECK(move(*store, 4, 640, 660) == kOverlap);
    CHECK(set_state(*store, 2, "cancelled").empty());
    CHECK(move(*store, 4, 640, 660).empty());
}

ENGINE_TEST("of many clients on one slot one gets it", "[overlap]") {
    const auto store = open_house(database);
    constexpr int kClients = 60;
    std::atomic<int> booked = 0, taken = 0;
    std::vector<std::thread> clients;
    for (int i = 1; i <= kClients; ++i) {
        clients.emplace_back([&, i] {
            const auto key = book(*store, {i, 1, 600 + i % 20, 630 + i % 20});
            if (key.empty()) ++booked;
            if (key == kOverlap) ++taken;
        });
    }
    for (auto& client : clients) client.join();
    CHECK(booked == 1);
    CHECK(taken == kClients - 1);
    const auto count = store->read(kTenant, [](Tx& tx) {
        return tx.find(
            kCount, [](const Row& row) { return row.integer(0); }, kTenant);
    });
    REQUIRE(ok(count));
    CHECK(**count == 1);
}

}  // namespace
}  // namespace portal::store
