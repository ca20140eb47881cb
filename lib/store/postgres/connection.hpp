// A connection to a PostgreSQL server (14+, UTF8) over libpq. Answers come in binary form, so that
// an int64 is exact and a NUMERIC is not taken for one.
// Thread rule: used by one thread at a time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/connection.hpp"
#include "store/statement_cache.hpp"

struct pg_conn;
struct pg_result;

namespace portal::store {

struct PostgresCloser {
    void operator()(pg_conn* connection) const;
    void operator()(pg_result* result) const;
};
using PostgresResult = std::unique_ptr<pg_result, PostgresCloser>;

struct PostgresStatement {
    std::string name;  // on the server, per connection
    int parameters = 0;
};

class PostgresConnection final : public Connection {
  public:
    /// Errors: kLost with libpq's words as hint; a server that is too old or not UTF8.
    static base::Result<std::unique_ptr<PostgresConnection>> open(const std::string& url);

    [[nodiscard]] Dialect dialect() const override { return Dialect::postgres; }
    base::Result<std::int64_t> execute(const Statement& statement, std::span<const Value> values,
                                       Tx::Visitor visit) override;
    base::Status script(std::string_view name, std::string_view sql) override;
    /// READ COMMITTED for writes: what must not change meanwhile is locked by changing it, guarded
    /// by its version, or by a constraint.
    base::Status begin(Store::Kind kind) override;
    /// An error other than kLost says for certain that nothing was kept.
    base::Status commit() override;
    void rollback() override;
    [[nodiscard]] Trouble trouble() const override { return trouble_; }

  private:
    explicit PostgresConnection(pg_conn* connection);
    base::Result<PostgresStatement*> prepare(const Statement& statement);
    base::Status make_room();
    PostgresResult send(const PostgresStatement& prepared, std::span<const Value> values);
    base::Error fail(const pg_result* result, std::string_view statement);

    std::unique_ptr<pg_conn, PostgresCloser> connection_;
    StatementCache<PostgresStatement> cache_{kStatementCacheBound};
    int names_ = 0;
    bool stale_ = false;  // every prepared statement is to be made anew
    bool open_ = false;   // inside a transaction
    Trouble trouble_ = Trouble::none;
};

}  // namespace portal::store
