#include "domain/booking_list.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace portal::base {
namespace {

constexpr std::size_t kTimeSize = 8;
constexpr std::size_t kCursorSize = kTimeSize + 16;

}  // namespace

std::string TextForm<domain::BookingCursor>::format(const domain::BookingCursor& cursor) {
    std::array<std::uint8_t, kCursorSize> bytes{};
    auto ms = static_cast<std::uint64_t>(to_ms(cursor.starts));
    for (std::size_t i = kTimeSize; i > 0; --i, ms >>= 8U)
        bytes[i - 1] = static_cast<std::uint8_t>(ms & 0xffU);
    std::copy(cursor.booking.bytes.begin(), cursor.booking.bytes.end(), bytes.begin() + kTimeSize);
    return format_base64url(bytes);
}

Result<domain::BookingCursor> TextForm<domain::BookingCursor>::parse(std::string_view text) {
    const auto bytes = parse_base64url(text);
    if (!bytes || bytes->size() != kCursorSize)
        return invalid("", N_("This is no place in a list."));
    std::uint64_t ms = 0;
    for (std::size_t i = 0; i < kTimeSize; ++i) ms = ms << 8U | (*bytes)[i];
    domain::BookingCursor cursor{from_ms(static_cast<std::int64_t>(ms)), {}};
    std::copy(bytes->begin() + kTimeSize, bytes->end(), cursor.booking.bytes.begin());
    return cursor;
}

}  // namespace portal::base
