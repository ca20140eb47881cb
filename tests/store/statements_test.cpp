// Every named statement of Portal: compiles on both engines, and is tied to one tenant unless it is
// marked as crossing them.
#include "store/statements.hpp"

#include <algorithm>
#include <cctype>
#include <iostream>
#include <set>

#include "harness.hpp"
#include "store/dialect.hpp"
#include "store/sqlite/inspect.hpp"

namespace portal::store {
namespace {

using test::ok;

/// Lower case, white space as one blank, none beside brackets, commas and '=', so that only words
/// count.
std::string squeeze(std::string_view sql) {
    std::string out;
    const auto tight = [](char c) {
        return std::string_view{"(),="}.find(c) != std::string_view::npos;
    };
    for (const char c : base::lower_ascii(sql)) {
        const bool blank = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (blank && (out.empty() || out.back() == ' ' || tight(out.back()))) continue;
        if (tight(c) && !out.empty() && out.back() == ' ') out.pop_back();
        out += blank ? ' ' : c;
    }
    return out;
}

bool ends_word(std::string_view text, std::size_t at) {
    return at >= text.size() || std::isdigit(static_cast<unsigned char>(text[at])) == 0;
}

/// "tenant=$1", and not "tenant=$10".
bool compares_tenant(const std::string& sql) {
    constexpr std::string_view kRule = "tenant=$1";
    const auto at = sql.find(kRule);
    return at != std::string::npos && ends_word(sql, at + kRule.size());
}

/// INSERT INTO t(tenant, ...) VALUES ($1, ...) or SELECT $1, ...: the tenant is the first column.
bool inserts_tenant(const std::string& sql) {
    if (!sql.starts_with("insert into ")) return false;
    const auto columns = sql.find('(');
    if (columns == std::string::npos || !sql.substr(columns).starts_with("(tenant,")) return false;
    return sql.find("values($1,") != std::string::npos ||
           sql.find("select $1,") != std::string::npos;
}

std::string why_wrong(const Statement& statement, const std::set<std::string>& tables) {
    std::size_t owned = 0;
    for (const auto& table : tables) owned += is_global_table(table, all_migrations()) ? 0 : 1;
    if (owned == 0 || statement.crosses_tenants) return {};
    const auto sql = squeeze(statement.sql);
    if (!compares_tenant(sql) && !inserts_tenant(sql)) return "lacks tenant = $1";
    return {};
}

ENGINE_TEST("every named statement compiles", "[statements]") {
    const auto store = database.open();
    for (const auto& statement : all_statements()) {
        INFO(statement.name);
        const auto count = count_parameters(statement.sql);
        REQUIRE(ok(count));
        // One parameter too many or too few stops it after it has been prepared, before it runs.
        const auto prepared = store->system_write(
            [&](Tx& tx) { return *count == 0 ? tx.run(statement, 0) : tx.run(statement); });
        REQUIRE_FALSE(prepared);
        INFO(base::describe(prepared.error()));
        CHECK(base::describe(prepared.error()).find("parameters, not") != std::string::npos);
    }
}

TEST_CASE("names of statements are unique", "[statements]") {
    std::set<std::string_view> names;
    for (const auto& statement : all_statements()) {
        INFO(statement.name);
        CHECK(names.insert(statement.name).second);
    }
    CHECK(names.size() > 50);
}

TEST_CASE("every statement on a tenant's table says tenant = $1, or is marked as crossing",
          "[statements]") {
    test::Database database{test::Engine::sqlite};
    const auto store = database.open();
    std::size_t crossing = 0;
    for (const auto& statement : all_statements()) {
        const auto tables = touched_tables(database.path(), statement);
        INFO(statement.name);
        REQUIRE(ok(tables));
        CHECK(why_wrong(statement, *tables) == "");
        if (!statement.crosses_tenants) continue;
        ++crossing;
        std::cout << "crosses tenants: " << statement.name << "\n";
    }
    std::cout << crossing << " of " << all_statements().size() << " statements cross tenants\n";
}

TEST_CASE("the tenant rule sees what it should", "[statements]") {
    const std::set<std::string> owned{"booking"}, global{"tenant"};
    const auto wrong = [&](std::string_view sql) { return !why_wrong({"x", sql}, owned).empty(); };
    CHECK(wrong("SELECT id FROM booking WHERE id = $1"));
    CHECK(wrong("SELECT id FROM booking WHERE tenant = $2"));
    CHECK(wrong("SELECT id FROM booking WHERE tenant = $10"));
    CHECK(wrong("INSERT INTO booking (id, tenant) VALUES ($1, $2)"));
    CHECK(wrong("INSERT INTO booking (tenant, id) VALUES ($2, $1)"));
    CHECK(wrong("UPDATE booking SET state = $1"));
    CHECK_FALSE(wrong("SELECT id FROM booking b WHERE b.tenant = $1 AND id = $2"));
    CHECK_FALSE(wrong("INSERT INTO booking (tenant, id)\n VALUES ($1, $2)"));
    CHECK(why_wrong({"x", "SELECT id FROM booking", true}, owned).empty());
    CHECK(why_wrong({"x", "SELECT id FROM tenant"}, global).empty());
}

TEST_CASE("a table that is not marked global has a column tenant", "[statements]") {
    test::Database database{test::Engine::sqlite};
    const auto store = database.open();
    static constexpr Statement kTables{"tables",
                                       "SELECT name, (SELECT COUNT(*) FROM"
                                       " pragma_table_info(m.name) WHERE name = 'tenant')"
                                       " FROM sqlite_schema m WHERE type = 'table'"
                                       " AND name NOT LIKE 'sqlite_%'"};
    const auto tables = store->system_read([](Tx& tx) {
        return tx.list(kTables, [](const Row& row) {
            return std::pair{row.text(0), row.boolean(1)};
        });
    });
    REQUIRE(ok(tables));
    CHECK(tables->size() > 5);
    for (const auto& [table, has_tenant] : *tables) {
        INFO(table);
        CHECK(has_tenant != is_global_table(table, all_migrations()));
    }
}

}  // namespace
}  // namespace portal::store
