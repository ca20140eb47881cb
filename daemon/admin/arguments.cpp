#include "daemon/admin/arguments.hpp"

#include <algorithm>
#include <set>

#include "api/operations.hpp"
#include "base/encoding.hpp"
#include "base/json.hpp"

namespace portal::admin {
namespace {

using base::invalid;
using base::N_;
using base::Status;

/// The path's fields but {tenant}, which is no field.
std::vector<std::string_view> path_fields(const api::OperationRow& row) {
    auto names = api::path_parameters(row.path);
    names.erase(std::remove(names.begin(), names.end(), "tenant"), names.end());
    return names;
}

Status set_field(const base::TypeInfo& type, std::string_view name, std::string_view text,
                 void* record) {
    const auto* field = base::find_field(type, name);
    if (field == nullptr) return invalid(std::string{name.substr(0, 60)}, N_("is unknown"));
    auto set = base::set_field_text(*field, record, text);
    if (set) return {};
    auto error = std::move(set).error();
    error.field = name;
    return error;
}

Status read_query(const base::TypeInfo& type, const http::Request& request,
                  const std::vector<std::string_view>& in_path, void* record) {
    std::set<std::string_view> seen{in_path.begin(), in_path.end()};
    for (const auto& [name, text] : request.query.items()) {
        const auto* field = base::find_field(type, name);
        const bool is_list = field != nullptr && field->type->kind == base::Kind::list;
        if (!seen.insert(name).second && !is_list)
            return invalid(name.substr(0, 60), N_("stands there twice"));
        PORTAL_TRYV(set_field(type, name, text, record));
    }
    for (const auto& field : type.fields)
        if (field.is_required() && seen.count(field.help.name) == 0)
            return invalid(std::string{field.help.name}, N_("is missing"));
    return {};
}

/// `body` with the path's fields written in at its end, so that one reading checks them all; a
/// field that stands in both is then found twice.
std::string with_path_fields(std::string_view body, const base::TypeInfo& type,
                             const std::vector<std::string_view>& in_path, const void* record) {
    auto text = std::string{base::trim(body)};
    if (text.empty()) text = "{}";
    if (in_path.empty() || text.back() != '}') return text;
    text.pop_back();
    bool first = !base::trim(text).empty() && base::trim(text) == "{";
    for (const auto name : in_path) {
        const auto* field = base::find_field(type, name);
        if (!first) text += ',';
        first = false;
        base::write_json_text(text, name);
        text += ':';
        base::write_json(text, *field->type, field->get(record));
    }
    return text + "}";
}

}  // namespace

Status read_arguments(const api::OperationRow& row, const http::Request& request,
                      const http::PathParameters& path, void* record) {
    const auto& type = row.arguments();
    const auto in_path = path_fields(row);
    for (const auto name : in_path) PORTAL_TRYV(set_field(type, name, path.get(name), record));
    if (row.method == "GET") {
        if (!request.body.empty()) return invalid("", N_("A GET has no body."));
        return read_query(type, request, in_path, record);
    }
    if (!request.query.items().empty())
        return invalid(request.query.items().front().first.substr(0, 60), N_("is unknown"));
    return base::read_json(with_path_fields(request.body, type, in_path, record), type, record);
}

std::string write_result(const base::TypeInfo& type, const void* result) {
    std::string text;
    base::write_json(text, type, result);
    if (base::find_field(type, "version") == nullptr)
        text.insert(1, type.fields.empty() ? "\"version\":1" : "\"version\":1,");
    return text + "\n";
}

}  // namespace portal::admin
