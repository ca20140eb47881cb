// Bookings, their reminders, and the keys that make an act happen once. The database refuses an
// overlap of live bookings of one staff member (kOverlap). Thread rule: inside a transaction.
// Source: K28, C21, C45, D3, L13, L18.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/booking.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct Booking {
    base::BookingId id;
    base::Uuid public_id;
    base::StaffId staff;
    base::MembershipId patient;
    base::VisitTypeId visit_type;
    base::Instant starts{};
    base::Instant ends{};
    domain::BookingState state = domain::BookingState::unconfirmed;
    base::Uuid uid;             // of the calendar event, for its whole life (L18)
    std::int64_t sequence = 0;  // of the calendar event
    std::int64_t schedule = 1;  // raised when the time changes: reminders of an older one are void
    base::Instant created_at{};
    base::Instant changed_at{};
    std::int64_t version = 1;
    // As the visit type was when it was booked (C13).
    domain::VisitKind kind = domain::VisitKind::physical;
    int before_minutes = 0;  // kept free before and after it
    int after_minutes = 0;
    int cancel_minutes = 0;  // how late its patient may move or cancel it
    domain::Awaits awaits = domain::Awaits::nobody;
    domain::BookingOrigin origin = domain::BookingOrigin::patient;
    bool overlaps = false;              // on purpose (L14)
    std::optional<std::int64_t> group;  // its group_visit, see store/group_visit.hpp
    base::Bytes message_sealed;         // C18; seal_booking_message; empty: none
};

/// Answers the id. kOverlap when a live booking of the staff member overlaps.
base::Result<base::BookingId> insert_booking(Tx& tx, base::TenantId tenant, const Booking& booking);
base::Result<std::optional<Booking>> find_booking(Tx& tx, base::TenantId tenant,
                                                  const base::Uuid& id);
base::Result<std::optional<Booking>> find_booking(Tx& tx, base::TenantId tenant,
                                                  base::BookingId id);
/// The same, locked until the transaction ends: who acts on it next waits (PostgreSQL).
base::Result<std::optional<Booking>> lock_booking(Tx& tx, base::TenantId tenant,
                                                  const base::Uuid& id);
/// Saves times, state, awaits, sequence, schedule, group, overlaps and message, and raises the
/// version; stale when it moved, kOverlap where the time is taken.
base::Status save_booking(Tx& tx, base::TenantId tenant, const Booking& booking);

struct BookingRange {
    std::optional<base::MembershipId> patient;
    std::optional<base::StaffId> staff;
    /// With `staff` and without `patient`: also what this colleague was invited to (C20).
    std::optional<base::MembershipId> invited{};
    base::Instant from{};
    base::Instant to{};
    int limit = 1000;
    std::vector<domain::BookingState> states{};  // none: all
    std::optional<base::VisitTypeId> visit_type{};
    /// The last booking of the rows before; `from` is then its start.
    std::optional<base::BookingId> after{};
};
/// With names, by start and id. A range without patient and staff is the whole tenant's.
base::Result<std::vector<domain::BookingView>> list_bookings(Tx& tx, base::TenantId tenant,
                                                             const BookingRange& range);
base::Result<std::optional<domain::BookingView>> find_booking_view(Tx& tx, base::TenantId tenant,
                                                                   const base::Uuid& id);

struct BusyTime {
    base::Instant starts{};
    base::Instant ends{};
    int before_minutes = 0;
    int after_minutes = 0;
    std::optional<base::VisitTypeId> seats_of;  // a group visit of this type that has seats left
    int seats_left = 0;                         // then how many
};
struct BusyQuestion {
    base::StaffId staff;
    base::Instant from{};
    base::Instant to{};
    base::Instant now{};  // holds that have run out do not count
    std::optional<base::BookingId> except{};
};
/// Live bookings and held times of a staff member that touch [from, to), by start, `except` left
/// out. A group visit comes once for each of its bookings.
base::Result<std::vector<BusyTime>> list_busy(Tx& tx, base::TenantId tenant,
                                              const BusyQuestion& ask);

inline constexpr const char* kKeyUsed =
    base::N_("This form was used for something else already. Open the page again.");
struct KeyClaim {
    base::Bytes key;
    std::string act;    // what it does and to what: another act with this key is a conflict
    base::Uuid result;  // what the act will answer
    base::Instant now{};
};
/// Claims an idempotency key. nullopt: ours, go on; else the answer of the first time. conflict
/// when the key was used for something else.
base::Result<std::optional<base::Uuid>> claim_key(Tx& tx, base::TenantId tenant,
                                                  const KeyClaim& claim);

std::span<const Statement> booking_statements();

}  // namespace portal::store
