// How often an account may be tried: password steps, codes sent and tries of codes. Counted by the
// account whatever was typed to name it, over all networks and all clinics; a browser that the
// account is known on has a budget of its own. Each budget is spent before the proof is looked at
// and stays spent. eID logins are counted nowhere here. Inside a transaction.
// Source: L6, P9, ASVS 6.3.1, 6.6.3; docs/decisions/0014.
#pragma once

#include <optional>
#include <string>

#include "service/session.hpp"

namespace portal::service {

inline constexpr std::chrono::minutes kStepPeriod{15};
inline constexpr std::chrono::minutes kCodePeriod{60};

/// Whom a password step means: the account, or what was typed where it names nobody.
struct StepSubject {
    std::optional<base::AccountId> account;
    std::string typed;  // canonical
};
/// False when spent. The same statements for nobody.
base::Result<bool> spend_password_step(store::Tx& tx, const Session& session,
                                       const StepSubject& who);
/// Of all clients of the request's network, in this minute.
base::Result<bool> spend_network_step(store::Tx& tx, const Session& session);
/// A try of any code of this account.
base::Result<bool> spend_code_try(store::Tx& tx, const Session& session, base::AccountId account);
/// A code that is to be sent to this account.
base::Result<bool> spend_code_message(store::Tx& tx, const Session& session,
                                      base::AccountId account);
/// What a browser that has logged in may spend again.
base::Status refill_device(store::Tx& tx, const Session& session, base::AccountId account);
/// When an unknown device may try a password again after what was tried at this clinic; none when
/// it may now. What was tried elsewhere is not told (P3). For `login why`.
base::Result<std::optional<base::Instant>> throttled_until(store::Tx& tx, const Session& session,
                                                           base::AccountId account);
/// What this clinic counted is taken off the account's budgets, and no more: `login unlock`.
base::Status clear_budgets(store::Tx& tx, const Session& session, base::AccountId account);

}  // namespace portal::service
