#include "store/tenant.hpp"

#include <algorithm>
#include <tuple>

#include "store/column.hpp"
#include "store/store.hpp"

namespace portal::store {
namespace {

using namespace domain;

#define PORTAL_TENANT_CHANGEABLE                                                                 \
    "host, own_host, name, address, phone, accent, zone, language, modules, confirmation, "      \
    "reminders, client_login, login_methods, patient_assurance, patient_eid_first, "             \
    "relative_methods, relative_assurance, relative_eid_first, staff_methods, staff_assurance, " \
    "staff_eid_first, feature_assurance, registration, unknown_by_eid, welcome, "                \
    "login_identifier, code_channel, booking_login, room_minutes, popup_minutes, "               \
    "visit_max_minutes, warnings, nudge, waitlist, waitlist_minutes"
#define PORTAL_TENANT_COLUMNS                                      \
    "id, slug, country, contact_name, contact_email, created_at, " \
    "version, " PORTAL_TENANT_CHANGEABLE

constexpr Statement kInsert{
    "tenant.insert",
    "INSERT INTO tenant (slug, country, contact_name, contact_email, "
    "created_at, " PORTAL_TENANT_CHANGEABLE
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, "
    "$14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, "
    "$32, $33, $34, $35, $36, $37, $38, $39, $40) ON CONFLICT DO NOTHING RETURNING id",
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
    "UPDATE tenant SET host = $3, own_host = $4, name = $5, address = $6, phone = $7, "
    "accent = $8, zone = $9, language = $10, modules = $11, confirmation = $12, reminders = $13, "
    "client_login = $14, login_methods = $15, patient_assurance = $16, patient_eid_first = $17, "
    "relative_methods = $18, relative_assurance = $19, relative_eid_first = $20, "
    "staff_methods = $21, staff_assurance = $22, staff_eid_first = $23, "
    "feature_assurance = $24, registration = $25, unknown_by_eid = $26, welcome = $27, "
    "login_identifier = $28, code_channel = $29, booking_login = $30, room_minutes = $31, "
    "popup_minutes = $32, visit_max_minutes = $33, warnings = $34, nudge = $35, waitlist = $36, "
    "waitlist_minutes = $37, version = version + 1 "
    "WHERE id = $1 AND version = $2"};
constexpr Statement kAll[] = {kInsert, kByHost, kBySlug, kById, kLock, kList, kCount, kSave};

/// Three columns from `at` on.
AudiencePolicy map_policy(const Row& row, int at) {
    return {split_enums<LoginMethod>(row.text(at)), text_enum(row.text(at + 1), Assurance::eid),
            row.boolean(at + 2)};
}

Tenant map_tenant(const Row& row) {
    Tenant tenant;
    tenant.id = row.id<base::TenantId>(0);
    tenant.slug = row.text(1);
    tenant.country = text_enum(row.text(2), Country::se);
    tenant.contact_name = row.text(3);
    tenant.contact_email = base::Email{row.text(4)};
    tenant.created_at = row.instant(5);
    tenant.version = row.integer(6);
    tenant.host = row.text(7);
    tenant.own_host = row.boolean(8);
    tenant.name = row.text(9);
    tenant.address = row.text(10);
    tenant.phone = row.text(11);
    tenant.accent = text_enum(row.text(12), Accent::blue);
    tenant.zone = row.text(13);
    tenant.language = text_enum(row.text(14), domain::Language::en);
    tenant.modules = split_enums<Module>(row.text(15));
    tenant.confirmation = row.boolean(16);
    tenant.reminders = split_words(row.text(17));
    tenant.client_login = row.boolean(18);
    tenant.patient_login = map_policy(row, 19);
    tenant.relative_login = map_policy(row, 22);
    tenant.staff_login = map_policy(row, 25);
    tenant.features = parse_feature_minima(row.text(28));
    tenant.registration = text_enum(row.text(29), Registration::none);
    tenant.unknown_by_eid = row.boolean(30);
    tenant.welcome = row.text(31);
    tenant.login_identifier = text_enum(row.text(32), LoginIdentifier::email);
    tenant.code_channel = text_enum(row.text(33), CodeChannel::email);
    tenant.booking_login = text_enum(row.text(34), BookingLogin::first);
    tenant.room_minutes = static_cast<int>(row.integer(35));
    tenant.popup_minutes = static_cast<int>(row.integer(36));
    tenant.visit_max_minutes = static_cast<int>(row.integer(37));
    tenant.warnings = split_words(row.text(38));
    tenant.nudge = row.text(39);
    tenant.waitlist = row.boolean(40);
    tenant.waitlist_minutes = static_cast<int>(row.integer(41));
    return tenant;
}

/// Runs `statement` with `first...` and then every changeable column.
template <class Run, class... First>
auto with_columns(Run run, const Tenant& t, const First&... first) {
    const auto& [p, r, s] = std::tie(t.patient_login, t.relative_login, t.staff_login);
    return run(first..., t.host, t.own_host, t.name, t.address, t.phone, enum_text(t.accent),
               t.zone, enum_text(t.language), join_enums(t.modules), t.confirmation,
               join_words(t.reminders), t.client_login, join_enums(p.methods), enum_text(p.minimum),
               p.eid_first, join_enums(r.methods), enum_text(r.minimum), r.eid_first,
               join_enums(s.methods), enum_text(s.minimum), s.eid_first,
               format_feature_minima(t.features), enum_text(t.registration), t.unknown_by_eid,
               t.welcome, enum_text(t.login_identifier), enum_text(t.code_channel),
               enum_text(t.booking_login), t.room_minutes, t.popup_minutes, t.visit_max_minutes,
               join_words(t.warnings), t.nudge, t.waitlist, t.waitlist_minutes);
}

}  // namespace

bool Tenant::has(Module module) const {
    return std::find(modules.begin(), modules.end(), module) != modules.end();
}

const AudiencePolicy& Tenant::policy_for(Audience audience) const {
    if (audience == Audience::staff) return staff_login;
    return audience == Audience::relative ? relative_login : patient_login;
}

base::Result<std::optional<base::TenantId>> insert_tenant(Tx& tx, const Tenant& t) {
    const auto insert = [&](const auto&... values) {
        return tx.find(
            kInsert, [](const Row& row) { return row.id<base::TenantId>(0); }, values...);
    };
    return with_columns(insert, t, t.slug, enum_text(t.country), t.contact_name,
                        t.contact_email.reveal(), t.created_at);
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
    const auto update = [&](const auto&... values) { return tx.run(kSave, values...); };
    PORTAL_TRY(changed, with_columns(update, t, t.id, t.version));
    if (changed == 0) return base::make_error(base::ErrorCode::stale, {});
    return {};
}

std::span<const Statement> tenant_statements() {
    return kAll;
}

}  // namespace portal::store
