// The open sessions of a tenant, to be listed and ended. Thread rule: inside a transaction.
// Source: ASVS 7.4.5, 7.5.2.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "domain/session.hpp"
#include "store/tx.hpp"

namespace portal::store {

/// What makes a session open: not ended, not expired, used since.
struct OpenSince {
    base::Instant now{};
    base::Instant patients{};  // seen after this; relatives too
    base::Instant staff{};
};
/// Last used first, at most 1000. `membership`: only theirs.
base::Result<std::vector<domain::SessionView>> list_sessions(
    Tx& tx, base::TenantId tenant, const OpenSince& since,
    std::optional<base::MembershipId> membership);

struct EndWhich {
    std::optional<base::Uuid> session;
    std::optional<base::MembershipId> membership;
    base::SessionId but{};  // goes on
};
/// Every one that fits all that is given; answers how many.
base::Result<std::int64_t> end_sessions(Tx& tx, base::TenantId tenant, const OpenSince& since,
                                        const EndWhich& which);

/// The public id of a session.
base::Result<base::Uuid> find_session_id(Tx& tx, base::TenantId tenant, base::SessionId session);

struct EndedSession {
    base::MembershipId membership;
};
/// Whose session it was, over or not; for a form that came too late (L12).
base::Result<std::optional<EndedSession>> find_ended_session(Tx& tx, base::TenantId tenant,
                                                             const base::Bytes& token_hash);

std::span<const Statement> session_list_statements();

}  // namespace portal::store
