#include "store/visit.hpp"

#include "base/encoding.hpp"
#include "store/column.hpp"

namespace portal::store {
namespace {

#define PORTAL_VISIT_TYPE_OWN                                                             \
    "title, duration_minutes, step_minutes, lead_minutes, horizon_days, kind, capacity, " \
    "approval, before_minutes, after_minutes, cancel_minutes, extra_mail, extra_sms, active"
#define PORTAL_VISIT_TYPE_COLUMNS                                                               \
    "t.id, t.public_id, t.title, t.duration_minutes, t.step_minutes, t.lead_minutes, "          \
    "t.horizon_days, t.kind, t.capacity, t.approval, t.before_minutes, t.after_minutes, "       \
    "t.cancel_minutes, t.extra_mail, t.extra_sms, t.active, t.owner, t.version, m.first_name, " \
    "m.last_name, m.public_id FROM visit_type t LEFT JOIN staff s ON s.id = t.owner "           \
    "LEFT JOIN membership m ON m.id = s.membership "

constexpr Statement kInsert{
    "visit_type.insert",
    "INSERT INTO visit_type (tenant, public_id, owner, " PORTAL_VISIT_TYPE_OWN
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
    "ON CONFLICT (tenant, title) DO NOTHING RETURNING id"};
constexpr Statement kSaveType{
    "visit_type.save",
    "UPDATE visit_type SET title = $4, duration_minutes = $5, step_minutes = $6, "
    "lead_minutes = $7, horizon_days = $8, kind = $9, capacity = $10, approval = $11, "
    "before_minutes = $12, after_minutes = $13, cancel_minutes = $14, extra_mail = $15, "
    "extra_sms = $16, active = $17, owner = $18, version = version + 1 "
    "WHERE tenant = $1 AND id = $2 AND version = $3"};
constexpr Statement kList{"visit_type.list",
                          "SELECT " PORTAL_VISIT_TYPE_COLUMNS
                          "WHERE t.tenant = $1 AND t.active = 1 ORDER BY t.title LIMIT 1000"};
constexpr Statement kListAll{"visit_type.list_all",
                             "SELECT " PORTAL_VISIT_TYPE_COLUMNS
                             "WHERE t.tenant = $1 ORDER BY t.title LIMIT 1000"};
constexpr Statement kUse{
    "visit_type.use",
    "SELECT COUNT(CASE WHEN starts > CAST($3 AS BIGINT) AND state IN ('unconfirmed', 'confirmed') "
    "THEN 1 END), COUNT(*) FROM booking WHERE tenant = $1 AND visit_type = $2"};
constexpr Statement kByPublicId{"visit_type.by_public_id",
                                "SELECT " PORTAL_VISIT_TYPE_COLUMNS
                                "WHERE t.tenant = $1 AND t.public_id = $2"};
constexpr Statement kById{"visit_type.by_id",
                          "SELECT " PORTAL_VISIT_TYPE_COLUMNS "WHERE t.tenant = $1 AND t.id = $2"};
constexpr Statement kByTitle{"visit_type.by_title", "SELECT " PORTAL_VISIT_TYPE_COLUMNS
                                                    "WHERE t.tenant = $1 AND t.title = $2"};
constexpr Statement kLoad{"availability.load",
                          "SELECT zone, rules, exceptions, holidays, version FROM availability "
                          "WHERE tenant = $1 AND staff = $2"};
constexpr Statement kSave{
    "availability.save",
    "INSERT INTO availability (tenant, staff, zone, rules, exceptions, holidays) "
    "VALUES ($1, $2, $3, $4, $5, $6) "
    "ON CONFLICT (staff) DO UPDATE SET zone = excluded.zone, rules = excluded.rules, "
    "exceptions = excluded.exceptions, holidays = excluded.holidays, version = "
    "availability.version + 1"};
constexpr Statement kAll[] = {kInsert,     kSaveType, kList,    kListAll, kUse,
                              kByPublicId, kById,     kByTitle, kLoad,    kSave};

VisitType map_visit_type(const Row& row) {
    VisitType type;
    type.id = row.id<base::VisitTypeId>(0);
    type.view.id = row.uuid(1);
    type.view.title = row.text(2);
    type.view.duration_minutes = static_cast<int>(row.integer(3));
    type.view.step_minutes = static_cast<int>(row.integer(4));
    type.view.lead_minutes = static_cast<int>(row.integer(5));
    type.view.horizon_days = static_cast<int>(row.integer(6));
    type.view.kind = text_enum(row.text(7), domain::VisitKind::physical);
    type.view.capacity = static_cast<int>(row.integer(8));
    type.view.approval = row.boolean(9);
    type.view.before_minutes = static_cast<int>(row.integer(10));
    type.view.after_minutes = static_cast<int>(row.integer(11));
    type.view.cancel_minutes = static_cast<int>(row.integer(12));
    type.view.extra_mail = row.text(13);
    type.view.extra_sms = row.text(14);
    type.view.active = row.boolean(15);
    type.owner = row.maybe_id<base::StaffId>(16);
    type.view.version = row.integer(17);
    if (!type.owner) return type;
    type.view.staff = row.text(18) + " " + row.text(19);
    type.view.staff_id = row.uuid(20);
    return type;
}

/// Runs `statement` with what a type says of itself.
template <class Run>
auto with_own_columns(Run run, const domain::VisitTypeView& v) {
    return run(v.title, v.duration_minutes, v.step_minutes, v.lead_minutes, v.horizon_days,
               enum_text(v.kind), v.capacity, v.approval, v.before_minutes, v.after_minutes,
               v.cancel_minutes, v.extra_mail, v.extra_sms, v.active);
}

template <class T>
std::string format_lines(const std::vector<T>& items) {
    std::string text;
    for (const auto& item : items)
        text += (text.empty() ? "" : "\n") + base::TextForm<T>::format(item);
    return text;
}

template <class T>
std::vector<T> parse_lines(std::string_view text) {
    std::vector<T> items;
    for (const auto line : base::split(text, '\n')) {
        if (line.empty()) continue;
        if (auto item = base::TextForm<T>::parse(line)) items.push_back(*std::move(item));
    }
    return items;
}

}  // namespace

base::Result<std::optional<base::VisitTypeId>> insert_visit_type(Tx& tx, base::TenantId tenant,
                                                                 const VisitType& type) {
    const auto insert = [&](const auto&... values) {
        return tx.find(
            kInsert, [](const Row& row) { return row.id<base::VisitTypeId>(0); }, tenant,
            type.view.id, type.owner, values...);
    };
    return with_own_columns(insert, type.view);
}
base::Status save_visit_type(Tx& tx, base::TenantId tenant, const VisitType& type) {
    const auto update = [&](const auto&... values) {
        return tx.run(kSaveType, tenant, type.id, type.view.version, values..., type.owner);
    };
    PORTAL_TRY(changed, with_own_columns(update, type.view));
    if (changed == 0) return base::make_error(base::ErrorCode::stale, {});
    return {};
}
base::Result<std::vector<VisitType>> list_visit_types(Tx& tx, base::TenantId tenant, Which which) {
    return tx.list(which == Which::all ? kListAll : kList, map_visit_type, tenant);
}
base::Result<TypeUse> count_type_use(Tx& tx, base::TenantId tenant, base::VisitTypeId type,
                                     base::Instant now) {
    PORTAL_TRY(found, tx.find(
                          kUse,
                          [](const Row& row) {
                              const auto coming = static_cast<int>(row.integer(0));
                              return TypeUse{coming, static_cast<int>(row.integer(1)) - coming};
                          },
                          tenant, type, now));
    return found.value_or(TypeUse{});
}
base::Result<std::optional<VisitType>> find_visit_type(Tx& tx, base::TenantId tenant,
                                                       const base::Uuid& id) {
    return tx.find(kByPublicId, map_visit_type, tenant, id);
}
base::Result<std::optional<VisitType>> find_visit_type(Tx& tx, base::TenantId tenant,
                                                       base::VisitTypeId id) {
    return tx.find(kById, map_visit_type, tenant, id);
}
base::Result<std::optional<VisitType>> find_visit_type_by_title(Tx& tx, base::TenantId tenant,
                                                                std::string_view title) {
    return tx.find(kByTitle, map_visit_type, tenant, title);
}

base::Result<StoredAvailability> load_availability(Tx& tx, base::TenantId tenant,
                                                   base::StaffId staff) {
    PORTAL_TRY(found, tx.find(
                          kLoad,
                          [](const Row& row) {
                              return StoredAvailability{
                                  {row.text(0), parse_lines<domain::WeeklyRule>(row.text(1)),
                                   parse_lines<domain::DateException>(row.text(2)),
                                   text_enum(row.text(3), domain::Holidays::open)},
                                  row.integer(4)};
                          },
                          tenant, staff));
    return found.value_or(StoredAvailability{});
}

base::Status save_availability(Tx& tx, base::TenantId tenant, base::StaffId staff,
                               const domain::Availability& a) {
    PORTAL_TRY(saved, tx.run(kSave, tenant, staff, a.zone, format_lines(a.rules),
                             format_lines(a.exceptions), enum_text(a.holidays)));
    return {};
}

std::span<const Statement> visit_statements() {
    return kAll;
}

}  // namespace portal::store
