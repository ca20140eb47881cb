// A named SQL statement and the values bound to it. Every SQL text of Portal is a constexpr
// Statement in lib/store/<noun>.cpp, listed in statements.cpp, so that tests can prepare them all.
//
// SQL rules (one text for both engines): parameters $1..$n without gaps, the tenant always $1;
// macros {pk} {i64} {blob} {text} {strict} {skip_locked} {for_update}, expanded when first prepared; a parameter
// that is neither compared with nor assigned to a column is wrapped in CAST; no SELECT *.
// Thread rule: constants.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/ids.hpp"

namespace portal::store {

struct Statement {
    std::string_view name;         // "booking.insert": what errors, metrics and tests say
    std::string_view sql;          // never built at run time
    bool crosses_tenants = false;  // only in system_read and system_write; counted by a test
};

/// A view of one bound parameter; what it points to must outlive the call.
struct Value {
    enum class Type { null, integer, text, blob };
    Type type = Type::null;
    std::int64_t integer = 0;
    std::string_view bytes{};  // text: UTF-8 without NUL, checked by the driver; blob: any
};

template <class T>
requires std::integral<T>
constexpr Value to_value(T number) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "an uint64 does not fit an int64 column");
    return {Value::Type::integer, static_cast<std::int64_t>(number), {}};
}
constexpr Value to_value(std::nullopt_t) {
    return {};
}
constexpr Value to_value(std::string_view text) {
    return {Value::Type::text, 0, text};
}
inline Value to_value(const std::string& text) {
    return to_value(std::string_view{text});
}
constexpr Value to_value(const char* text) {
    return to_value(std::string_view{text});
}
inline Value to_value(std::span<const std::uint8_t> blob) {
    return {Value::Type::blob, 0, base::as_text(blob)};
}
inline Value to_value(const base::Bytes& blob) {
    return to_value(std::span<const std::uint8_t>{blob});
}
template <std::size_t N>
Value to_value(const std::array<std::uint8_t, N>& blob) {
    return to_value(std::span<const std::uint8_t>{blob});
}
/// Stored as its 16 bytes.
inline Value to_value(const base::Uuid& id) {
    return to_value(std::span<const std::uint8_t>{id.bytes});
}
/// Epoch milliseconds, UTC.
inline Value to_value(base::Instant at) {
    return to_value(base::to_ms(at));
}
template <class Tag>
constexpr Value to_value(base::Id<Tag> id) {
    return to_value(id.value);
}
template <class T>
Value to_value(const std::optional<T>& maybe) {
    return maybe ? to_value(*maybe) : Value{};
}

}  // namespace portal::store
