// Messages that a patient reads on his own page: so far the one to new patients. Thread rule:
// inside a transaction. Source: K17.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/tx.hpp"

namespace portal::store {

struct PatientMessage {
    std::int64_t id = 0;
    std::string kind;
    std::string body;
    base::Instant created_at{};
    std::optional<base::Instant> read_at;
};

/// False when the person has had one of this kind.
base::Result<bool> insert_patient_message(Tx& tx, base::TenantId tenant, base::MembershipId person,
                                          const PatientMessage& message);
/// Newest first, at most a hundred.
base::Result<std::vector<PatientMessage>> list_patient_messages(Tx& tx, base::TenantId tenant,
                                                                base::MembershipId person);
base::Status mark_messages_read(Tx& tx, base::TenantId tenant, base::MembershipId person,
                                base::Instant now);

std::span<const Statement> patient_message_statements();

}  // namespace portal::store
