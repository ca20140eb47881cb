// Who is in the room of a video visit: an entry a person and device, by the hash of its token. The
// visits of one group share a room. Thread rule: inside a transaction. Source: C12, C32, C33, C40.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/booking.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct RoomEntry {
    std::int64_t id = 0;
    base::BookingId booking;
    base::MembershipId membership;
    base::Bytes token_hash;
    base::Instant seen_at{};
    std::string name{};  // when read
};
/// Those who have not left, in the room of this visit or of its group; when they were last seen
/// says whether they are there. Visits that do not take place any more count for nobody.
base::Result<std::vector<RoomEntry>> list_room_entries(Tx& tx, base::TenantId tenant,
                                                       const Booking& visit);
/// A token that was used before comes in again.
base::Status save_room_entry(Tx& tx, base::TenantId tenant, const RoomEntry& entry);
/// Says that he is still there.
base::Status touch_room_entry(Tx& tx, base::TenantId tenant, std::int64_t id, base::Instant now);
base::Status end_room_entry(Tx& tx, base::TenantId tenant, std::int64_t id, base::Instant now);
/// Those that were not seen since.
base::Result<std::int64_t> remove_stale_room_entries(Tx& tx, base::Instant before);

/// Seats of the group; 1 where it has none.
base::Result<int> count_seats(Tx& tx, base::TenantId tenant, std::optional<std::int64_t> group);

struct OpenRoomQuestion {
    base::MembershipId person;           // as patient
    std::optional<base::StaffId> staff;  // as staff member
    base::Instant now{};
    base::Instant opened{};  // starts until then are open
    base::Instant ended{};   // ends before it are gone
};
/// The video visit that this person's pages lead to: one that goes on or comes before one that has
/// ended. One index range a side.
base::Result<std::optional<domain::BookingView>> find_open_room(Tx& tx, base::TenantId tenant,
                                                                const OpenRoomQuestion& ask);

std::span<const Statement> room_statements();

}  // namespace portal::store
