#include "cli/remote.hpp"

#include <algorithm>

#include "api/operations.hpp"
#include "base/json.hpp"

namespace portal::cli {
namespace {

using base::FieldInfo;
using base::Kind;
using base::N_;
using base::Result;

/// RFC 3986 section 2.1, everything but unreserved characters.
std::string percent_encode(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
        } else {
            out += '%';
            out += kDigits[byte >> 4U];
            out += kDigits[byte & 15U];
        }
    }
    return out;
}

bool is_absent(const FieldInfo& field, const void* value) {
    const auto& type = *field.type;
    if (type.kind == Kind::list) return type.size(value) == 0;
    if (type.kind == Kind::patch) return type.get(value) == nullptr && !type.is_null(value);
    return type.kind == Kind::optional && type.get(value) == nullptr;
}

void add_query(std::string& target, const FieldInfo& field, const void* value) {
    const auto add = [&](const std::string& text) {
        target += target.find('?') == std::string::npos ? '?' : '&';
        target += std::string{field.help.name} + "=" + percent_encode(text);
    };
    const auto& type = *field.type;
    if (type.kind != Kind::list) return add(base::value_text(type, value));
    for (std::size_t i = 0; i < type.size(value); ++i)
        add(base::value_text(*type.element, type.item(value, i)));
}

void add_member(std::string& body, const FieldInfo& field, const void* value) {
    body += body.size() > 1 ? "," : "";
    base::write_json_text(body, field.help.name);
    body += ':';
    base::write_json(body, *field.type, value);
}

}  // namespace

Result<HttpCall> make_call(const api::OperationRow& row, const void* arguments,
                           const std::optional<std::string>& tenant) {
    HttpCall call{std::string{row.method}, std::string{row.path}, {}};
    const auto in_path = api::path_parameters(row.path);
    const auto fill = [&](std::string_view name, const std::string& text) {
        const auto marker = "{" + std::string{name} + "}";
        call.target.replace(call.target.find(marker), marker.size(), percent_encode(text));
    };
    if (row.is_tenant_scoped()) {
        if (!tenant || tenant->empty())
            return base::invalid("", N_("Say which clinic."))
                .with_hint("-T SLUG, or PORTALCTL_TENANT; portalctl tenant list names them");
        fill("tenant", *tenant);
    }
    std::string body = "{";
    for (const auto& field : row.arguments().fields) {
        const void* value = field.get(arguments);
        if (std::find(in_path.begin(), in_path.end(), field.help.name) != in_path.end())
            fill(field.help.name, base::value_text(*field.type, value));
        else if (is_absent(field, value))
            continue;
        else if (row.method == "GET")
            add_query(call.target, field, value);
        else
            add_member(body, field, value);
    }
    if (row.method != "GET") call.body = body + "}";
    return call;
}

Result<SentCall> AdminApi::send(const api::OperationRow& row, const void* arguments,
                                const std::optional<std::string>& tenant) const {
    PORTAL_TRY(call, make_call(row, arguments, tenant));
    return SentCall::send(socket_, call, limit_);
}

Result<std::string> AdminApi::receive(SentCall& call) {
    PORTAL_TRY(answer, call.receive());
    if (answer.status != 200) return base::parse_error_json(answer.body, answer.status);
    return std::move(answer.body);
}

Result<std::string> AdminApi::call(const api::OperationRow& row, const void* arguments,
                                   const std::optional<std::string>& tenant) const {
    PORTAL_TRY(sent, send(row, arguments, tenant));
    return receive(sent);
}

}  // namespace portal::cli
