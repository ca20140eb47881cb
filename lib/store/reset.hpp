// A password reset that waits for its second proof: a login_attempt of the purpose "reset", found
// by the token of the mailed link. Made by store::insert_attempt, also for nobody, so that asking
// costs the same (P10). Thread rule: inside a transaction. Source: D14, ASVS 6.4.3.
#pragma once

#include <optional>
#include <span>

#include "store/login.hpp"

namespace portal::store {

inline constexpr std::string_view kResetPurpose = "reset";

struct Reset {
    std::int64_t id = 0;
    std::optional<base::MembershipId> person;
    std::optional<base::Bytes> code_hash;
    std::optional<base::Instant> code_until;
    std::int64_t tries = 0;
    base::Instant expires_at{};
    bool done = false;
    bool confirmed = false;  // by the clinic
};
base::Result<std::optional<Reset>> find_reset(Tx& tx, base::TenantId tenant,
                                              const base::Bytes& token_hash);
struct ResetCode {
    std::int64_t reset = 0;
    base::Bytes hash;
    base::Instant until{};
};
base::Status set_reset_code(Tx& tx, base::TenantId tenant, const ResetCode& code);
struct ConfirmedFor {
    base::Instant from{};
    base::Instant until{};
};
/// Every open one, since their links are all in one mailbox; false when there is none.
base::Result<bool> confirm_resets(Tx& tx, base::TenantId tenant, base::MembershipId person,
                                  const ConfirmedFor& time);

std::span<const Statement> reset_statements();

}  // namespace portal::store
