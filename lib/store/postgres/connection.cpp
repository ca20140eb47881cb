#include "store/postgres/connection.hpp"

#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <cstring>

#include "store/failure.hpp"
#include "store/postgres/failure.hpp"

namespace portal::store {
namespace {

constexpr const char* kUnfit =
    base::N_("The database server must be PostgreSQL 14 or newer, and the database UTF8.");
constexpr const char* kBadUrl = base::N_("The database's address cannot be understood.");

constexpr Statement kBegin{"tx.begin", "BEGIN"};
constexpr Statement kBeginRead{"tx.begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
constexpr Statement kCommit{"tx.commit", "COMMIT"};
constexpr Statement kRollback{"tx.rollback", "ROLLBACK"};

// An acknowledged commit is on disk, whatever the server's default; nothing holds a worker long.
constexpr std::string_view kSession =
    "SET statement_timeout = 10000; SET lock_timeout = 5000;"
    "SET idle_in_transaction_session_timeout = 30000;"
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') = 'off'";

// Types by their fixed object ids (pg_type.dat).
constexpr Oid kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25,
              kUnknown = 705, kBpchar = 1042, kVarchar = 1043;

class PostgresColumns final : public Columns {
  public:
    explicit PostgresColumns(const PGresult* result) : result_(result) {}
    void set_row(int row) { row_ = row; }

    [[nodiscard]] bool is_null(int column) const override {
        check(column);
        return PQgetisnull(result_, row_, column) != 0;
    }
    [[nodiscard]] std::int64_t integer(int column) const override {
        const auto type = type_of(column);
        if (type != kInt8 && type != kInt4 && type != kInt2 && type != kBool) {
            throw ColumnError(column, "an integer");
        }
        return decode(bytes(column));
    }
    [[nodiscard]] std::string_view text(int column) const override {
        const auto type = type_of(column);
        if (type != kText && type != kVarchar && type != kBpchar && type != kName &&
            type != kUnknown) {
            throw ColumnError(column, "text");
        }
        return base::as_text(bytes(column));
    }
    [[nodiscard]] std::span<const std::uint8_t> blob(int column) const override {
        if (type_of(column) != kBytea) throw ColumnError(column, "a blob");
        return bytes(column);
    }

  private:
    void check(int column) const {
        if (column < 0 || column >= PQnfields(result_)) throw ColumnError(column, "there");
    }
    [[nodiscard]] Oid type_of(int column) const {
        if (is_null(column)) throw ColumnError(column, "other than null");
        return PQftype(result_, column);
    }
    [[nodiscard]] std::span<const std::uint8_t> bytes(int column) const {
        const void* data = PQgetvalue(result_, row_, column);
        return {static_cast<const std::uint8_t*>(data),
                static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }
    /// Big-endian two's complement of 1 (bool), 2, 4 or 8 bytes.
    static std::int64_t decode(std::span<const std::uint8_t> bytes) {
        const bool negative = bytes.size() > 1 && (bytes[0] & 0x80U) != 0;
        std::uint64_t number = negative ? ~std::uint64_t{0} : 0;
        for (const auto byte : bytes) number = (number << 8U) | byte;
        return static_cast<std::int64_t>(number);
    }

    const PGresult* result_;
    int row_ = 0;
};

/// Parameters as libpq wants them. Integers go as text, because the server may have inferred any
/// width; text and blobs go as bytes with their length.
class Arguments {
  public:
    explicit Arguments(std::span<const Value> values)
        : digits_(values.size()),
          pointers_(values.size()),
          lengths_(values.size()),
          formats_(values.size()) {
        for (std::size_t i = 0; i < values.size(); ++i) set(i, values[i]);
    }
    [[nodiscard]] int count() const { return static_cast<int>(pointers_.size()); }
    [[nodiscard]] const char* const* pointers() const { return pointers_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

  private:
    void set(std::size_t i, const Value& value) {
        if (value.type == Value::Type::null) return;
        if (value.type == Value::Type::integer) {
            auto& digits = digits_[i];
            *std::to_chars(digits.begin(), digits.end() - 1, value.integer).ptr = '\0';
            pointers_[i] = digits.data();
            return;
        }
        pointers_[i] = value.bytes.empty() ? "" : value.bytes.data();
        lengths_[i] = static_cast<int>(value.bytes.size());
        formats_[i] = 1;
    }

    std::vector<std::array<char, 24>> digits_;
    std::vector<const char*> pointers_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

std::string_view field(const PGresult* result, int code) {
    const char* text = PQresultErrorField(result, code);
    return text == nullptr ? std::string_view{} : text;
}

std::int64_t rows_changed(PGresult* result) {
    if (std::string_view{PQcmdStatus(result)}.starts_with("SELECT")) return 0;
    const std::string_view count = PQcmdTuples(result);
    std::int64_t changed = 0;
    std::from_chars(count.data(), count.data() + count.size(), changed);
    return changed;
}

bool succeeded(const PGresult* result) {
    const auto status = PQresultStatus(result);
    return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY;
}

/// libpq repeats parts of an address that it cannot parse, and a password may be in it.
bool is_address(const std::string& url) {
    PQconninfoOption* options = PQconninfoParse(url.c_str(), nullptr);
    PQconninfoFree(options);
    return options != nullptr;
}

}  // namespace

void PostgresCloser::operator()(pg_conn* connection) const {
    PQfinish(connection);
}

void PostgresCloser::operator()(pg_result* result) const {
    PQclear(result);
}

PostgresConnection::PostgresConnection(pg_conn* connection) : connection_(connection) {}

base::Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& url) {
    if (!is_address(url)) return base::invalid("database.url", kBadUrl);
    // What the address itself says comes last and wins.
    const std::array<const char*, 6> keys{"connect_timeout", "tcp_user_timeout", "application_name",
                                          "client_encoding", "dbname",           nullptr};
    const std::array<const char*, 6> values{"5", "10000", "portald", "UTF8", url.c_str(), nullptr};
    std::unique_ptr<PostgresConnection> opened{
        new PostgresConnection(PQconnectdbParams(keys.data(), values.data(), 1))};
    PGconn* connection = opened->connection_.get();
    PQsetNoticeProcessor(
        connection, [](void*, const char*) {}, nullptr);
    if (PQstatus(connection) != CONNECTION_OK) {
        return to_error({Failure::Kind::lost, "connection", {}}, "connect")
            .with_hint(std::string{base::trim(PQerrorMessage(connection))});
    }
    const char* encoding = PQparameterStatus(connection, "server_encoding");
    if (PQserverVersion(connection) < 140000 || encoding == nullptr ||
        std::string_view{encoding} != "UTF8") {
        return base::make_error(base::ErrorCode::unavailable, kUnfit);
    }
    PORTAL_TRYV(opened->script("session", kSession));
    return opened;
}

base::Error PostgresConnection::fail(const pg_result* result, std::string_view statement) {
    const bool alive = PQstatus(connection_.get()) == CONNECTION_OK;
    const auto state = alive ? field(result, PG_DIAG_SQLSTATE) : std::string_view{};
    trouble_ = std::max(trouble_, postgres_trouble(state));
    stale_ = stale_ || is_stale_plan(state);
    return to_error(postgres_failure(state, field(result, PG_DIAG_CONSTRAINT_NAME)), statement);
}

base::Result<PostgresStatement*> PostgresConnection::prepare(const Statement& statement) {
    if (auto* cached = cache_.find(statement.sql); cached != nullptr) return cached;
    PORTAL_TRY(sql, expand(statement.sql, Dialect::postgres));
    PORTAL_TRY(count, count_parameters(sql));
    PORTAL_TRYV(make_room());
    PostgresStatement prepared{"s" + std::to_string(++names_), count};
    const PostgresResult result{
        PQprepare(connection_.get(), prepared.name.c_str(), sql.c_str(), 0, nullptr)};
    if (!succeeded(result.get())) {
        auto error = fail(result.get(), statement.name);
        if (error.code != base::ErrorCode::internal) return error;
        // Nothing is bound yet, so the message speaks of the SQL text only.
        return broken(statement.name, std::string{field(result.get(), PG_DIAG_MESSAGE_PRIMARY)});
    }
    return cache_.insert(statement.sql, std::move(prepared));
}

base::Status PostgresConnection::make_room() {
    const auto* victim = cache_.victim();
    if (victim == nullptr) return {};
    const auto sql = "DEALLOCATE " + victim->name;
    const PostgresResult result{PQexec(connection_.get(), sql.c_str())};
    if (!succeeded(result.get())) return fail(result.get(), "deallocate");
    cache_.drop_victim();
    return {};
}

PostgresResult PostgresConnection::send(const PostgresStatement& prepared,
                                        std::span<const Value> values) {
    const Arguments arguments{values};
    return PostgresResult{PQexecPrepared(connection_.get(), prepared.name.c_str(),
                                         arguments.count(), arguments.pointers(),
                                         arguments.lengths(), arguments.formats(), 1)};
}

base::Result<std::int64_t> PostgresConnection::execute(const Statement& statement,
                                                       std::span<const Value> values,
                                                       Tx::Visitor visit) {
    PORTAL_TRY(prepared, prepare(statement));
    if (static_cast<int>(values.size()) != prepared->parameters) {
        return broken(statement.name, "takes " + std::to_string(prepared->parameters) +
                                          " parameters, not " + std::to_string(values.size()));
    }
    const auto result = send(*prepared, values);
    if (!succeeded(result.get())) return fail(result.get(), statement.name);
    PostgresColumns columns{result.get()};
    const int rows = visit ? PQntuples(result.get()) : 0;
    for (int row = 0; row < rows; ++row) {
        columns.set_row(row);
        if (!visit(Row{columns})) break;
    }
    return rows_changed(result.get());
}

base::Status PostgresConnection::script(std::string_view name, std::string_view sql) {
    PORTAL_TRY(text, expand(sql, Dialect::postgres));
    const PostgresResult result{PQexec(connection_.get(), text.c_str())};
    if (succeeded(result.get())) return {};
    auto error = fail(result.get(), name);
    // Class 42 is about names and grammar; other messages may quote the rows that were found.
    const bool wrong_text = field(result.get(), PG_DIAG_SQLSTATE).starts_with("42");
    if (error.code != base::ErrorCode::internal || !wrong_text) return error;
    return broken(name, std::string{field(result.get(), PG_DIAG_MESSAGE_PRIMARY)});
}

base::Status PostgresConnection::begin(Store::Kind kind) {
    trouble_ = Trouble::none;
    if (stale_) {
        PORTAL_TRYV(script("deallocate", "DEALLOCATE ALL"));
        cache_.clear();
        stale_ = false;
    }
    PORTAL_TRY(changed, execute(kind == Store::Kind::write ? kBegin : kBeginRead, {}, {}));
    open_ = true;
    return {};
}

base::Status PostgresConnection::commit() {
    open_ = false;
    PORTAL_TRY(prepared, prepare(kCommit));
    const auto result = send(*prepared, {});
    if (!succeeded(result.get())) return fail(result.get(), kCommit.name);
    // A transaction that had failed answers COMMIT with a ROLLBACK and no error.
    if (std::string_view{PQcmdStatus(result.get())} != "COMMIT") {
        return broken(kCommit.name, "rolled back");
    }
    return {};
}

void PostgresConnection::rollback() {
    if (open_ && !execute(kRollback, {}, {})) trouble_ = std::max(trouble_, Trouble::lost);
    open_ = false;
}

}  // namespace portal::store
