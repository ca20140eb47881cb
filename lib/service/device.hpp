// Known devices: a browser from which the person has logged in before keeps a login budget of its
// own, so that a stranger's guesses do not hold the person back. A device proves nothing else.
// Thread rule: as said. Source: L6; protocols of BankID's web demo for the cookie's 399 days.
#pragma once

#include <optional>

#include "service/session.hpp"

namespace portal::service {

inline constexpr std::int64_t kDeviceDays = 399;

/// The device's row where this browser is known to the account. The same statement for nobody.
/// Inside a transaction.
base::Result<std::optional<std::int64_t>> find_device(store::Tx& tx, const Session& session,
                                                      base::AccountId account);
/// From now on the account is known on this browser, whose cookie changes. Inside a write
/// transaction; begin_session calls it.
base::Status remember_device(store::Tx& tx, const Session& session, base::AccountId account,
                             const base::Bytes& session_hash);
/// The cookie that belongs to the session which has just begun.
base::Secret device_token(const Services& services, const base::Bytes& session_hash);

}  // namespace portal::service
