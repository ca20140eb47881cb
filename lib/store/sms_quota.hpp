// How many text messages were queued in a window, installation-wide; a subject is a keyed hash of
// what is counted. Thread rule: inside a transaction. Source: L9.
#pragma once

#include <span>
#include <string_view>

#include "store/tx.hpp"

namespace portal::store {

/// False when the window holds `most` already; then nothing is counted.
base::Result<bool> spend_sms(Tx& tx, const base::Bytes& subject, base::Instant window_start,
                             std::int64_t most);
/// A message that this quota kept back, for metrics.
base::Status count_refused_sms(Tx& tx, std::string_view quota);
base::Result<std::int64_t> find_refused_sms(Tx& tx, std::string_view quota);
base::Result<std::int64_t> remove_stale_sms_quotas(Tx& tx, base::Instant before);

std::span<const Statement> sms_quota_statements();

}  // namespace portal::store
