#include "store/exemption.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

constexpr Statement kLive{
    "exemption.live",
    "SELECT id, public_id, membership, state, code_address, version FROM exemption "
    "WHERE tenant = $1 AND membership = $2 AND state <> 'ended'"};
constexpr Statement kAll[] = {kLive};

Exemption map_exemption(const Row& row) {
    Exemption e;
    e.id = row.integer(0);
    e.public_id = row.uuid(1);
    e.membership = row.id<base::MembershipId>(2);
    e.state = text_enum(row.text(3), domain::ExemptionState::suspended);
    e.code_address = base::Email{row.text(4)};
    e.version = row.integer(5);
    return e;
}

}  // namespace

base::Result<std::optional<Exemption>> find_exemption(Tx& tx, base::TenantId tenant,
                                                      base::MembershipId membership) {
    return tx.find(kLive, map_exemption, tenant, membership);
}

std::span<const Statement> exemption_statements() {
    return kAll;
}

}  // namespace portal::store
