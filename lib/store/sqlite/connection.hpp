// A connection to an SQLite file over its C API: WAL, synchronous=FULL, foreign keys on.
// Thread rule: used by one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/connection.hpp"
#include "store/statement_cache.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace portal::store {

struct SqliteCloser {
    void operator()(sqlite3* database) const;
    void operator()(sqlite3_stmt* statement) const;
};

struct SqliteStatement {
    std::unique_ptr<sqlite3_stmt, SqliteCloser> handle;
    /// Where $1, $2 ... are: SQLite numbers them by their order of appearance.
    std::vector<int> positions;
    bool reads_only = false;
};

class SqliteConnection final : public Connection {
  public:
    /// A missing file is made only for Kind::write. `cache_kib`: the bound of its page cache.
    static base::Result<std::unique_ptr<SqliteConnection>> open(const std::string& path,
                                                                Store::Kind kind, int cache_kib);

    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    base::Result<std::int64_t> execute(const Statement& statement, std::span<const Value> values,
                                       Tx::Visitor visit) override;
    base::Status script(std::string_view name, std::string_view sql) override;
    base::Status begin(Store::Kind kind) override;
    base::Status commit() override;
    /// Sets trouble() to `lost` when SQLite stays inside the transaction.
    void rollback() override;
    [[nodiscard]] Trouble trouble() const override { return trouble_; }

    /// False once SQLite itself has rolled the transaction back.
    [[nodiscard]] bool in_transaction() const;
    /// Pages in the write-ahead log after the last commit.
    [[nodiscard]] int log_pages() const { return log_pages_; }
    /// Copies the log into the file as far as readers allow; a failed fsync shows in trouble().
    void checkpoint();

  private:
    SqliteConnection(sqlite3* database, Store::Kind kind);
    base::Status configure(int cache_kib);
    base::Result<SqliteStatement*> prepare(const Statement& statement);
    base::Result<SqliteStatement> compile(const Statement& statement);
    base::Status step_all(const Statement& statement, SqliteStatement& prepared, Tx::Visitor visit);
    /// The error of the last call, and trouble() by it.
    base::Error fail(std::string_view statement);

    std::unique_ptr<sqlite3, SqliteCloser> database_;  // before the cache: closed after it
    StatementCache<SqliteStatement> cache_{kStatementCacheBound};
    Store::Kind kind_;
    Trouble trouble_ = Trouble::none;
    int log_pages_ = 0;
};

}  // namespace portal::store
