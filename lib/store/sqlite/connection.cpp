#include "store/sqlite/connection.hpp"

#include <sqlite3.h>

#include "store/sqlite/failure.hpp"

namespace portal::store {
namespace {

constexpr int kBusyMs = 2000;
constexpr Statement kBegin{"tx.begin", "BEGIN IMMEDIATE"};
constexpr Statement kBeginRead{"tx.begin_read", "BEGIN"};
constexpr Statement kCommit{"tx.commit", "COMMIT"};
constexpr Statement kRollback{"tx.rollback", "ROLLBACK"};

constexpr const char* kCannotOpen = base::N_("The database {1} cannot be opened: {2}.");

class SqliteColumns final : public Columns {
  public:
    explicit SqliteColumns(sqlite3_stmt* statement) : statement_(statement) {}

    [[nodiscard]] bool is_null(int column) const override {
        check(column);
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    [[nodiscard]] std::int64_t integer(int column) const override {
        expect(column, SQLITE_INTEGER, "an integer");
        return sqlite3_column_int64(statement_, column);
    }
    [[nodiscard]] std::string_view text(int column) const override {
        expect(column, SQLITE_TEXT, "text");
        return base::as_text(bytes(column));
    }
    [[nodiscard]] std::span<const std::uint8_t> blob(int column) const override {
        expect(column, SQLITE_BLOB, "a blob");
        return bytes(column);
    }

  private:
    void check(int column) const {
        if (column < 0 || column >= sqlite3_column_count(statement_)) {
            throw ColumnError(column, "there");
        }
    }
    void expect(int column, int type, const char* name) const {
        check(column);
        if (sqlite3_column_type(statement_, column) != type) throw ColumnError(column, name);
    }
    [[nodiscard]] std::span<const std::uint8_t> bytes(int column) const {
        const auto* data =
            static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

    sqlite3_stmt* statement_;
};

/// The values stay where they are until the statement is reset, hence SQLITE_STATIC (null).
int bind(sqlite3_stmt* statement, int position, const Value& value) {
    const auto size = value.bytes.size();
    switch (value.type) {
        case Value::Type::null:
            return sqlite3_bind_null(statement, position);
        case Value::Type::integer:
            return sqlite3_bind_int64(statement, position, value.integer);
        case Value::Type::text:
            return sqlite3_bind_text64(statement, position, size == 0 ? "" : value.bytes.data(),
                                       size, nullptr, SQLITE_UTF8);
        case Value::Type::blob:
            return size == 0 ? sqlite3_bind_zeroblob(statement, position, 0)
                             : sqlite3_bind_blob64(statement, position, value.bytes.data(), size,
                                                   nullptr);
    }
    return SQLITE_MISUSE;
}

/// Resets on every way out, also when a mapping function throws.
struct Reset {
    sqlite3_stmt* statement;
    ~Reset() {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
};

/// Once in the process, before the first connection: counting memory would take a lock each time.
void configure_library() {
    static const bool kDone = [] {
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
        return true;
    }();
    static_cast<void>(kDone);
}

}  // namespace

void SqliteCloser::operator()(sqlite3* database) const {
    sqlite3_close(database);
}

void SqliteCloser::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

SqliteConnection::SqliteConnection(sqlite3* database, Store::Kind kind)
    : database_(database), kind_(kind) {}

base::Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(const std::string& path,
                                                                       Store::Kind kind,
                                                                       int cache_kib) {
    configure_library();
    const int mode = kind == Store::Kind::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                                : SQLITE_OPEN_READONLY;
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &handle,
                                       mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<SqliteConnection> connection{new SqliteConnection(handle, kind)};
    const auto cannot = [&] {
        const char* why = handle == nullptr ? sqlite3_errstr(opened) : sqlite3_errmsg(handle);
        return base::make_error(base::ErrorCode::unavailable, kCannotOpen, {path, why});
    };
    if (opened != SQLITE_OK) return cannot();
    if (!connection->configure(cache_kib)) return cannot();
    return connection;
}

base::Status SqliteConnection::configure(int cache_kib) {
    sqlite3* database = database_.get();
    sqlite3_busy_timeout(database, kBusyMs);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // The writer checkpoints itself, because SQLite's own hook hides a failed fsync.
    sqlite3_wal_hook(
        database,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<SqliteConnection*>(self)->log_pages_ = pages;
            return SQLITE_OK;
        },
        this);
    const auto cache = "PRAGMA cache_size = -" + std::to_string(cache_kib);
    PORTAL_TRYV(script("pragma.cache", cache));
    if (kind_ == Store::Kind::read) return script("pragma.reader", "PRAGMA query_only = ON");
    // WAL with synchronous=NORMAL loses acknowledged commits when the power fails.
    return script("pragma.writer",
                  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                  "PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = MEMORY");
}

base::Error SqliteConnection::fail(std::string_view statement) {
    const int code = sqlite3_extended_errcode(database_.get());
    trouble_ = std::max(trouble_, sqlite_trouble(code));
    return to_error(sqlite_failure(code, sqlite3_errmsg(database_.get())), statement);
}

base::Result<SqliteStatement> SqliteConnection::compile(const Statement& statement) {
    PORTAL_TRY(sql, expand(statement.sql, Dialect::sqlite));
    PORTAL_TRY(count, count_parameters(sql));
    sqlite3_stmt* handle = nullptr;
    if (sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK) {
        const auto error = fail(statement.name);
        // Nothing is bound yet, so the message speaks of the SQL text only.
        if (error.code != base::ErrorCode::internal) return error;
        return broken(statement.name, sqlite3_errmsg(database_.get()));
    }
    SqliteStatement prepared;
    prepared.handle.reset(handle);
    prepared.reads_only = sqlite3_stmt_readonly(handle) != 0;
    for (int n = 1; n <= count; ++n) {
        const auto name = "$" + std::to_string(n);
        prepared.positions.push_back(sqlite3_bind_parameter_index(handle, name.c_str()));
    }
    return prepared;
}

base::Result<SqliteStatement*> SqliteConnection::prepare(const Statement& statement) {
    if (auto* cached = cache_.find(statement.sql); cached != nullptr) return cached;
    PORTAL_TRY(prepared, compile(statement));
    if (cache_.victim() != nullptr) cache_.drop_victim();
    return cache_.insert(statement.sql, std::move(prepared));
}

base::Result<std::int64_t> SqliteConnection::execute(const Statement& statement,
                                                     std::span<const Value> values,
                                                     Tx::Visitor visit) {
    PORTAL_TRY(prepared, prepare(statement));
    sqlite3_stmt* handle = prepared->handle.get();
    if (values.size() != prepared->positions.size()) {
        return broken(statement.name, "takes " + std::to_string(prepared->positions.size()) +
                                          " parameters, not " + std::to_string(values.size()));
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (bind(handle, prepared->positions[i], values[i]) != SQLITE_OK) {
            return fail(statement.name);
        }
    }
    PORTAL_TRYV(step_all(statement, *prepared, visit));
    return prepared->reads_only ? 0 : sqlite3_changes64(database_.get());
}

base::Status SqliteConnection::step_all(const Statement& statement, SqliteStatement& prepared,
                                        Tx::Visitor visit) {
    sqlite3_stmt* handle = prepared.handle.get();
    const Reset reset{handle};
    const SqliteColumns columns{handle};
    bool wants = static_cast<bool>(visit);
    int code = sqlite3_step(handle);
    while (code == SQLITE_ROW) {
        if (wants) wants = visit(Row{columns});
        if (!wants && prepared.reads_only) break;
        code = sqlite3_step(handle);
    }
    if (code == SQLITE_ROW) return {};
    // Also after DONE: some errors only show when the statement is reset.
    if (sqlite3_reset(handle) != SQLITE_OK || code != SQLITE_DONE) return fail(statement.name);
    return {};
}

base::Status SqliteConnection::script(std::string_view name, std::string_view sql) {
    PORTAL_TRY(text, expand(sql, Dialect::sqlite));
    // Scripts are compiled in; a migration may change the text of the schema, nothing else may.
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_DEFENSIVE, 0, nullptr);
    const int code = sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr);
    sqlite3_db_config(database_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    if (code == SQLITE_OK) return {};
    const auto error = fail(name);
    if (error.code != base::ErrorCode::internal) return error;
    return broken(name, sqlite3_errmsg(database_.get()));
}

base::Status SqliteConnection::begin(Store::Kind kind) {
    trouble_ = Trouble::none;
    PORTAL_TRY(changed, execute(kind == Store::Kind::write ? kBegin : kBeginRead, {}, {}));
    return {};
}

base::Status SqliteConnection::commit() {
    PORTAL_TRY(changed, execute(kCommit, {}, {}));
    return {};
}

void SqliteConnection::rollback() {
    if (in_transaction()) static_cast<void>(execute(kRollback, {}, {}));
    if (in_transaction()) trouble_ = std::max(trouble_, Trouble::lost);
}

bool SqliteConnection::in_transaction() const {
    return sqlite3_get_autocommit(database_.get()) == 0;
}

void SqliteConnection::checkpoint() {
    const int code = sqlite3_wal_checkpoint_v2(database_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               nullptr, nullptr);
    if (code == SQLITE_OK) log_pages_ = 0;
    if (code != SQLITE_OK && code != SQLITE_BUSY)
        trouble_ = std::max(trouble_, sqlite_trouble(code));
}

}  // namespace portal::store
