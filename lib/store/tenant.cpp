#include "store/tenant.hpp"

#include <algorithm>

#include "store/column.hpp"
#include "store/store.hpp"

namespace portal::store {
namespace {

using namespace domain;

#define PORTAL_TENANT_COLUMNS                                                                   \
    "id, slug, host, own_host, name, address, zone, country, language, modules, confirmation, " \
    "reminders, client_login, login_methods, login_identifier, code_channel, contact_name, "    \
    "contact_email, created_at, version"

constexpr Statement kInsert{
    "tenant.insert",
    "INSERT INTO tenant (slug, host, own_host, name, address, zone, country, language, modules, "
    "confirmation, reminders, client_login, login_methods, login_identifier, code_channel, "
    "contact_name, contact_email, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
    "$11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT DO NOTHING RETURNING id",
    true};
constexpr Statement kByHost{"tenant.by_host",
                            "SELECT " PORTAL_TENANT_COLUMNS " FROM tenant WHERE host = $1", true};
constexpr Statement kBySlug{"tenant.by_slug",
                            "SELECT " PORTAL_TENANT_COLUMNS " FROM tenant WHERE slug = $1", true};
constexpr Statement kById{"tenant.by_id",
                          "SELECT " PORTAL_TENANT_COLUMNS " FROM tenant WHERE id = $1"};
constexpr Statement kLock{
    "tenant.lock", "SELECT " PORTAL_TENANT_COLUMNS " FROM tenant WHERE id = $1 {for_update}"};
constexpr Statement kList{
    "tenant.list", "SELECT " PORTAL_TENANT_COLUMNS " FROM tenant ORDER BY slug LIMIT 10000", true};
constexpr Statement kCount{"tenant.count", "SELECT COUNT(*) FROM tenant", true};
constexpr Statement kSave{
    "tenant.save",
    "UPDATE tenant SET host = $2, own_host = $3, name = $4, address = $5, zone = $6, "
    "language = $7, modules = $8, confirmation = $9, reminders = $10, client_login = $11, "
    "login_methods = $12, login_identifier = $13, code_channel = $14, version = version + 1 "
    "WHERE id = $1 AND version = $15"};
constexpr Statement kAll[] = {kInsert, kByHost, kBySlug, kById, kLock, kList, kCount, kSave};

Tenant map_tenant(const Row& row) {
    Tenant tenant;
    tenant.id = row.id<base::TenantId>(0);
    tenant.slug = row.text(1);
    tenant.host = row.text(2);
    tenant.own_host = row.boolean(3);
    tenant.name = row.text(4);
    tenant.address = row.text(5);
    tenant.zone = row.text(6);
    tenant.country = text_enum(row.text(7), Country::se);
    tenant.language = text_enum(row.text(8), domain::Language::en);
    tenant.modules = split_enums<Module>(row.text(9));
    tenant.confirmation = row.boolean(10);
    tenant.reminders = split_words(row.text(11));
    tenant.client_login = row.boolean(12);
    tenant.login_methods = split_enums<LoginMethod>(row.text(13));
    tenant.login_identifier = text_enum(row.text(14), LoginIdentifier::email);
    tenant.code_channel = text_enum(row.text(15), CodeChannel::email);
    tenant.contact_name = row.text(16);
    tenant.contact_email = base::Email{row.text(17)};
    tenant.created_at = row.instant(18);
    tenant.version = row.integer(19);
    return tenant;
}

}  // namespace

bool Tenant::has(Module module) const {
    return std::find(modules.begin(), modules.end(), module) != modules.end();
}

base::Result<std::optional<base::TenantId>> insert_tenant(Tx& tx, const Tenant& t) {
    return tx.find(
        kInsert, [](const Row& row) { return row.id<base::TenantId>(0); }, t.slug, t.host,
        t.own_host, t.name, t.address, t.zone, enum_text(t.country), enum_text(t.language),
        join_enums(t.modules), t.confirmation, join_words(t.reminders), t.client_login,
        join_enums(t.login_methods), enum_text(t.login_identifier), enum_text(t.code_channel),
        t.contact_name, t.contact_email.reveal(), t.created_at);
}

base::Result<std::optional<Tenant>> find_tenant_by_host(Tx& tx, std::string_view host) {
    return tx.find(kByHost, map_tenant, host);
}
base::Result<std::optional<Tenant>> find_tenant_by_slug(Tx& tx, std::string_view slug) {
    return tx.find(kBySlug, map_tenant, slug);
}
base::Result<std::optional<Tenant>> find_tenant(Tx& tx, base::TenantId id) {
    return tx.find(kById, map_tenant, id);
}
base::Result<std::optional<Tenant>> lock_tenant(Tx& tx, base::TenantId id) {
    return tx.find(kLock, map_tenant, id);
}
base::Result<std::vector<Tenant>> list_tenants(Tx& tx) {
    return tx.list(kList, map_tenant);
}

base::Result<std::int64_t> count_tenants(Tx& tx) {
    PORTAL_TRY(count, tx.find(kCount, [](const Row& row) { return row.integer(0); }));
    return count.value_or(0);
}

base::Status save_tenant(Tx& tx, const Tenant& t) {
    PORTAL_TRY(changed,
               tx.run(kSave, t.id, t.host, t.own_host, t.name, t.address, t.zone,
                      enum_text(t.language), join_enums(t.modules), t.confirmation,
                      join_words(t.reminders), t.client_login, join_enums(t.login_methods),
                      enum_text(t.login_identifier), enum_text(t.code_channel), t.version));
    if (changed == 0) return base::make_error(base::ErrorCode::stale, {});
    return {};
}

std::span<const Statement> tenant_statements() {
    return kAll;
}

}  // namespace portal::store
