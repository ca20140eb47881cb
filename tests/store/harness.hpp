// One test body, both engines: ENGINE_TEST("sentence", "[tag]") { ... database ... } is registered
// as "sentence (sqlite)" always, and as "sentence (postgresql)" when PORTAL_TEST_POSTGRES holds the
// address of a server on which schemas may be made. Each test has a fresh database of its own.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include "base/clock.hpp"
#include "catch.hpp"
#include "store/migrations/migration.hpp"
#include "store/postgres/connection.hpp"
#include "store/store.hpp"

namespace portal::test {

enum class Engine { sqlite, postgresql };

inline const char* postgres_url() {
    return std::getenv("PORTAL_TEST_POSTGRES");
}

/// Prints the sentence of an error where a REQUIRE on a Result fails.
template <class R>
bool ok(const R& result) {
    if (!result) UNSCOPED_INFO(base::describe(result.error()) + " " + result.error().hint);
    return static_cast<bool>(result);
}

/// A database that is empty at first and gone at the end.
class Database {
  public:
    explicit Database(Engine engine) : engine_(engine) {
        static std::atomic<int> count = 0;
        name_ = "test_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
        if (engine_ == Engine::sqlite) {
            folder_ = std::filesystem::temp_directory_path() / ("portal_" + name_);
            std::filesystem::create_directory(folder_);
            return;
        }
        // The extension is of the whole database: not to vanish with the first test's schema.
        administer("CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA public");
        administer("CREATE SCHEMA " + name_);
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() {
        if (engine_ == Engine::sqlite) {
            std::error_code ignored;
            std::filesystem::remove_all(folder_, ignored);
        } else {
            administer("DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
        }
    }

    [[nodiscard]] bool is_sqlite() const { return engine_ == Engine::sqlite; }
    [[nodiscard]] std::string path() const { return folder_ / "portal.db"; }
    [[nodiscard]] std::string url() const {
        if (is_sqlite()) return "sqlite:" + path();
        const std::string server = postgres_url();
        return server + (server.find('?') == std::string::npos ? "?" : "&") +
               "options=-csearch_path%3D" + name_ + "%2Cpublic";
    }
    [[nodiscard]] store::StoreOptions options() const {
        store::StoreOptions options;
        options.url = url();
        options.cache_mib = 8;
        return options;
    }
    /// Opens with Portal's own schema, or with `migrations`.
    std::unique_ptr<store::Store> open() { return open(options()); }
    std::unique_ptr<store::Store> open(std::span<const store::Migration> migrations) {
        auto with = options();
        with.migrations = migrations;
        return open(with);
    }
    std::unique_ptr<store::Store> open(const store::StoreOptions& options) {
        auto opened = store::Store::open(options, clock);
        REQUIRE(ok(opened));
        return *std::move(opened);
    }
    /// PostgreSQL: SQL on a connection of its own, in this test's schema.
    void elsewhere(const std::string& sql) {
        auto connection = store::PostgresConnection::open(url());
        REQUIRE(ok(connection));
        REQUIRE(ok((*connection)->script("test", sql)));
    }

    base::SystemClock clock;

  private:
    static void administer(const std::string& sql) {
        auto connection = store::PostgresConnection::open(postgres_url());
        if (!connection || !(*connection)->script("test", sql)) std::abort();
    }

    Engine engine_;
    std::string name_;
    std::filesystem::path folder_;
};

template <void (*Body)(Database&), Engine engine>
void run_on_engine() {
    Database database{engine};
    Body(database);
}

/// Adds a test to Catch2's registry once per engine.
template <void (*Body)(Database&)>
bool register_on_engines(const Catch::SourceLineInfo& line, const std::string& name,
                         const std::string& tags) {
    const auto add = [&](void (*run)(), const std::string& engine) {
        const auto full_name = name + " (" + engine + ")";
        const auto full_tags = tags + "[" + engine + "]";
        const Catch::AutoReg registered{Catch::makeTestInvoker(run), line, Catch::StringRef{},
                                        Catch::NameAndTags{full_name, full_tags}};
        static_cast<void>(registered);
    };
    add(&run_on_engine<Body, Engine::sqlite>, "sqlite");
    if (postgres_url() != nullptr) add(&run_on_engine<Body, Engine::postgresql>, "postgresql");
    return true;
}

}  // namespace portal::test

#define PORTAL_JOIN_(a, b) a##b
#define PORTAL_JOIN(a, b) PORTAL_JOIN_(a, b)
#define PORTAL_ENGINE_TEST(body, name, tags)                                           \
    static void body(portal::test::Database& database);                                \
    [[maybe_unused]] static const bool PORTAL_JOIN(body, _registered) =                \
        portal::test::register_on_engines<&body>(CATCH_INTERNAL_LINEINFO, name, tags); \
    static void body([[maybe_unused]] portal::test::Database& database)
#define ENGINE_TEST(name, tags) PORTAL_ENGINE_TEST(PORTAL_JOIN(engine_test_, __LINE__), name, tags)
