// The command tree as data, made from the rows of lib/api: the parser, help, manual pages and
// completion all read it, so that they cannot differ. Thread rule: constants.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/operations.hpp"

namespace portal::cli {

enum class Form {
    positional,  // NAME
    value,       // --starts TIME
    list,        // --rule TEXT, once for each
    words,       // --modules a,b: choices or words, also once for each
    toggle,      // --print
    file,        // --national-id-file FILE, never on the command line itself
    out,         // --out FILE: where a document of the result is written; `field` is the result's
};

/// How one field of an argument record is written on the command line.
struct Flag {
    std::string name;        // "--duration-minutes"; a positional: "STAFF"
    std::string value_name;  // "TIME", "yes|no"; a toggle: empty
    Form form = Form::value;
    const base::FieldInfo* field = nullptr;
    bool required = false;
};

struct Verb {
    const api::OperationRow* row = nullptr;
    std::vector<Flag> flags;  // positionals first
    bool takes_tenant = false;
    bool tenant_is_name = false;  // `tenant show solna`: the clinic is the NAME itself
};
Verb make_verb(const api::OperationRow& row);

/// Flags that mean the same everywhere.
struct CommonFlag {
    std::string_view names;  // "-o,--output"
    std::string_view value_name;
    std::string_view help;
};
std::vector<CommonFlag> common_flags();

/// What is no operation: help, version, completion.
struct PlainCommand {
    std::string_view name;
    std::string_view arguments;
    std::string_view help;
};
std::vector<PlainCommand> plain_commands();

std::vector<std::string_view> all_nouns();
std::vector<const api::OperationRow*> rows_of(std::string_view noun);
/// The candidate nearest to a mistyped word, or empty when none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);
/// "portalctl booking confirm [-T SLUG] BOOKING [--version NUMBER]"
std::string usage_line(const Verb& verb);
/// `field`'s help and what may stand there: "length in minutes (1 to 240)".
std::string flag_help(const Flag& flag);

}  // namespace portal::cli
