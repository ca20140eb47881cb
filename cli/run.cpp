#include "cli/run.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/json.hpp"
#include "base/private_file.hpp"
#include "cli/next.hpp"
#include "cli/paging.hpp"
#include "cli/remote.hpp"
#include "cli/ui/output.hpp"
#include "cli/ui/terminal.hpp"
#include "cli/words.hpp"

namespace portal::cli {
namespace {

using base::Result;
using base::Status;

constexpr base::Millis kCompletionLimit{300};

/// The column that people write where a name is wanted.
std::size_t name_column(const Grid& grid) {
    for (const auto wanted : {"slug", "email", "title", "id"}) {
        const auto it = std::find(grid.names.begin(), grid.names.end(), wanted);
        if (it != grid.names.end()) return static_cast<std::size_t>(it - grid.names.begin());
    }
    return 0;
}

std::vector<Candidate> fetch_names(const Settings& settings, std::string_view noun,
                                   const std::string& tenant) {
    const auto* row = api::find_operation(std::string{noun} + ".list");
    if (row == nullptr) return {};
    for (const auto& field : row->arguments().fields)
        if (field.is_required()) return {};
    const auto where = tenant.empty() ? settings.tenant : std::optional{tenant};
    const AdminApi api{settings.socket, kCompletionLimit};
    const auto answer = api.call(*row, row->make_arguments().get(), where);
    const auto result = row->make_result();
    if (!answer || !base::read_answer(*answer, row->result(), result.get())) return {};
    const auto grid = make_grid(row->result(), result.get(), false);
    const auto column = name_column(grid);
    std::vector<Candidate> names;
    for (const auto& each : grid.rows) {
        if (each.empty()) continue;
        const auto& word = each[column].empty() ? each.front() : each[column];
        names.push_back({printable(word), each.size() > 1 ? printable(each[1]) : std::string{}});
    }
    return names;
}

void run_completion(const std::vector<std::string>& words) {
    const auto begin = std::find(words.begin(), words.end(), "--");
    if (begin == words.end()) return;
    const auto settings = load_settings({});
    if (!settings) return;
    const auto fetch = [&](std::string_view noun, const std::string& tenant) {
        return fetch_names(*settings, noun, tenant);
    };
    std::string text;
    for (const auto& candidate : complete({begin + 1, words.end()}, fetch)) {
        text += candidate.word;
        if (!candidate.help.empty()) text += "\t" + candidate.help;
        text += '\n';
    }
    print(text);
}

/// A line an operation, for the test that walks them all: name, method, path, access.
std::string operation_lines() {
    std::string lines;
    const auto add = [&](std::string_view word, char end) {
        lines += word;
        lines += end;
    };
    for (const auto& row : api::all_operations()) {
        add(row.name, '\t');
        add(row.method, '\t');
        add(row.path, '\t');
        add(api::format_access(row.access), '\n');
    }
    return lines;
}

Status run_plain(const std::vector<std::string>& words) {
    const auto second = words.size() > 1 ? words[1] : std::string{};
    if (words[0] == "version") {
        print("portalctl " PORTAL_VERSION "\n");
    } else if (words[0] == "help") {
        PORTAL_TRY(text, help_text({words.begin() + 1, words.end()}));
        print(text);
    } else if (words[0] == "completion") {
        PORTAL_TRY(text, completion_script(second));
        print(text);
    } else if (words[0] == "__complete") {
        run_completion(words);
    } else if (words[0] == "__man" && second.empty()) {
        for (const auto& name : manual_names()) print(name + "\n");
    } else if (words[0] == "__man") {
        PORTAL_TRY(text, manual(second));
        print(text);
    } else if (words[0] == "__operations") {
        print(operation_lines());
    } else {
        return base::invalid("", base::N_("The noun '{1}' does not exist."), {printable(words[0])})
            .with_hint("portalctl help");
    }
    return {};
}

/// Before the act, so that it is not done in vain: the file can be made here, and is not there.
Status check_out(const std::string& path) {
    if (path.empty()) return {};
    std::error_code error;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, error)))
        return base::make_error(base::ErrorCode::conflict,
                                base::N_("The file {1} is there already."), {printable(path)});
    PORTAL_TRYV(base::write_private_file(path, "", false));
    std::filesystem::remove(path, error);
    return {};
}

/// Into its file, for the owner alone; what is shown afterwards holds it no more.
Status write_document(const std::string& path, const base::TypeInfo& type, void* result) {
    for (const auto& field : type.fields) {
        if (!field.has(base::kDocument)) continue;
        PORTAL_TRYV(base::write_private_file(path, field.type->get_text(field.get(result)), false));
        PORTAL_TRYV(field.type->set_text(field.edit(result), ""));
    }
    return {};
}

/// A list of nothing that knows why says so, beside the output that programs read.
void tell_why_empty(const base::TypeInfo& type, const void* result) {
    const auto* items = list_field(type);
    const auto* reason = base::find_field(type, "reason");
    if (items == nullptr || reason == nullptr || items->type->size(items->get(result)) > 0) return;
    auto text = base::value_text(*reason->type, reason->get(result));
    std::replace(text.begin(), text.end(), '-', ' ');
    print_error("none: " + text + "\n");
}

Status run_operation(const Invocation& invocation) {
    PORTAL_TRY(settings, load_settings(invocation.common));
    PORTAL_TRY(format, parse_format(settings.output.value_or("table")));
    const auto& row = *invocation.verb->row;
    if (const auto paging = find_paging(row.arguments(), row.result()))
        return print_pages({invocation, settings, format, *paging});
    const AdminApi api{settings.socket};
    PORTAL_TRYV(check_out(invocation.out));
    PORTAL_TRY(answer, api.call(row, invocation.arguments.get(), settings.tenant));
    if (!invocation.out.empty()) {
        const auto result = row.make_result();
        PORTAL_TRYV(base::read_answer(answer, row.result(), result.get()));
        PORTAL_TRYV(write_document(invocation.out, row.result(), result.get()));
        answer.clear();
        base::write_json(answer, row.result(), result.get());
    }
    if (invocation.common.quiet) return {};
    if (format == Format::json) {
        print(answer.empty() || answer.back() != '\n' ? answer + "\n" : answer);
        return {};
    }
    const auto result = row.make_result();
    PORTAL_TRYV(base::read_answer(answer, row.result(), result.get()));
    print(render(format, row.result(), result.get(), {is_terminal(), has_colour()}));
    tell_why_empty(row.result(), result.get());
    return {};
}

/// "rules[0].from" or "duration_minutes" as the flag that people wrote.
std::string flag_name(const std::string& field, const Invocation* invocation) {
    if (invocation == nullptr || !invocation->verb) return field;
    const auto name = field.substr(0, field.find_first_of(".["));
    for (const auto& flag : invocation->verb->flags)
        if (flag.field->help.name == name) return flag.name;
    return field;
}

std::string next_of(base::ErrorCode code, const Invocation& invocation) {
    const auto settings = load_settings(invocation.common);
    return settings ? next_line(code, invocation, settings->tenant) : std::string{};
}

}  // namespace

Status run(const Invocation& invocation) {
    switch (invocation.what) {
        case Invocation::What::operation:
            return run_operation(invocation);
        case Invocation::What::plain:
            return run_plain(invocation.words);
        case Invocation::What::version:
            return run_plain({"version"});
        case Invocation::What::help:
            break;
    }
    PORTAL_TRY(text, help_text(invocation.words));
    print(text);
    return {};
}

int report(base::Error error, const Invocation* invocation, bool as_json) {
    error.field = flag_name(error.field, invocation);
    if (error.hint.empty() && invocation != nullptr) error.hint = next_of(error.code, *invocation);
    if (as_json) {
        print_error(base::error_json(error) + "\n");
    } else {
        print_error("portalctl: " + printable(base::describe(error)) + "\n");
        if (!error.hint.empty()) print_error("hint: " + printable(error.hint) + "\n");
    }
    return base::error_row(error.code).exit_code;
}

}  // namespace portal::cli
