#include "cli/spec.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace portal::cli {
namespace {

using base::FieldInfo;
using base::Kind;
using base::TypeInfo;

std::string dashed(std::string_view name) {
    std::string text{name};
    std::replace(text.begin(), text.end(), '_', '-');
    return text;
}

std::string upper(std::string_view name) {
    auto text = dashed(name);
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

/// The type inside optional, patch and list.
const TypeInfo& scalar(const TypeInfo& type) {
    return type.element == nullptr ? type : scalar(*type.element);
}

bool is_list(const TypeInfo& type) {
    return type.kind == Kind::list || (type.element != nullptr && is_list(*type.element));
}

std::string value_name(const TypeInfo& type) {
    const auto& inner = scalar(type);
    if (inner.kind == Kind::boolean) return "yes|no";
    if (!inner.choices.empty()) {
        std::string all;
        for (const auto& choice : inner.choices) all += (all.empty() ? "" : "|") + choice;
        return all;
    }
    if (inner.name == "weekly rule" || inner.name == "date exception") return "TEXT";
    return upper(inner.name);
}

Flag make_flag(const FieldInfo& field) {
    Flag flag{"--" + dashed(field.help.name), value_name(*field.type), Form::value, &field,
              field.is_required()};
    if (field.has(base::kSecret) || field.has(base::kFromFile)) {
        flag.form = Form::file;
        flag.name += "-file";
        flag.value_name = "FILE";
    } else if (field.has(base::kPositional)) {
        flag.form = Form::positional;
        flag.name = upper(field.help.name);
    } else if (is_list(*field.type)) {
        flag.form = scalar(*field.type).kind == Kind::record ? Form::list : Form::words;
        if (flag.form == Form::words) flag.value_name += ",...";
    } else if (field.type->kind == Kind::boolean) {
        flag.form = Form::toggle;
        flag.value_name.clear();
    }
    return flag;
}

}  // namespace

Verb make_verb(const api::OperationRow& row) {
    Verb verb{&row, {}, row.is_tenant_scoped(), false};
    verb.tenant_is_name = verb.takes_tenant && row.noun() == "tenant";
    for (const auto& field : row.arguments().fields) verb.flags.push_back(make_flag(field));
    for (const auto& field : row.result().fields)
        if (field.has(base::kDocument))
            verb.flags.push_back({"--out", "FILE", Form::out, &field, true});
    std::stable_partition(verb.flags.begin(), verb.flags.end(),
                          [](const Flag& flag) { return flag.form == Form::positional; });
    return verb;
}

std::vector<CommonFlag> common_flags() {
    return {{"-T,--tenant", "SLUG", "the clinic (PORTALCTL_TENANT)"},
            {"-o,--output", "FORMAT", "table, json, csv, md or name (PORTALCTL_OUTPUT)"},
            {"--socket", "PATH", "the daemon's admin socket (PORTALCTL_SOCKET)"},
            {"-c,--context", "NAME", "another context file of the configuration folder"},
            {"-q,--quiet", "", "print nothing when it went well"},
            {"-h,--help", "", "say how this command is used"}};
}

std::vector<PlainCommand> plain_commands() {
    return {{"help", "[NOUN [VERB]]", "Say how a command is used"},
            {"version", "", "Print the version"},
            {"completion", "bash|zsh|fish", "Print a completion script for a shell"}};
}

std::vector<std::string_view> all_nouns() {
    std::vector<std::string_view> nouns;
    for (const auto& row : api::all_operations())
        if (nouns.empty() || nouns.back() != row.noun()) nouns.push_back(row.noun());
    return nouns;
}

std::vector<const api::OperationRow*> rows_of(std::string_view noun) {
    std::vector<const api::OperationRow*> rows;
    for (const auto& row : api::all_operations())
        if (row.noun() == noun) rows.push_back(&row);
    return rows;
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
    std::string_view best;
    std::size_t best_distance = 3;  // more than two letters off is another word
    if (word.size() > 40) return best;
    for (const auto candidate : candidates) {
        std::vector<std::size_t> row(candidate.size() + 1);
        for (std::size_t i = 0; i < row.size(); ++i) row[i] = i;
        for (std::size_t j = 1; j <= word.size(); ++j) {
            auto diagonal = row[0];
            row[0] = j;
            for (std::size_t i = 1; i < row.size(); ++i) {
                const auto swap = diagonal + (candidate[i - 1] == word[j - 1] ? 0U : 1U);
                diagonal = row[i];
                row[i] = std::min({swap, row[i] + 1, row[i - 1] + 1});
            }
        }
        if (row.back() < best_distance && row.back() < candidate.size()) {
            best_distance = row.back();
            best = candidate;
        }
    }
    return best;
}

std::string usage_line(const Verb& verb) {
    std::string line = "portalctl " + std::string{verb.row->noun()};
    if (!verb.row->verb().empty()) line += " " + std::string{verb.row->verb()};
    if (verb.tenant_is_name)
        line += " SLUG";
    else if (verb.takes_tenant)
        line += " -T SLUG";
    for (const auto& flag : verb.flags) {
        auto text = flag.form == Form::positional || flag.form == Form::toggle
                        ? flag.name
                        : flag.name + " " + flag.value_name;
        if (!flag.required) text = "[" + text + "]";
        if (flag.form == Form::list) text += "...";
        line += " " + text;
    }
    return line;
}

std::string flag_help(const Flag& flag) {
    std::string text{flag.field->help.help};
    if (flag.form == Form::out) return "a new file for " + text;
    if (flag.form == Form::file) text += "; - reads standard input";
    const auto& inner = scalar(*flag.field->type);
    const auto& help = flag.field->help;
    if (inner.kind == Kind::integer && (help.min != 0 || help.max != 0) &&
        text.find(" to ") == std::string::npos)
        text += " (" + std::to_string(help.min) + " to " + std::to_string(help.max) + ")";
    return text;
}

}  // namespace portal::cli
