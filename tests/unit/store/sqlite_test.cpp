// SQLite's own side: settings that durability hangs on, the lock file, disks that fail.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <latch>
#include <thread>

#include "base/clock.hpp"
#include "catch.hpp"
#include "store/migrations/migration.hpp"
#include "store/sqlite/connection.hpp"
#include "store/sqlite/lock_file.hpp"
#include "store/store.hpp"

namespace portal::store {
namespace {

using base::ErrorCode;
using base::Status;

constexpr Migration kNumbers{
    1, "numbers", "CREATE TABLE number (n {i64} NOT NULL) {strict};", "", "", 1, {}};
constexpr std::array kMigrations{kNumbers};
constexpr Statement kInsert{"number.insert", "INSERT INTO number(n) VALUES ($1)"};
constexpr Statement kCount{"number.count", "SELECT COUNT(*) FROM number"};

class Folder {
  public:
    Folder() {
        std::string pattern = std::filesystem::temp_directory_path() / "portal_sqlite_XXXXXX";
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        path_ = pattern;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::string database() const { return path_ / "portal.db"; }
    [[nodiscard]] StoreOptions options() const {
        StoreOptions options;
        options.url = "sqlite:" + database();
        options.migrations = kMigrations;
        return options;
    }

  private:
    std::filesystem::path path_;
};

const base::SystemClock kClock;

std::unique_ptr<Store> open(const StoreOptions& options) {
    auto opened = Store::open(options, kClock);
    if (!opened) FAIL(base::describe(opened.error()));
    return *std::move(opened);
}

base::Result<std::int64_t> insert(Store& store, int n) {
    return store.system_write([n](Tx& tx) { return tx.run(kInsert, n); });
}

/// Holds the writer until `leave`.
base::Result<std::int64_t> insert_slowly(Store& store, std::latch& inside, std::latch& leave) {
    return store.system_write([&](Tx& tx) {
        inside.count_down();
        leave.wait();
        return tx.run(kInsert, 0);
    });
}

std::int64_t count(Store& store) {
    const auto found = store.system_read(
        [](Tx& tx) { return tx.find(kCount, [](const Row& row) { return row.integer(0); }); });
    REQUIRE(found);
    return **found;
}

std::int64_t pragma(Connection& connection, const Statement& statement) {
    std::int64_t value = -1;
    auto take = [&](const Row& row) {
        value = row.integer(0);
        return false;
    };
    REQUIRE(connection.execute(statement, {}, Tx::Visitor{take}));
    return value;
}

TEST_CASE("the writer is WAL and FULL with foreign keys, readers cannot write", "[sqlite]") {
    const Folder folder;
    auto writer = SqliteConnection::open(folder.database(), Store::Kind::write, 1024);
    REQUIRE(writer);
    CHECK(pragma(**writer, {"p", "PRAGMA synchronous"}) == 2);
    CHECK(pragma(**writer, {"p", "PRAGMA foreign_keys"}) == 1);
    CHECK(pragma(**writer, {"p", "SELECT journal_mode = 'wal' FROM pragma_journal_mode"}) == 1);
    CHECK(pragma(**writer, {"p", "PRAGMA cache_size"}) == -1024);
    REQUIRE((*writer)->script("make", "CREATE TABLE number (n INTEGER NOT NULL) STRICT"));

    auto reader = SqliteConnection::open(folder.database(), Store::Kind::read, 1024);
    REQUIRE(reader);
    CHECK(pragma(**reader, {"p", "PRAGMA query_only"}) == 1);
    CHECK_FALSE((*reader)->script("write", "INSERT INTO number(n) VALUES (1)"));
    REQUIRE((*reader)->script("unlock", "PRAGMA query_only = OFF"));
    CHECK_FALSE((*reader)->script("write", "INSERT INTO number(n) VALUES (1)"));
}

TEST_CASE("the database is for its owner only, and closing empties the log", "[sqlite]") {
    const Folder folder;
    {
        const auto store = open(folder.options());
        REQUIRE(insert(*store, 1));
        CHECK(count(*store) == 1);
        for (const auto* suffix : {"", "-wal", "-shm", ".lock"}) {
            struct stat status {};
            REQUIRE(::stat((folder.database() + suffix).c_str(), &status) == 0);
            CHECK((status.st_mode & 0777U) == 0600U);
        }
    }
    CHECK_FALSE(std::filesystem::exists(folder.database() + "-wal"));
}

TEST_CASE("a missing file is not made where that was not asked", "[sqlite]") {
    const Folder folder;
    auto options = folder.options();
    options.create = false;
    const auto opened = Store::open(options, kClock);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::unavailable);
    CHECK_FALSE(std::filesystem::exists(folder.database()));
    options.url = "sqlite:/nowhere/at/all/portal.db";
    options.create = true;
    CHECK(Store::open(options, kClock).error().code == ErrorCode::unavailable);
}

TEST_CASE("a file that is no database is refused", "[sqlite]") {
    const Folder folder;
    const int file = ::open(folder.database().c_str(), O_CREAT | O_WRONLY, 0600);
    const std::string words(5000, 'x');
    REQUIRE(::write(file, words.data(), words.size()) == 5000);
    ::close(file);
    const auto opened = Store::open(folder.options(), kClock);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::unavailable);
}

TEST_CASE("a second process is refused and told the first one's number", "[sqlite]") {
    const Folder folder;
    const auto store = open(folder.options());
    const pid_t child = ::fork();
    if (child == 0) {
        const auto second = LockFile::take(folder.database());
        const bool right =
            !second && second.error().code == ErrorCode::unavailable &&
            base::describe(second.error()).find(std::to_string(::getppid())) != std::string::npos;
        ::_exit(right ? 0 : 1);
    }
    int status = -1;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
}

TEST_CASE("the lock is free again when its holder is gone", "[sqlite]") {
    const Folder folder;
    { CHECK(LockFile::take(folder.database())); }
    const auto again = LockFile::take(folder.database());
    CHECK(again);
    CHECK_FALSE(LockFile::take(folder.database()));
}

TEST_CASE("many writes share a commit", "[sqlite]") {
    const Folder folder;
    const auto store = open(folder.options());
    std::latch inside{1}, leave{1};
    std::thread first{[&] { static_cast<void>(insert_slowly(*store, inside, leave)); }};
    inside.wait();
    std::vector<std::thread> others;
    for (int i = 1; i <= 20; ++i)
        others.emplace_back([&, i] { static_cast<void>(insert(*store, i)); });
    while (store->stats().waiting < 20) std::this_thread::yield();
    leave.count_down();
    first.join();
    for (auto& other : others) other.join();
    CHECK(store->stats().commits == 1);
    CHECK(store->stats().largest_group == 21);
    CHECK(count(*store) == 21);
}

TEST_CASE("a full queue refuses at once", "[sqlite]") {
    const Folder folder;
    auto options = folder.options();
    options.queue_limit = 2;
    const auto store = open(options);
    std::latch inside{1}, leave{1};
    std::vector<std::thread> threads;
    threads.emplace_back([&] { static_cast<void>(insert_slowly(*store, inside, leave)); });
    inside.wait();
    for (int i = 1; i <= 2; ++i)
        threads.emplace_back([&, i] { static_cast<void>(insert(*store, i)); });
    while (store->stats().waiting < 2) std::this_thread::yield();
    const auto refused = insert(*store, 3);
    CHECK(refused.error().key == kBusy);
    CHECK(store->stats().refused == 1);
    leave.count_down();
    for (auto& thread : threads) thread.join();
    CHECK(count(*store) == 3);
}

TEST_CASE("the log is copied into the file as it grows", "[sqlite]") {
    const Folder folder;
    const auto store = open(folder.options());
    for (int i = 0; i < 1500; ++i) REQUIRE(insert(*store, i));
    CHECK(std::filesystem::file_size(folder.database() + "-wal") < 1200 * 4120);
    CHECK(count(*store) == 1500);
}

// A disk that fails on command: SQLite's own file layer with two calls on the log replaced.

std::atomic<int> sync_result = SQLITE_OK;
std::atomic<int> write_result = SQLITE_OK;
const sqlite3_io_methods* real_methods = nullptr;
sqlite3_io_methods failing_methods{};

int failing_sync(sqlite3_file* file, int flags) {
    const int result = sync_result;
    return result == SQLITE_OK ? real_methods->xSync(file, flags) : result;
}

int failing_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    const int result = write_result;
    return result == SQLITE_OK ? real_methods->xWrite(file, data, size, offset) : result;
}

int open_on_failing_disk(sqlite3_vfs* self, const char* name, sqlite3_file* file, int flags,
                         int* out_flags) {
    auto* real = static_cast<sqlite3_vfs*>(self->pAppData);
    const int result = real->xOpen(real, name, file, flags, out_flags);
    if (result != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0) return result;
    if (real_methods == nullptr) {
        real_methods = file->pMethods;
        failing_methods = *real_methods;
        failing_methods.xSync = failing_sync;
        failing_methods.xWrite = failing_write;
    }
    file->pMethods = &failing_methods;
    return result;
}

class FailingDisk {
  public:
    FailingDisk() : real_(sqlite3_vfs_find(nullptr)), vfs_(*real_) {
        vfs_.zName = "failing";
        vfs_.pAppData = real_;
        vfs_.xOpen = open_on_failing_disk;
        sqlite3_vfs_register(&vfs_, 1);
    }
    FailingDisk(const FailingDisk&) = delete;
    FailingDisk& operator=(const FailingDisk&) = delete;
    ~FailingDisk() {
        sync_result = SQLITE_OK;
        write_result = SQLITE_OK;
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(real_, 1);
    }

  private:
    sqlite3_vfs* real_;
    sqlite3_vfs vfs_;
};

TEST_CASE("after a failed fsync nothing is written and reads go on", "[sqlite]") {
    const FailingDisk disk;
    const Folder folder;
    {
        const auto store = open(folder.options());
        REQUIRE(insert(*store, 1));
        sync_result = SQLITE_IOERR_FSYNC;
        const auto lost = insert(*store, 2);
        REQUIRE_FALSE(lost);
        CHECK(lost.error().code == ErrorCode::unavailable);
        CHECK(store->failed());
        sync_result = SQLITE_OK;  // a disk that seems well again is not believed
        const auto refused = insert(*store, 3);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().key == kReadOnly);
        CHECK(store->health().error().key == kReadOnly);
        CHECK(count(*store) >= 1);
    }
    const auto store = open(folder.options());
    CHECK_FALSE(store->failed());
    // The refused write may be there or not: its bytes were on the way when the disk failed.
    CHECK(count(*store) >= 1);
    CHECK(count(*store) <= 2);
    CHECK(insert(*store, 4));
}

TEST_CASE("a full disk refuses writes until there is room again", "[sqlite]") {
    const FailingDisk disk;
    const Folder folder;
    const auto store = open(folder.options());
    REQUIRE(insert(*store, 1));
    write_result = SQLITE_FULL;
    for (int i = 0; i < 3; ++i) {
        const auto refused = insert(*store, 2);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::unavailable);
    }
    CHECK_FALSE(store->failed());
    CHECK(store->health().error().code == ErrorCode::unavailable);
    CHECK(count(*store) == 1);
    write_result = SQLITE_OK;
    CHECK(insert(*store, 3));
    CHECK(store->health());
    CHECK(count(*store) == 2);
}

TEST_CASE("a write error of the disk is told and passes", "[sqlite]") {
    const FailingDisk disk;
    const Folder folder;
    const auto store = open(folder.options());
    write_result = SQLITE_IOERR_WRITE;
    const auto refused = insert(*store, 1);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().key == kLost);
    write_result = SQLITE_OK;
    CHECK(insert(*store, 2));
    CHECK(count(*store) == 1);
}

}  // namespace
}  // namespace portal::store
