// Manual pages in mdoc. Generated files: ./dev generate writes them, a test compares them.
#include <algorithm>

#include "base/encoding.hpp"
#include "cli/ui/terminal.hpp"
#include "cli/words.hpp"

namespace portal::cli {
namespace {

/// Text for a mdoc line: a leading dot or quote and backslashes lose their meaning.
std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\')
            out += "\\e";
        else if (c == '\'')
            out += "\\(aq";
        else if (c == '-')
            out += "\\-";
        else
            out += c;
    }
    if (!out.empty() && out.front() == '.') out.insert(0, "\\&");
    return out;
}

/// A paragraph in lines of at most 78 bytes, ended by a line end.
std::string paragraph(const std::string& text) {
    std::string out, line;
    for (const auto word : base::split(text, ' ')) {
        const auto piece = roff(word);
        if (!line.empty() && line.size() + 1 + piece.size() > 78) {
            out += line + "\n";
            line.clear();
        }
        line += (line.empty() ? "" : " ") + piece;
    }
    return out + line + "\n";
}

/// An argument of a macro: what mdoc would take for a macro or a delimiter is protected.
std::string argument(std::string_view text) {
    std::string out;
    for (const auto word : base::split(text, ' ')) {
        if (!out.empty()) out += ' ';
        const bool risky = word.size() <= 3;
        out += (risky ? "\\&" : "") + roff(word);
    }
    return out;
}

/// ".Op Fl T Ar SLUG" without the dot; the flag as mdoc wants it: one dash stripped.
std::string flag_macro(const std::string& name, const std::string& value) {
    auto text = "Fl " + roff(std::string_view{name}.substr(1));
    if (!value.empty()) text += " Ar " + argument(value);
    return text;
}

std::string head(const std::string& title, const std::string& name, std::string_view what) {
    std::string upper;
    for (const char c : title) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return ".\\\" Written by portalctl __man; ./dev generate writes it again.\n"
           ".Dd November 21, 2026\n.Dt " +
           upper + " 1\n.Os\n.Sh NAME\n.Nm " + name + "\n.Nd " + roff(what) + "\n";
}

std::string item(const std::string& macro, const std::string& help) {
    return ".It " + macro + "\n" + paragraph(help + ".");
}

std::string synopsis_line(const Verb& verb) {
    std::string text = ".Nm portalctl " + std::string{verb.row->noun()};
    if (!verb.row->verb().empty()) text += " " + roff(verb.row->verb());
    text += '\n';
    if (verb.tenant_is_name)
        text += ".Ar SLUG\n";
    else if (verb.takes_tenant)
        text += ".Fl T Ar SLUG\n";
    for (const auto& flag : verb.flags) {
        const bool bare = flag.form == Form::positional;
        const auto macro =
            bare ? "Ar " + argument(flag.name) : flag_macro(flag.name, flag.value_name);
        text += flag.required ? "." + macro + "\n" : ".Op " + macro + "\n";
    }
    return text;
}

std::string verb_section(const Verb& verb) {
    const auto& row = *verb.row;
    const auto title = row.verb().empty() ? row.noun() : row.verb();
    std::string text = ".Ss " + roff(title) + "\n" + paragraph(std::string{row.help} + ".");
    text +=
        std::string{"It needs the right to "} + std::string{api::format_access(row.access)} + ".\n";
    if (verb.flags.empty()) return text;
    text += ".Bl -tag -width Ds\n";
    for (const auto& flag : verb.flags) {
        const bool bare = flag.form == Form::positional;
        const auto macro =
            bare ? "Ar " + argument(flag.name) : flag_macro(flag.name, flag.value_name);
        text += item(macro, flag_help(flag) + (flag.required && !bare ? "; needed" : ""));
    }
    return text + ".El\n";
}

std::string result_section(const std::vector<const api::OperationRow*>& rows) {
    std::string text = ".Sh RESULTS\n";
    std::vector<const base::TypeInfo*> seen;
    for (const auto* row : rows) {
        const auto* type = &row->result();
        if (const auto* list = base::find_field(*type, "items"); list != nullptr)
            type = list->type->element;
        if (std::find(seen.begin(), seen.end(), type) != seen.end()) continue;
        seen.push_back(type);
        text += "What\n.Cm " + roff(row->verb().empty() ? row->noun() : row->verb()) +
                "\ngives has these fields, in\n.Fl o Cm json\nand\n.Cm csv\nwhole:\n"
                ".Bl -tag -width Ds\n";
        for (const auto& field : type->fields)
            if (!field.has(base::kDocument))
                text += item("Va " + roff(field.help.name), std::string{field.help.help});
        text += ".El\n";
    }
    return text;
}

std::string examples(const std::vector<const api::OperationRow*>& rows) {
    std::string text = ".Sh EXAMPLES\n.Bd -literal -offset indent\n";
    for (const auto* row : rows)
        for (const auto line : base::split(row->example, '\n')) {
            std::string command = "portalctl " + std::string{row->noun()};
            if (!row->verb().empty()) command += " " + std::string{row->verb()};
            if (!line.empty()) command += " " + std::string{line};
            text += roff(command) + "\n";
        }
    return text + ".Ed\n";
}

std::string common_section() {
    std::string text = ".Bl -tag -width Ds\n";
    for (const auto& flag : common_flags()) {
        std::string macro;
        for (const auto name : base::split(flag.names, ','))
            macro += (macro.empty() ? "" : " , ") + flag_macro(std::string{name}, {});
        if (!flag.value_name.empty()) macro += " Ar " + argument(flag.value_name);
        text += item(macro, std::string{flag.help});
    }
    return text + ".El\n";
}

std::string noun_page(std::string_view noun) {
    const auto rows = rows_of(noun);
    const auto name = "portalctl-" + std::string{noun};
    auto text = head(name, name, api::noun_help(noun)) + ".Sh SYNOPSIS\n";
    for (const auto* row : rows) text += synopsis_line(make_verb(*row));
    text += ".Sh DESCRIPTION\n";
    for (const auto* row : rows) text += verb_section(make_verb(*row));
    return text + result_section(rows) + ".Sh EXIT STATUS\nSee\n.Xr portalctl 1 .\n" +
           examples(rows) + ".Sh SEE ALSO\n.Xr portalctl 1 ,\n.Xr portald 8\n";
}

constexpr std::string_view kOutput =
    ".Ss Output\nStandard output holds the result alone.\n"
    "On a terminal it is a table;\nelse its lines hold fields with tabs between and no header.\n"
    ".Cm json\nis one object, to which fields are only ever added;\n"
    ".Va version\nis that of the thing where it can change, else that of the object\\(aqs form.\n"
    "In\n.Cm csv\na text that a spreadsheet would take for a formula has a \\(aq in front.\n"
    ".Cm name\nis the first column alone.\n"
    "Errors go to standard error in words, with\n.Fl o Cm json\nas an object.\n"
    ".Ss Secrets\nPasswords and personal numbers are never taken from the command line\n"
    "or the environment: flags that end in\n.Fl file\ntake a file, or\n.Sq \\-\n"
    "for standard input.\n";
constexpr std::string_view kPlaces =
    ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
    ".It Ev PORTALCTL_TENANT , PORTALCTL_OUTPUT , PORTALCTL_SOCKET , PORTALCTL_CONTEXT\n"
    "Stand for the flags of these names, which are stronger.\n"
    ".It Ev NO_COLOR\nNo colour.\n.El\n"
    ".Sh FILES\n.Bl -tag -width Ds\n"
    ".It Pa $XDG_CONFIG_HOME/portal/default.toml\nThe context, with lines like\n"
    ".Li tenant = \"solna\"\nfor\n.Cm socket , tenant\nand\n.Cm output .\n"
    ".It Pa /etc/portal/portalctl.toml\nThe same for everybody; weaker.\n"
    ".It Pa /run/portal/admin.sock\nThe daemon\\(aqs admin socket.\n.El\n";
constexpr std::string_view kStatus =
    ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n"
    ".It 0\ndone\n.It 1\nfailed\n.It 2\nwrong use or wrong input; nothing was changed\n"
    ".It 3\npartly done\n.It 4\nnot allowed\n.It 5\nnot found\n"
    ".It 6\nconflict: the state refuses, or it was changed meanwhile\n"
    ".It 7\nthe daemon cannot be reached or cannot answer; try again\n"
    ".It 8\ndifferences were found\n.It 130\ninterrupted\n.El\n";

std::string main_page() {
    auto text = head("portalctl", "portalctl", "administer portald") +
                ".Sh SYNOPSIS\n.Nm\n.Ar noun verb\n.Op Ar name\n.Op Ar flags\n"
                ".Sh DESCRIPTION\n.Nm\nasks\n.Xr portald 8\nthrough its admin socket.\n"
                "Who may do so stands in the daemon\\(aqs setting admin.allow.\n.Pp\nThe nouns:\n"
                ".Bl -tag -width Ds\n";
    for (const auto noun : all_nouns())
        text += item("Xr portalctl-" + std::string{noun} + " 1", std::string{api::noun_help(noun)});
    text += ".El\n.Pp\nOthers:\n.Bl -tag -width Ds\n";
    for (const auto& command : plain_commands()) {
        auto macro = "Cm " + std::string{command.name};
        if (!command.arguments.empty()) macro += " Ar " + argument(command.arguments);
        text += item(macro, std::string{command.help});
    }
    text += ".El\n.Pp\nFlags of every command:\n" + common_section();
    return text + std::string{kOutput} + std::string{kPlaces} + std::string{kStatus} +
           ".Sh EXAMPLES\n.Bd -literal -offset indent\nportalctl tenant list\n"
           "portalctl help booking create\n.Ed\n"
           ".Sh SEE ALSO\n.Xr portald.toml 5 ,\n.Xr portald 8\n";
}

}  // namespace

std::vector<std::string> manual_names() {
    std::vector<std::string> names{"portalctl.1"};
    for (const auto noun : all_nouns()) names.push_back("portalctl-" + std::string{noun} + ".1");
    return names;
}

base::Result<std::string> manual(std::string_view name) {
    if (name == "portalctl.1") return main_page();
    for (const auto noun : all_nouns())
        if (name == "portalctl-" + std::string{noun} + ".1") return noun_page(noun);
    return base::invalid("", base::N_("There is no manual page {1}."), {printable(name)});
}

}  // namespace portal::cli
