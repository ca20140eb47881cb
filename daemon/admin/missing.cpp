#include "daemon/admin/missing.hpp"

#include <algorithm>

#include "api/operations.hpp"

namespace portal::admin {
namespace {

const base::TypeInfo& innermost(const base::TypeInfo& type) {
    return type.element == nullptr ? type : innermost(*type.element);
}

/// The first field that holds an id.
const base::FieldInfo* id_field(const base::TypeInfo& type) {
    for (const auto& field : type.fields)
        if (innermost(*field.type).name == "id") return &field;
    return nullptr;
}

/// "portalctl visit-type list -T solna" for the field visit_type; empty where nothing lists it.
std::string list_line(std::string noun, const std::string& tenant) {
    std::replace(noun.begin(), noun.end(), '_', '-');
    const auto line = [&](const std::string& of) {
        return "portalctl " + of + " list -T " + tenant;
    };
    if (noun == "user") return line("patient") + ", or " + line("staff");
    return api::find_operation(noun + ".list") == nullptr ? std::string{} : line(noun);
}

}  // namespace

base::Error name_missing(base::Error error, const api::OperationRow& row,
                         const std::optional<std::string>& tenant) {
    if (error.code != base::ErrorCode::not_found || !tenant) return error;
    auto missing = error.field;
    const auto* id = id_field(row.arguments());
    if (error.key.empty() && id != nullptr) {
        missing = id->help.name;
        error.key = base::N_("There is no such {1} here.");
        error.args = {missing};
    }
    if (error.hint.empty()) error.hint = list_line(missing, *tenant);
    return error;
}

}  // namespace portal::admin
