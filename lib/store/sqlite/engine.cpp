// SQLite as an Engine: the lock, one writer, a pool of readers.
#include "store/engine.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "store/migrations/migrate.hpp"
#include "store/pool.hpp"
#include "store/sqlite/lock_file.hpp"
#include "store/sqlite/writer.hpp"

namespace portal::store {
namespace {

constexpr const char* kNoFile = base::N_("The database {1} cannot be opened: {2}.");

struct SqliteFile {
    std::string path;
    int cache_kib;  // of each connection
};

struct Opened {
    LockFile lock;
    std::unique_ptr<SqliteConnection> writer;
};

class SqliteEngine final : public Engine {
  public:
    SqliteEngine(Opened opened, const SqliteFile& file, const StoreOptions& options,
                 const base::Clock& clock)
        : lock_(std::move(opened.lock)),
          runner_(clock, options.recorder),
          writer_(
              std::move(opened.writer),
              [file] {
                  return SqliteConnection::open(file.path, Store::Kind::write, file.cache_kib);
              },
              {options.queue_limit, options.group_limit, options.patience}, runner_),
          readers_([file] { return open_reader(file); }, options.connections, options.patience) {}

    base::Status transact(base::TenantId tenant, Store::Act act, Store::Kind kind) override {
        return kind == Store::Kind::write ? writer_.submit(tenant, act) : read(tenant, act);
    }
    [[nodiscard]] bool failed() const override { return writer_.failed(); }
    [[nodiscard]] StoreStats stats() const override {
        auto stats = runner_.meter().read();
        stats.waiting = writer_.waiting();
        return stats;
    }

  private:
    static base::Result<std::unique_ptr<Connection>> open_reader(const SqliteFile& file) {
        PORTAL_TRY(reader, SqliteConnection::open(file.path, Store::Kind::read, file.cache_kib));
        return std::unique_ptr<Connection>(std::move(reader));
    }

    base::Status read(base::TenantId tenant, Store::Act act) {
        PORTAL_TRY(reader, readers_.acquire());
        auto begun = reader->begin(Store::Kind::read);
        auto outcome = begun ? runner_.run(*reader, tenant, act, Store::Kind::read)
                             : Outcome{false, begun.error()};
        reader->rollback();
        if (reader->trouble() != Trouble::none) reader.discard();
        if (outcome.error) return *std::move(outcome.error);
        return {};
    }

    LockFile lock_;  // first: given back last
    Runner runner_;
    SqliteWriter writer_;  // closes after the readers, so that its last close empties the log
    Pool readers_;
};

base::Error no_file(const std::string& path, int error) {
    return base::make_error(base::ErrorCode::unavailable, kNoFile, {path, std::strerror(error)});
}

/// Made by us and not by SQLite, so that nobody else may read it from the first moment.
base::Status touch(const std::string& path, bool create) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | (create ? O_CREAT : 0), 0600);
    if (descriptor < 0) return no_file(path, errno);
    ::close(descriptor);
    return {};
}

}  // namespace

base::Result<std::unique_ptr<Engine>> open_sqlite(const StoreOptions& options,
                                                  const base::Clock& clock) {
    const auto path = options.url.substr(std::string_view{"sqlite:"}.size());
    if (path.empty()) return no_file(path, ENOENT);
    if (!options.create && ::access(path.c_str(), F_OK) != 0)
        return no_file(path, errno).with_hint("portald init makes a database");
    PORTAL_TRY(lock, LockFile::take(path));
    PORTAL_TRYV(touch(path, options.create));
    const SqliteFile file{path, options.cache_mib * 1024 / (options.connections + 1)};
    PORTAL_TRY(writer, SqliteConnection::open(path, Store::Kind::write, file.cache_kib));
    PORTAL_TRYV(prepare_schema(*writer, options, clock));
    return std::unique_ptr<Engine>(std::make_unique<SqliteEngine>(
        Opened{std::move(lock), std::move(writer)}, file, options, clock));
}

}  // namespace portal::store
