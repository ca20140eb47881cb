// The waiting list of a visit type: who waits, freed times held for those who wait, and the offers
// of one held time. A hold keeps its time from everybody else: the database refuses a booking there
// until it runs out. Thread rule: inside a transaction. Source: L31, D15.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "domain/waitlist.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct Hold {
    std::int64_t id = 0;
    base::StaffId staff;
    base::VisitTypeId visit_type;
    base::Instant starts{};
    base::Instant ends{};
    base::Instant until{};
};
struct HoldQuestion {
    base::StaffId staff;
    base::Instant from{};
    base::Instant to{};
    base::Instant now{};
};
/// Those that touch [from, to) and have not run out.
base::Result<std::vector<Hold>> list_holds(Tx& tx, base::TenantId tenant, const HoldQuestion& ask);
/// Answers its id.
base::Result<std::int64_t> insert_hold(Tx& tx, base::TenantId tenant, const Hold& hold);
/// False when it is gone: somebody was faster.
base::Result<bool> remove_hold(Tx& tx, base::TenantId tenant, std::int64_t hold);

struct OverHold {
    base::TenantId tenant;
    std::int64_t hold = 0;
};
/// Of all tenants, at most 200 that have run out.
base::Result<std::vector<OverHold>> list_over_holds(Tx& tx, base::Instant now);
/// When the next one runs out.
base::Result<std::optional<base::Instant>> next_hold_end(Tx& tx);

struct WaitlistEntry {
    std::int64_t id = 0;
    base::Uuid public_id;
    base::VisitTypeId visit_type;
    std::optional<base::StaffId> staff;  // none: anybody will do
    base::MembershipId patient;
    domain::WaitlistState state = domain::WaitlistState::waiting;
    base::Instant created_at{};
};
/// False when the patient waits for this type already.
base::Result<bool> insert_waitlist_entry(Tx& tx, base::TenantId tenant, const WaitlistEntry& entry);
base::Result<std::optional<WaitlistEntry>> find_waitlist_entry(Tx& tx, base::TenantId tenant,
                                                               const base::Uuid& id);
base::Result<std::optional<WaitlistEntry>> find_waitlist_entry(Tx& tx, base::TenantId tenant,
                                                               std::int64_t id);
struct WaitlistQuestion {
    base::VisitTypeId visit_type;
    base::StaffId staff;          // those who want somebody else are left out
    base::MembershipId except{};  // whose time was freed
};
/// The first ten who wait.
base::Result<std::vector<WaitlistEntry>> list_waiting(Tx& tx, base::TenantId tenant,
                                                      const WaitlistQuestion& ask);
struct EntryEnd {
    std::int64_t entry = 0;
    domain::WaitlistState state = domain::WaitlistState::left;
    base::Instant now{};
};
/// False when the person waits no more.
base::Result<bool> end_waitlist_entry(Tx& tx, base::TenantId tenant, const EntryEnd& end);

struct WaitlistFilter {
    std::optional<base::MembershipId> patient;
    std::optional<base::VisitTypeId> visit_type;
};
/// Who waits, with names, the longest first; at most 1000.
base::Result<std::vector<domain::WaitlistEntryView>> list_waitlist_views(
    Tx& tx, base::TenantId tenant, const WaitlistFilter& filter);

struct WaitlistOffer {
    std::int64_t id = 0;
    base::Uuid public_id;
    std::int64_t entry = 0;
    std::int64_t hold = 0;
    base::StaffId staff;
    base::Instant starts{};
    base::Instant ends{};
    base::Instant until{};
    domain::OfferState state = domain::OfferState::open;
    base::Instant created_at{};
};
base::Status insert_waitlist_offer(Tx& tx, base::TenantId tenant, const WaitlistOffer& offer);
base::Result<std::optional<WaitlistOffer>> find_waitlist_offer(Tx& tx, base::TenantId tenant,
                                                               const base::Uuid& id);
/// Open offers become `state`: one, those of a hold, those of an entry. Answers how many.
base::Result<std::int64_t> settle_offer(Tx& tx, base::TenantId tenant, std::int64_t offer,
                                        domain::OfferState state);
base::Result<std::int64_t> settle_offers_of_hold(Tx& tx, base::TenantId tenant, std::int64_t hold,
                                                 domain::OfferState state);
base::Result<std::int64_t> settle_offers_of_entry(Tx& tx, base::TenantId tenant, std::int64_t entry,
                                                  domain::OfferState state);
/// Holds that nobody is offered any more are removed.
base::Status remove_unwanted_holds(Tx& tx, base::TenantId tenant);
/// With names, the newest first; at most 1000.
base::Result<std::vector<domain::WaitlistOfferView>> list_offer_views(Tx& tx, base::TenantId tenant,
                                                                      const WaitlistFilter& filter);

std::span<const Statement> waitlist_statements();

}  // namespace portal::store
