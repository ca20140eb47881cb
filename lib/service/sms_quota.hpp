// Quotas of text messages, counted in the transaction that queues one: per number and person of a
// clinic, client network, clinic, country and day. Codes and messages about visits are counted
// apart, so that a flood of codes keeps no reminder back, and busy reminders no code.
// Thread rule: as said. Source: L9.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "service/session.hpp"
#include "text/message.hpp"

namespace portal::service {

/// What a row that was not sent says after "sms-quota-".
inline constexpr std::array<std::string_view, 7> kSmsQuotas{
    "number-hour", "number-day", "person-day", "network-hour", "clinic-day", "country-day", "day"};

/// The quota that is spent, or empty; then each of them counts one. Inside a transaction that is
/// rolled back (Tx::attempt) where one is spent.
base::Result<std::string_view> spend_sms_quotas(store::Tx& tx, const Session& session,
                                                text::MessageKind kind,
                                                const store::Membership& to);
/// Messages that each quota has kept back, in the order of kSmsQuotas.
base::Result<std::array<std::int64_t, kSmsQuotas.size()>> count_refused_sms(
    const Services& services);

}  // namespace portal::service
