#include "cli/next.hpp"

#include <algorithm>
#include <cctype>

#include "api/operations.hpp"

namespace portal::cli {
namespace {

/// As a shell reads it: 'First talk' in quotes, an id without.
std::string shell_word(const std::string& text) {
    const auto is_plain = [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '@' || c == '.' || c == '_' || c == '-' || c == '+';
    };
    if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return quoted + "'";
}

/// "portalctl visit-type show -T solna 'First talk'"; empty where the noun shows nothing.
std::string show_line(const Invocation& invocation, const std::optional<std::string>& tenant) {
    const auto& row = *invocation.verb->row;
    const auto* show = api::find_operation(std::string{row.noun()} + ".show");
    if (show == nullptr) return {};
    std::string line = "portalctl " + std::string{row.noun()} + " show";
    if (invocation.verb->takes_tenant && !invocation.verb->tenant_is_name && tenant)
        line += " -T " + shell_word(*tenant);
    if (invocation.verb->tenant_is_name && tenant) line += " " + shell_word(*tenant);
    bool named = invocation.verb->tenant_is_name && tenant;
    for (const auto& field : row.arguments().fields) {
        if (!field.has(base::kPositional) ||
            base::find_field(show->arguments(), field.help.name) == nullptr)
            continue;
        named = true;
        line +=
            " " + shell_word(base::value_text(*field.type, field.get(invocation.arguments.get())));
    }
    return named ? line : std::string{};
}

}  // namespace

std::string next_line(base::ErrorCode code, const Invocation& invocation,
                      const std::optional<std::string>& tenant) {
    if (!invocation.verb) return {};
    if (code == base::ErrorCode::stale || code == base::ErrorCode::conflict)
        return show_line(invocation, tenant);
    if (code != base::ErrorCode::invalid) return {};
    const auto& row = *invocation.verb->row;
    auto line = "portalctl help " + std::string{row.noun()};
    if (!row.verb().empty()) line += " " + std::string{row.verb()};
    return line;
}

}  // namespace portal::cli
