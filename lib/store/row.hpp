// One row of an answer. Valid only inside the mapping function that is given it.
//
// Columns count from 0. A wrong read (null, text as integer, a NUMERIC as integer) is a bug of the
// statement: it throws ColumnError, which Tx turns into an `internal` error naming the statement.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/ids.hpp"

namespace portal::store {

/// Says which column was read wrongly, never its value.
class ColumnError : public std::logic_error {
  public:
    ColumnError(int column, const char* expected);
};

/// What an engine offers of its current row.
class Columns {
  public:
    virtual ~Columns() = default;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    /// Exact or ColumnError.
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual std::span<const std::uint8_t> blob(int column) const = 0;
};

class Row {
  public:
    explicit Row(const Columns& columns) : columns_(columns) {}

    [[nodiscard]] bool is_null(int column) const { return columns_.is_null(column); }
    [[nodiscard]] std::int64_t integer(int column) const { return columns_.integer(column); }
    [[nodiscard]] bool boolean(int column) const { return integer(column) != 0; }
    [[nodiscard]] std::string text(int column) const { return std::string{columns_.text(column)}; }
    [[nodiscard]] base::Bytes blob(int column) const;
    [[nodiscard]] base::Instant instant(int column) const { return base::from_ms(integer(column)); }
    [[nodiscard]] base::Uuid uuid(int column) const;
    /// row.id<BookingId>(0)
    template <class I>
    [[nodiscard]] I id(int column) const {
        return I{integer(column)};
    }

    [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const;
    [[nodiscard]] std::optional<std::string> maybe_text(int column) const;
    [[nodiscard]] std::optional<base::Bytes> maybe_blob(int column) const;
    [[nodiscard]] std::optional<base::Instant> maybe_instant(int column) const;
    [[nodiscard]] std::optional<base::Uuid> maybe_uuid(int column) const;
    template <class I>
    [[nodiscard]] std::optional<I> maybe_id(int column) const {
        return is_null(column) ? std::nullopt : std::optional<I>{id<I>(column)};
    }

  private:
    const Columns& columns_;
};

}  // namespace portal::store
