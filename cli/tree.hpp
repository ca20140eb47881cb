// From argv to what is wanted: a row with its argument record filled, or one of the plain commands.
// Only the named verb's flags are built. Every wrong word is an Error of code invalid (exit 2).
// Thread rule: one call at start.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/settings.hpp"
#include "cli/spec.hpp"

namespace portal::cli {

struct Invocation {
    enum class What { operation, help, version, plain } what = What::help;
    std::vector<std::string> words;  // plain: command and its words; help: noun, verb
    std::optional<Verb> verb;
    std::shared_ptr<void> arguments;  // the row's record
    std::string out;                  // the file that the result's document is written to
    CommonValues common;
};

/// `args` without the program's name.
base::Result<Invocation> parse_arguments(const std::vector<std::string>& args);

/// Where noun and verb stand among the words; common flags may stand before and between.
struct Words {
    std::string noun, verb;
    std::vector<std::string> rest;  // everything else, in order
};
Words find_words(const std::vector<std::string>& args);

/// One set of a verb's flags as they stood: the texts given for each, in order.
using FlagTexts = std::vector<std::vector<std::string>>;
/// Texts into the record: files read, words split, limits checked, the missing named.
base::Status fill_arguments(const Verb& verb, const FlagTexts& texts, void* record);

}  // namespace portal::cli
