#include "store/consent.hpp"

#include "store/column.hpp"

namespace portal::store {
namespace {

constexpr Statement kInsertText{
    "consent_text.insert",
    "INSERT INTO consent_text (tenant, version, language, body, created_at) "
    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, version, language) DO NOTHING"};
constexpr Statement kCurrentTexts{
    "consent_text.current",
    "SELECT version, language, body FROM consent_text WHERE tenant = $1 AND version = "
    "(SELECT MAX(version) FROM consent_text WHERE tenant = $1) ORDER BY id LIMIT 100"};
constexpr Statement kVersion{"consent_text.version",
                             "SELECT version FROM consent_text WHERE tenant = $1 "
                             "ORDER BY version DESC LIMIT 1"};
constexpr Statement kInsert{
    "consent.insert",
    "INSERT INTO consent (tenant, membership, text_version, text_hash, language, method, answer, "
    "given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id"};
#define PORTAL_CONSENT_COLUMNS                                                                   \
    "c.id, c.membership, c.text_version, c.text_hash, c.language, c.method, c.answer, "          \
    "c.given_at, c.withdrawn_at, c.reason, m.public_id, m.first_name, m.last_name FROM consent " \
    "c JOIN membership m ON m.id = c.membership AND m.tenant = c.tenant "
constexpr Statement kListOf{"consent.list_of",
                            "SELECT " PORTAL_CONSENT_COLUMNS
                            "WHERE c.tenant = $1 AND c.membership = $2 ORDER BY c.id DESC "
                            "LIMIT 1000"};
constexpr Statement kList{"consent.list", "SELECT " PORTAL_CONSENT_COLUMNS
                                          "WHERE c.tenant = $1 ORDER BY c.id DESC LIMIT 10000"};
constexpr Statement kWithdraw{
    "consent.withdraw",
    "UPDATE consent SET withdrawn_at = $3, reason = $4 WHERE tenant = $1 AND membership = $2 "
    "AND answer = 'yes' AND withdrawn_at IS NULL"};
constexpr Statement kCount{
    "consent.count",
    "SELECT COUNT(DISTINCT membership), COUNT(DISTINCT CASE WHEN answer = 'yes' AND "
    "withdrawn_at IS NULL THEN membership END) FROM consent "
    "WHERE tenant = $1 AND text_version = $2"};
constexpr Statement kAll[] = {kInsertText, kCurrentTexts, kVersion,  kInsert,
                              kListOf,     kList,         kWithdraw, kCount};

Consent map_consent(const Row& row) {
    Consent c;
    c.id = row.integer(0);
    c.membership = row.id<base::MembershipId>(1);
    c.version = row.text(2);
    c.text_hash = row.blob(3);
    c.language = text_enum(row.text(4), domain::Language::en);
    c.method = text_enum(row.text(5), domain::LoginMethod::password);
    c.answer = text_enum(row.text(6), domain::ConsentAnswer::not_now);
    c.answered_at = row.instant(7);
    c.withdrawn_at = row.maybe_instant(8);
    c.reason = row.text(9);
    c.person = row.uuid(10);
    c.name = row.text(11) + " " + row.text(12);
    return c;
}

}  // namespace

base::Result<bool> insert_consent_text(Tx& tx, base::TenantId tenant, const ConsentText& t,
                                       base::Instant now) {
    PORTAL_TRY(made, tx.run(kInsertText, tenant, t.version, enum_text(t.language), t.body, now));
    return made > 0;
}

base::Result<std::vector<ConsentText>> list_current_texts(Tx& tx, base::TenantId tenant) {
    return tx.list(
        kCurrentTexts,
        [](const Row& row) {
            return ConsentText{row.integer(0), text_enum(row.text(1), domain::Language::en),
                               row.text(2)};
        },
        tenant);
}

base::Result<std::int64_t> find_text_version(Tx& tx, base::TenantId tenant) {
    PORTAL_TRY(found, tx.find(
                          kVersion, [](const Row& row) { return row.integer(0); }, tenant));
    return found.value_or(0);
}

base::Result<std::optional<std::int64_t>> insert_consent(Tx& tx, base::TenantId tenant,
                                                         const Consent& c) {
    return tx.find(
        kInsert, [](const Row& row) { return row.integer(0); }, tenant, c.membership, c.version,
        c.text_hash, enum_text(c.language), enum_text(c.method), enum_text(c.answer),
        c.answered_at);
}

base::Result<std::vector<Consent>> list_consents_of(Tx& tx, base::TenantId tenant,
                                                    base::MembershipId person) {
    return tx.list(kListOf, map_consent, tenant, person);
}

base::Result<std::vector<Consent>> list_consents(Tx& tx, base::TenantId tenant) {
    return tx.list(kList, map_consent, tenant);
}

base::Result<std::int64_t> withdraw_consents(Tx& tx, base::TenantId tenant,
                                             base::MembershipId person, std::string_view reason,
                                             base::Instant now) {
    return tx.run(kWithdraw, tenant, person, now, reason);
}

base::Result<ConsentCount> count_consents(Tx& tx, base::TenantId tenant, std::string_view version) {
    PORTAL_TRY(found, tx.find(
                          kCount,
                          [](const Row& row) {
                              return ConsentCount{row.integer(0), row.integer(1)};
                          },
                          tenant, version));
    return found.value_or(ConsentCount{});
}

std::span<const Statement> consent_statements() {
    return kAll;
}

}  // namespace portal::store
