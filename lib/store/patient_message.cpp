#include "store/patient_message.hpp"

namespace portal::store {
namespace {

constexpr Statement kInsert{
    "patient_message.insert",
    "INSERT INTO patient_message (tenant, membership, kind, body, created_at) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (membership, kind) DO NOTHING"};
constexpr Statement kList{"patient_message.list",
                          "SELECT id, kind, body, created_at, read_at FROM patient_message "
                          "WHERE tenant = $1 AND membership = $2 ORDER BY id DESC LIMIT 100"};
constexpr Statement kMarkRead{"patient_message.mark_read",
                              "UPDATE patient_message SET read_at = $3 "
                              "WHERE tenant = $1 AND membership = $2 AND read_at IS NULL"};
constexpr Statement kAll[] = {kInsert, kList, kMarkRead};

}  // namespace

base::Result<bool> insert_patient_message(Tx& tx, base::TenantId tenant, base::MembershipId person,
                                          const PatientMessage& m) {
    PORTAL_TRY(made, tx.run(kInsert, tenant, person, m.kind, m.body, m.created_at));
    return made > 0;
}

base::Result<std::vector<PatientMessage>> list_patient_messages(Tx& tx, base::TenantId tenant,
                                                                base::MembershipId person) {
    return tx.list(
        kList,
        [](const Row& row) {
            return PatientMessage{row.integer(0), row.text(1), row.text(2), row.instant(3),
                                  row.maybe_instant(4)};
        },
        tenant, person);
}

base::Status mark_messages_read(Tx& tx, base::TenantId tenant, base::MembershipId person,
                                base::Instant now) {
    PORTAL_TRY(changed, tx.run(kMarkRead, tenant, person, now));
    return {};
}

std::span<const Statement> patient_message_statements() {
    return kAll;
}

}  // namespace portal::store
