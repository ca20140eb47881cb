// Ids: integers inside, a random UUID v4 where an id leaves the system (v7 would tell
// when a person became a patient). Thread rule: plain values.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/result.hpp"

namespace portal::base {

/// A row's integer key; the tag keeps a staff id from being taken for a booking's.
template <class Tag>
struct Id {
    std::int64_t value = 0;
    auto operator<=>(const Id&) const = default;
    explicit operator bool() const { return value != 0; }
};
using TenantId = Id<struct TenantTag>;
using AccountId = Id<struct AccountTag>;
using MembershipId = Id<struct MembershipTag>;
using StaffId = Id<struct StaffTag>;
using VisitTypeId = Id<struct VisitTypeTag>;
using BookingId = Id<struct BookingTag>;
using SessionId = Id<struct SessionTag>;

/// The public id of a row.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const Uuid&) const = default;
};
Uuid make_uuid(Random& random);
/// 8-4-4-4-12 lower-case hexadecimal digits.
std::string format_uuid(const Uuid& id);
Result<Uuid> parse_uuid(std::string_view text);

}  // namespace portal::base
