#include "store/visit.hpp"

#include "base/encoding.hpp"

namespace portal::store {
namespace {

#define PORTAL_VISIT_TYPE_COLUMNS \
    "id, public_id, title, duration_minutes, step_minutes, lead_minutes, horizon_days, version"

constexpr Statement kInsert{
    "visit_type.insert",
    "INSERT INTO visit_type (tenant, public_id, title, duration_minutes, step_minutes, "
    "lead_minutes, horizon_days) VALUES ($1, $2, $3, $4, $5, $6, $7) "
    "ON CONFLICT (tenant, title) DO NOTHING RETURNING id"};
constexpr Statement kList{
    "visit_type.list",
    "SELECT " PORTAL_VISIT_TYPE_COLUMNS
    " FROM visit_type WHERE tenant = $1 AND active = 1 ORDER BY title LIMIT 1000"};
constexpr Statement kByPublicId{"visit_type.by_public_id",
                                "SELECT " PORTAL_VISIT_TYPE_COLUMNS
                                " FROM visit_type WHERE tenant = $1 AND public_id = $2"};
constexpr Statement kById{"visit_type.by_id", "SELECT " PORTAL_VISIT_TYPE_COLUMNS
                                              " FROM visit_type WHERE tenant = $1 AND id = $2"};
constexpr Statement kByTitle{"visit_type.by_title",
                             "SELECT " PORTAL_VISIT_TYPE_COLUMNS
                             " FROM visit_type WHERE tenant = $1 AND title = $2"};
constexpr Statement kLoad{
    "availability.load",
    "SELECT zone, rules, exceptions, version FROM availability WHERE tenant = $1 AND staff = $2"};
constexpr Statement kSave{
    "availability.save",
    "INSERT INTO availability (tenant, staff, zone, rules, exceptions) VALUES ($1, $2, $3, $4, $5) "
    "ON CONFLICT (staff) DO UPDATE SET zone = excluded.zone, rules = excluded.rules, "
    "exceptions = excluded.exceptions, version = availability.version + 1"};
constexpr Statement kAll[] = {kInsert, kList, kByPublicId, kById, kByTitle, kLoad, kSave};

VisitType map_visit_type(const Row& row) {
    VisitType type;
    type.id = row.id<base::VisitTypeId>(0);
    type.view.id = row.uuid(1);
    type.view.title = row.text(2);
    type.view.duration_minutes = static_cast<int>(row.integer(3));
    type.view.step_minutes = static_cast<int>(row.integer(4));
    type.view.lead_minutes = static_cast<int>(row.integer(5));
    type.view.horizon_days = static_cast<int>(row.integer(6));
    type.view.version = row.integer(7);
    return type;
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
                                                                 const domain::VisitTypeView& v) {
    return tx.find(
        kInsert, [](const Row& row) { return row.id<base::VisitTypeId>(0); }, tenant, v.id, v.title,
        v.duration_minutes, v.step_minutes, v.lead_minutes, v.horizon_days);
}
base::Result<std::vector<VisitType>> list_visit_types(Tx& tx, base::TenantId tenant) {
    return tx.list(kList, map_visit_type, tenant);
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
                                   parse_lines<domain::DateException>(row.text(2))},
                                  row.integer(3)};
                          },
                          tenant, staff));
    return found.value_or(StoredAvailability{});
}

base::Status save_availability(Tx& tx, base::TenantId tenant, base::StaffId staff,
                               const domain::Availability& a) {
    PORTAL_TRY(saved, tx.run(kSave, tenant, staff, a.zone, format_lines(a.rules),
                             format_lines(a.exceptions)));
    return {};
}

std::span<const Statement> visit_statements() {
    return kAll;
}

}  // namespace portal::store
