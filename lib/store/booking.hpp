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
/// Saves times, state, sequence and schedule and raises the version; stale when it moved.
base::Status save_booking(Tx& tx, base::TenantId tenant, const Booking& booking);

struct BookingRange {
    std::optional<base::MembershipId> patient;
    std::optional<base::StaffId> staff;
    base::Instant from{};
    base::Instant to{};
    int limit = 1000;
};
/// With names, by start. A range without patient and staff is the whole tenant's.
base::Result<std::vector<domain::BookingView>> list_bookings(Tx& tx, base::TenantId tenant,
                                                             const BookingRange& range);
base::Result<std::optional<domain::BookingView>> find_booking_view(Tx& tx, base::TenantId tenant,
                                                                   const base::Uuid& id);

struct BusyTime {
    base::Instant starts{};
    base::Instant ends{};
};
struct BusyQuestion {
    base::StaffId staff;
    base::Instant from{};
    base::Instant to{};
    std::optional<base::BookingId> except{};
};
/// Live bookings of a staff member that touch [from, to), `except` left out.
base::Result<std::vector<BusyTime>> list_busy(Tx& tx, base::TenantId tenant,
                                              const BusyQuestion& ask);

struct NewReminder {
    base::BookingId booking;
    std::int64_t lead_ms = 0;
    std::int64_t schedule = 1;
    base::Instant due_at{};
    std::string_view state = "pending";
    std::string_view reason{};
};
base::Status insert_reminder(Tx& tx, base::TenantId tenant, const NewReminder& reminder);
/// Pending reminders of the booking become not-sent.
base::Status withdraw_reminders(Tx& tx, base::TenantId tenant, base::BookingId booking,
                                std::string_view reason);

struct DueReminder {
    std::int64_t id = 0;
    base::TenantId tenant;
    base::BookingId booking;
    std::int64_t lead_ms = 0;
    std::int64_t schedule = 1;
    base::Instant due_at{};
};
/// Of all tenants, at most 200, oldest first, after the given one.
base::Result<std::vector<DueReminder>> list_due_reminders(Tx& tx, base::Instant now,
                                                          const DueReminder& after);
/// When the next pending reminder is due.
base::Result<std::optional<base::Instant>> next_reminder(Tx& tx);
/// False when somebody else settled it meanwhile: this is what makes a reminder happen once.
base::Result<bool> settle_reminder(Tx& tx, base::TenantId tenant, std::int64_t id,
                                   std::string_view state, std::string_view reason);

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
