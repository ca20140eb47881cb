#include "store/registration.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

using domain::RegistrationState;

#define PORTAL_REGISTRATION_COLUMNS                                                              \
    "r.id, r.public_id, r.account, r.membership, r.state, r.origin, r.first_name, r.last_name, " \
    "r.email, r.mobile, r.language, r.detail_sealed, r.reason, r.created_at, r.expires_at, "     \
    "r.decided_at, r.version"

constexpr Statement kInsert{
    "registration.insert",
    "INSERT INTO registration (tenant, public_id, account, membership, state, origin, first_name, "
    "last_name, email, mobile, language, detail_sealed, token_hash, created_at, expires_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
    "ON CONFLICT DO NOTHING"};
constexpr Statement kFind{"registration.by_public_id",
                          "SELECT " PORTAL_REGISTRATION_COLUMNS
                          " FROM registration r WHERE r.tenant = $1 AND r.public_id = $2"};
constexpr Statement kByToken{"registration.by_token",
                             "SELECT " PORTAL_REGISTRATION_COLUMNS
                             " FROM registration r WHERE r.tenant = $1 AND r.token_hash = $2"};
constexpr Statement kPending{"registration.pending_of",
                             "SELECT r.id FROM registration r WHERE r.tenant = $1 "
                             "AND r.account = $2 AND r.state = 'pending' LIMIT 1"};
constexpr Statement kList{"registration.list",
                          "SELECT " PORTAL_REGISTRATION_COLUMNS
                          " FROM registration r WHERE r.tenant = $1 AND r.state = $2 "
                          "ORDER BY r.id LIMIT 1000"};
constexpr Statement kSave{
    "registration.save",
    "UPDATE registration SET state = $4, account = $5, membership = $6, reason = $7, "
    "decided_at = $8, version = version + 1, "
    "detail_sealed = NULL, token_hash = NULL "
    "WHERE tenant = $1 AND id = $2 AND version = $3"};
constexpr Statement kRemoveUnproved{
    "registration.remove_unproved",
    "DELETE FROM registration WHERE state = 'unproved' AND expires_at < $1", true};
constexpr Statement kAll[] = {kInsert, kFind, kByToken, kPending, kList, kSave, kRemoveUnproved};

Registration map_registration(const Row& row) {
    Registration r;
    r.id = row.integer(0);
    r.public_id = row.uuid(1);
    r.account = row.maybe_id<base::AccountId>(2);
    r.membership = row.maybe_id<base::MembershipId>(3);
    r.state = text_enum(row.text(4), RegistrationState::rejected);
    r.origin = row.text(5);
    r.first_name = row.text(6);
    r.last_name = row.text(7);
    r.email = base::Email{row.text(8)};
    r.mobile = base::Phone{row.text(9)};
    r.language = text_enum(row.text(10), domain::Language::en);
    r.detail_sealed = row.maybe_blob(11);
    r.reason = row.text(12);
    r.created_at = row.instant(13);
    r.expires_at = row.maybe_instant(14);
    r.decided_at = row.maybe_instant(15);
    r.version = row.integer(16);
    return r;
}

}  // namespace

base::Result<bool> insert_registration(Tx& tx, base::TenantId tenant, const Registration& r) {
    PORTAL_TRY(made, tx.run(kInsert, tenant, r.public_id, r.account, r.membership,
                            enum_text(r.state), r.origin, r.first_name, r.last_name,
                            r.email.reveal(), r.mobile.reveal(), enum_text(r.language),
                            r.detail_sealed, r.token_hash, r.created_at, r.expires_at));
    return made > 0;
}

base::Result<std::optional<Registration>> find_registration(Tx& tx, base::TenantId tenant,
                                                            const base::Uuid& id) {
    return tx.find(kFind, map_registration, tenant, id);
}
base::Result<std::optional<Registration>> find_registration_by_token(Tx& tx, base::TenantId tenant,
                                                                     const base::Bytes& hash) {
    return tx.find(kByToken, map_registration, tenant, hash);
}

base::Result<bool> has_pending_registration(Tx& tx, base::TenantId tenant,
                                            base::AccountId account) {
    PORTAL_TRY(found,
               tx.find(
                   kPending, [](const Row& row) { return row.integer(0); }, tenant, account));
    return found.has_value();
}

base::Result<std::vector<Registration>> list_registrations(Tx& tx, base::TenantId tenant,
                                                           RegistrationState state) {
    return tx.list(kList, map_registration, tenant, enum_text(state));
}

base::Result<bool> save_registration(Tx& tx, base::TenantId tenant, const Registration& r) {
    PORTAL_TRY(changed, tx.run(kSave, tenant, r.id, r.version, enum_text(r.state), r.account,
                               r.membership, r.reason, r.decided_at));
    return changed > 0;
}

base::Result<std::int64_t> remove_unproved_registrations(Tx& tx, base::Instant before) {
    return tx.run(kRemoveUnproved, before);
}

std::span<const Statement> registration_statements() {
    return kAll;
}

}  // namespace portal::store
