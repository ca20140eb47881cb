// BankID orders, one a browser's attempt; what BankID said is sealed. The row outlives a change of
// tab, of request and of daemon. Thread rule: inside a transaction. Source: C43, L10.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "store/tx.hpp"

namespace portal::store {

enum class EidOrderState { pending, failed, complete, used, cancelled };
BOOST_DESCRIBE_ENUM(EidOrderState, pending, failed, complete, used, cancelled)

struct EidOrder {
    std::int64_t id = 0;
    base::Bytes browser_hash;
    bool same_device = false;
    base::Bytes sealed;
    base::Bytes nonce_hash;    // of the address that the app returns to
    base::Bytes address_hash;  // of the browser when it began
    EidOrderState state = EidOrderState::pending;
    std::string hint;
    std::optional<base::Bytes> person_sealed;
    std::string next;
    base::Instant first_started_at{};  // of the attempt, silent restarts included
    base::Instant started_at{};        // of this order: the QR code's second 0
    base::Instant collect_at{};        // not to be asked after before
    std::optional<base::Instant> returned_at;
    std::optional<base::Instant> ended_at;
    base::Instant expires_at{};
};

base::Status insert_eid_order(Tx& tx, base::TenantId tenant, const EidOrder& order);
/// The browser's newest.
base::Result<std::optional<EidOrder>> find_eid_order(Tx& tx, base::TenantId tenant,
                                                     const base::Bytes& browser_hash);
/// Ends the browser's pending ones and answers what was sealed in them.
base::Result<std::vector<base::Bytes>> cancel_eid_orders(Tx& tx, base::TenantId tenant,
                                                         const base::Bytes& browser_hash,
                                                         base::Instant now);
/// True for one caller when a pending order may be asked after; nobody else then before `until`.
base::Result<bool> claim_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id,
                                   base::Instant now, base::Instant until);
/// The answer to a claim: still pending. None for the hint: as before.
base::Status keep_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id,
                            const std::optional<std::string>& hint, base::Instant collect_at);
struct EidOrderRestart {
    base::Bytes sealed;
    base::Instant started_at{};
    base::Instant collect_at{};
};
/// A new order in the place of one that nobody picked up.
base::Status restart_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id,
                               const EidOrderRestart& restart);
struct EidOrderEnd {
    EidOrderState state = EidOrderState::failed;
    std::string hint;
    std::optional<base::Bytes> person_sealed{};
    base::Instant at{};
};
/// False when it had ended.
base::Result<bool> end_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id,
                                 const EidOrderEnd& end);
base::Status mark_eid_order_returned(Tx& tx, base::TenantId tenant, std::int64_t id,
                                     base::Instant now);
/// From complete to used; false when another request was faster.
base::Result<bool> use_eid_order(Tx& tx, base::TenantId tenant, std::int64_t id);
/// Crosses tenants: in system_write.
base::Result<std::int64_t> remove_stale_eid_orders(Tx& tx, base::Instant before);

std::span<const Statement> bankid_statements();

}  // namespace portal::store
