#include <algorithm>

#include "base/encoding.hpp"
#include "cli/ui/terminal.hpp"
#include "cli/words.hpp"

namespace portal::cli {
namespace {

struct Entry {
    std::string name, help;
};

std::string section(const std::string& title, const std::vector<Entry>& entries) {
    if (entries.empty()) return {};
    std::size_t width = 0;
    for (const auto& entry : entries) width = std::max(width, entry.name.size());
    width = std::min<std::size_t>(width, 30);
    std::string text = "\n" + title + ":\n";
    for (const auto& entry : entries) {
        text += "  " + entry.name;
        if (entry.name.size() > width)
            text += "\n" + std::string(width + 2, ' ');
        else
            text += std::string(width - entry.name.size(), ' ');
        text += "  " + entry.help + "\n";
    }
    return text;
}

std::vector<Entry> common_entries(bool takes_tenant) {
    std::vector<Entry> entries;
    for (const auto& flag : common_flags()) {
        if (flag.names == "-T,--tenant" && !takes_tenant) continue;
        auto name = std::string{flag.names};
        if (const auto comma = name.find(','); comma != std::string::npos)
            name.insert(comma + 1, " ");
        if (!flag.value_name.empty()) name += " " + std::string{flag.value_name};
        entries.push_back({name, std::string{flag.help}});
    }
    return entries;
}

std::string overview() {
    std::vector<Entry> nouns, plain;
    for (const auto noun : all_nouns())
        nouns.push_back({std::string{noun}, std::string{api::noun_help(noun)}});
    for (const auto& command : plain_commands())
        plain.push_back({std::string{command.name} + " " + std::string{command.arguments},
                         std::string{command.help}});
    return "usage: portalctl NOUN VERB [NAME] [flags]\n" + section("nouns", nouns) +
           section("others", plain) + section("flags", common_entries(true)) +
           "\nportalctl help NOUN says what it can do. The manual: man portalctl\n";
}

std::string noun_text(std::string_view noun) {
    std::vector<Entry> verbs;
    for (const auto* row : rows_of(noun))
        verbs.push_back({std::string{row->verb()}, std::string{row->help}});
    return "usage: portalctl " + std::string{noun} + " VERB [NAME] [flags]\n\n" +
           std::string{api::noun_help(noun)} + "\n" + section("verbs", verbs) +
           "\nportalctl help " + std::string{noun} + " VERB says how. The manual: man portalctl-" +
           std::string{noun} + "\n";
}

std::string verb_text(const api::OperationRow& row) {
    const auto verb = make_verb(row);
    std::vector<Entry> names, required, optional;
    if (verb.tenant_is_name) names.push_back({"SLUG", "the clinic"});
    for (const auto& flag : verb.flags) {
        auto name = flag.name;
        if (flag.form != Form::positional && flag.form != Form::toggle)
            name += " " + flag.value_name;
        auto& entries = flag.form == Form::positional ? names : flag.required ? required : optional;
        entries.push_back({name, flag_help(flag)});
    }
    auto text = "usage: " + usage_line(verb) + "\n\n" + std::string{row.help} + "\n" +
                section("names", names) + section("needed", required) +
                section("may be given", optional) +
                section("flags", common_entries(verb.takes_tenant)) + "\nexamples:\n";
    for (const auto line : base::split(row.example, '\n')) {
        text += "  portalctl " + std::string{row.noun()};
        if (!row.verb().empty()) text += " " + std::string{row.verb()};
        if (!line.empty()) text += " " + std::string{line};
        text += '\n';
    }
    return text;
}

}  // namespace

base::Result<std::string> help_text(const std::vector<std::string>& words) {
    if (words.empty() || words[0].empty()) return overview();
    const auto rows = rows_of(words[0]);
    if (rows.empty()) {
        for (const auto& command : plain_commands())
            if (command.name == words[0])
                return "usage: portalctl " + std::string{command.name} + " " +
                       std::string{command.arguments} + "\n\n" + std::string{command.help} + "\n";
        return base::invalid("", base::N_("The noun '{1}' does not exist."), {printable(words[0])})
            .with_hint("portalctl help");
    }
    if (rows.size() == 1 && rows[0]->verb().empty()) return verb_text(*rows[0]);
    if (words.size() < 2 || words[1].empty()) return noun_text(words[0]);
    for (const auto* row : rows)
        if (row->verb() == words[1]) return verb_text(*row);
    return base::invalid("", base::N_("The verb '{1}' does not exist."), {printable(words[1])})
        .with_hint("portalctl help " + words[0]);
}

}  // namespace portal::cli
