// The audit row of an act, written in the act's own transaction. Ids only.
// Thread rule: inside a write transaction. Source: architecture.md "Audit", K7.
#pragma once

#include <string>
#include <string_view>

#include "service/session.hpp"

namespace portal::service {

struct Act {
    std::string_view name;    // "booking.create"
    std::string_view object;  // "booking"; empty when there is none
    std::int64_t id = 0;
    std::string_view reason{};  // a code
};
base::Status record_act(store::Tx& tx, const Session& session, const Act& act);
/// For an act of the installation, or on a tenant that was just made.
base::Status record_act(store::Tx& tx, const Session& session, base::TenantId tenant,
                        const Act& act);
struct Change {
    base::Bytes before;  // digests
    base::Bytes after;
};
base::Status record_change(store::Tx& tx, const Session& session, const Act& act,
                           const Change& change);

}  // namespace portal::service
