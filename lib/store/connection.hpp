// One connection to a database: the seam between what both engines share and what they do not.
// Thread rule: used by one thread at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.hpp"
#include "store/dialect.hpp"
#include "store/store.hpp"

namespace portal::store {

/// The worst that befell a connection since the transaction began.
enum class Trouble {
    none,
    retry,  // roll back, then the same work may succeed
    lost,   // this connection is of no more use
    disk,   // a failed fsync: what the disk holds is unknown
};

inline constexpr std::size_t kStatementCacheBound = 256;

class Connection {
  public:
    virtual ~Connection() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    /// Executes one statement; answers the rows changed. A false `visit` reads nothing.
    virtual base::Result<std::int64_t> execute(const Statement& statement,
                                               std::span<const Value> values,
                                               Tx::Visitor visit) = 0;
    /// Several statements without parameters, for migrations; macros expanded.
    virtual base::Status script(std::string_view name, std::string_view sql) = 0;

    /// Clears trouble(). A read sees one snapshot and cannot write.
    virtual base::Status begin(Store::Kind kind) = 0;
    virtual base::Status commit() = 0;
    virtual void rollback() = 0;

    [[nodiscard]] virtual Trouble trouble() const = 0;
};

/// Text that both engines store alike: UTF-8 without NUL.
base::Status check_text(const Statement& statement, std::span<const Value> values);

}  // namespace portal::store
