#include "store/row.hpp"

#include <algorithm>

namespace portal::store {

ColumnError::ColumnError(int column, const char* expected)
    : std::logic_error("column " + std::to_string(column) + " is not " + expected) {}

base::Bytes Row::blob(int column) const {
    const auto bytes = columns_.blob(column);
    return {bytes.begin(), bytes.end()};
}

base::Uuid Row::uuid(int column) const {
    const auto bytes = columns_.blob(column);
    base::Uuid id;
    if (bytes.size() != id.bytes.size()) throw ColumnError(column, "16 bytes");
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return id;
}

std::optional<std::int64_t> Row::maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional{integer(column)};
}

std::optional<std::string> Row::maybe_text(int column) const {
    return is_null(column) ? std::nullopt : std::optional{text(column)};
}

std::optional<base::Bytes> Row::maybe_blob(int column) const {
    return is_null(column) ? std::nullopt : std::optional{blob(column)};
}

std::optional<base::Instant> Row::maybe_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional{instant(column)};
}

std::optional<base::Uuid> Row::maybe_uuid(int column) const {
    return is_null(column) ? std::nullopt : std::optional{uuid(column)};
}

}  // namespace portal::store
