#include <fstream>
#include <iostream>
#include <iterator>

#include "base/encoding.hpp"
#include "cli/tree.hpp"
#include "cli/ui/terminal.hpp"

namespace portal::cli {
namespace {

using base::invalid;
using base::N_;
using base::Result;
using base::Status;

constexpr std::size_t kFileLimit = 64 * 1024;

/// The first line of a file, or of standard input for "-".
Result<std::string> read_secret(const std::string& path) {
    std::ifstream file;
    if (path != "-") file.open(path, std::ios::binary);
    std::istream& in = path == "-" ? std::cin : file;
    if (!in) return invalid("", N_("There is no file {1}."), {printable(path)});
    std::string text(kFileLimit + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > kFileLimit) return invalid("", N_("The file is too large."));
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

Status set_words(const base::FieldInfo& field, void* record, const std::string& text) {
    if (field.type->emplace != nullptr) field.type->emplace(field.edit(record));
    if (base::trim(text).empty()) return {};
    for (const auto word : base::split(text, ','))
        PORTAL_TRYV(base::set_field_text(field, record, base::trim(word)));
    return {};
}

Status set_flag(const Flag& flag, void* record, const std::string& text) {
    const auto& field = *flag.field;
    if (flag.form == Form::words) return set_words(field, record, text);
    if (flag.form == Form::file) {
        PORTAL_TRY(secret, read_secret(text));
        if (secret.empty() && field.type->kind == base::Kind::patch) {  // so does an empty file
            field.type->set_null(field.edit(record));
            return {};
        }
        return base::set_field_text(field, record, secret);
    }
    if (text.empty() && field.type->kind == base::Kind::patch) {  // '' clears
        field.type->set_null(field.edit(record));
        return {};
    }
    return base::set_field_text(field, record, text);
}

/// `set` without anything to set is a mistake, most often an option that a script lost.
bool changes_nothing(const Verb& verb, const FlagTexts& texts) {
    if (verb.row->verb() != "set") return false;
    for (std::size_t i = 0; i < verb.flags.size(); ++i) {
        const auto& flag = verb.flags[i];
        const bool names = flag.form == Form::positional || flag.name == "--version";
        if (!names && !texts[i].empty()) return false;
    }
    return true;
}

}  // namespace

Status fill_arguments(const Verb& verb, const FlagTexts& texts, void* record) {
    std::string missing;
    for (std::size_t i = 0; i < verb.flags.size(); ++i) {
        const auto& flag = verb.flags[i];
        auto given = texts[i];
        if (given.empty() && flag.required && flag.form == Form::file) {
            PORTAL_TRY(typed, prompt_secret(std::string{flag.field->help.help}));
            PORTAL_TRYV(base::set_field_text(*flag.field, record, typed));
        } else if (given.empty() && flag.required) {
            missing += (missing.empty() ? "" : ", ") + flag.name;
        }
        if (flag.form == Form::out) continue;  // of the result, not of the arguments
        for (const auto& text : given)
            if (auto set = set_flag(flag, record, text); !set) {
                auto error = std::move(set).error();
                error.field = flag.name;
                return error;
            }
    }
    if (!missing.empty())
        return invalid("", N_("Missing: {1}."), {missing}).with_hint(usage_line(verb));
    if (changes_nothing(verb, texts))
        return invalid("", N_("Say what to change.")).with_hint(usage_line(verb));
    return {};
}

}  // namespace portal::cli
