#include "cli/tree.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/ui/terminal.hpp"

namespace portal::cli {
namespace {

using base::Error;
using base::invalid;
using base::N_;
using base::Result;
using base::Status;

bool takes_value(const std::string& flag) {
    return flag == "-T" || flag == "--tenant" || flag == "-o" || flag == "--output" ||
           flag == "--socket" || flag == "-c" || flag == "--context";
}

Error usage(std::string sentence, const std::string& hint) {
    return invalid("", std::move(sentence)).with_hint(hint);
}

Error unknown_word(std::string_view what, const std::string& word,
                   const std::vector<std::string_view>& candidates, const std::string& hint) {
    const auto near = nearest(word, candidates);
    auto error = invalid("", N_("{1} '{2}' does not exist."), {std::string{what}, printable(word)});
    return error.with_hint(near.empty() ? hint : "did you mean '" + std::string{near} + "'?");
}

/// The verb's flags and the common ones, with room for what stands in argv.
struct Parser {
    CLI::App app;
    FlagTexts texts;
    std::vector<std::string> tenant, output, socket, context;
    bool quiet = false, help = false;

    explicit Parser(const Verb& verb) : texts(verb.flags.size()) {
        app.set_help_flag();
        app.allow_extras();
        if (verb.takes_tenant) add("-T,--tenant", tenant, false);
        add("-o,--output", output, false);
        add("--socket", socket, false);
        add("-c,--context", context, false);
        app.add_flag("-q,--quiet", quiet);
        app.add_flag("-h,--help", help);
        if (verb.tenant_is_name) app.add_option("slug", tenant)->expected(1);
        for (std::size_t i = 0; i < verb.flags.size(); ++i) add_flag(verb.flags[i], texts[i]);
    }

  private:
    void add(const std::string& names, std::vector<std::string>& texts_of, bool repeated) {
        auto* option = app.add_option(names, texts_of)->type_size(1)->allow_extra_args(false);
        if (repeated)
            option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        else
            option->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::Throw);
    }
    void add_flag(const Flag& flag, std::vector<std::string>& texts_of) {
        if (flag.form == Form::toggle)
            app.add_flag_callback(flag.name, [&texts_of] { texts_of = {"yes"}; });
        else if (flag.form == Form::positional)
            app.add_option(flag.name, texts_of)->expected(1)->allow_extra_args(false);
        else
            add(flag.name, texts_of, flag.form == Form::list || flag.form == Form::words);
    }
};

std::optional<std::string> last(const std::vector<std::string>& texts) {
    return texts.empty() ? std::nullopt : std::optional{texts.back()};
}

std::string help_hint(const Verb& verb) {
    std::string hint = "portalctl help " + std::string{verb.row->noun()};
    if (!verb.row->verb().empty()) hint += " " + std::string{verb.row->verb()};
    return hint;
}

/// What must come from a file stands in nobody's process list or shell history.
Status refuse_secrets(const Verb& verb, const std::vector<std::string>& rest) {
    for (const auto& flag : verb.flags) {
        if (flag.form != Form::file) continue;
        const auto open = flag.name.substr(0, flag.name.size() - 5);  // without "-file"
        for (const auto& word : rest)
            if (word == open || word.compare(0, open.size() + 1, open + "=") == 0)
                return usage("'" + open + "' on a command line can be read by others.",
                             flag.name + " FILE, or " + flag.name + " - for standard input");
    }
    return {};
}

/// "--name=" as "--name" and "": the library would take it for a missing value.
std::vector<std::string> split_empty_values(const std::vector<std::string>& words) {
    std::vector<std::string> all;
    bool flags = true;
    for (const auto& word : words) {
        flags = flags && word != "--";
        const bool empty_value =
            flags && word.size() > 3 && word.compare(0, 2, "--") == 0 && word.back() == '=';
        all.push_back(empty_value ? word.substr(0, word.size() - 1) : word);
        if (empty_value) all.emplace_back();
    }
    return all;
}

std::vector<std::string_view> flag_names(const Verb& verb) {
    std::vector<std::string_view> known{"--output", "--socket", "--context", "--quiet", "--help"};
    if (verb.takes_tenant) known.push_back("--tenant");
    for (const auto& flag : verb.flags)
        if (flag.form != Form::positional) known.push_back(flag.name);
    return known;
}

Error unexpected(const Verb& verb, const std::string& word) {
    if (word.empty() || word.front() != '-' || word == "-")
        return usage("There are too many words.", usage_line(verb));
    return unknown_word("The flag", word.substr(0, word.find('=')), flag_names(verb),
                        help_hint(verb));
}

/// The first long flag that the verb has not: what follows it then looks like a word too many.
std::optional<std::string> find_unknown_flag(const Verb& verb,
                                             const std::vector<std::string>& words) {
    const auto known = flag_names(verb);
    for (const auto& word : words) {
        if (word == "--") break;
        if (word.compare(0, 2, "--") != 0) continue;
        const auto name = word.substr(0, word.find('='));
        if (std::find(known.begin(), known.end(), name) == known.end()) return word;
    }
    return std::nullopt;
}

/// The library's "--name: At Most 1 required but received 2" in our words.
std::string mismatch(std::string_view text) {
    const bool twice = text.find("At Most") != std::string_view::npos;
    return printable(text.substr(0, text.find(':'))) +
           (twice ? ": stands there twice" : ": a value is missing");
}

Result<Invocation> parse_operation(const api::OperationRow& row, std::vector<std::string> rest) {
    Invocation invocation;
    auto& verb = invocation.verb.emplace(make_verb(row));
    PORTAL_TRYV(refuse_secrets(verb, rest));
    Parser parser{verb};
    const auto unknown = find_unknown_flag(verb, rest);
    rest = split_empty_values(rest);
    std::reverse(rest.begin(), rest.end());
    try {
        parser.app.parse(rest);
    } catch (const CLI::ArgumentMismatch& error) {
        if (unknown) return unexpected(verb, *unknown);
        return usage(mismatch(error.what()), help_hint(verb));
    } catch (const CLI::ParseError& error) {
        return usage(printable(error.what()), help_hint(verb));
    }
    if (parser.help) {
        invocation.words = {std::string{row.noun()}, std::string{row.verb()}};
        return invocation;
    }
    for (const auto& extra : parser.app.remaining())
        if (extra != "--") return unexpected(verb, extra);
    invocation.what = Invocation::What::operation;
    invocation.common = {last(parser.tenant), last(parser.output), last(parser.socket),
                         last(parser.context), parser.quiet};
    if (verb.tenant_is_name && !invocation.common.tenant)
        return usage("Say which clinic.", usage_line(verb));
    invocation.arguments = row.make_arguments();
    if (auto filled = fill_arguments(verb, parser.texts, invocation.arguments.get()); !filled) {
        auto error = std::move(filled).error();
        if (error.hint.empty()) error.hint = help_hint(verb);
        return error;
    }
    for (std::size_t i = 0; i < verb.flags.size(); ++i)
        if (verb.flags[i].form == Form::out) invocation.out = parser.texts[i].front();
    return invocation;
}

bool is_help(const std::string& word) {
    return word == "-h" || word == "--help";
}

/// A noun that is an operation by itself, as `status` and `simulate`: no word after it is a verb.
bool stands_alone(const std::string& noun) {
    const auto rows = rows_of(noun);
    return rows.size() == 1 && rows[0]->verb().empty();
}

Result<Invocation> parse_noun(const Words& words) {
    const auto rows = rows_of(words.noun);
    if (stands_alone(words.noun)) return parse_operation(*rows[0], words.rest);
    std::vector<std::string_view> verbs;
    std::string all;
    for (const auto* row : rows) {
        if (row->verb() == words.verb) return parse_operation(*row, words.rest);
        verbs.push_back(row->verb());
        all += (all.empty() ? "" : ", ") + std::string{row->verb()};
    }
    if (words.verb.empty() && std::any_of(words.rest.begin(), words.rest.end(), is_help)) {
        Invocation help;
        help.words = {words.noun};
        return help;
    }
    if (words.verb.empty())
        return usage("Say what to do with '" + words.noun + "': " + all + ".",
                     "portalctl help " + words.noun);
    return unknown_word("The verb", words.verb, verbs, words.noun + " knows: " + all);
}

}  // namespace

Words find_words(const std::vector<std::string>& args) {
    Words words;
    for (std::size_t i = 0; i < args.size(); ++i) {
        const auto& word = args[i];
        const bool is_flag = !word.empty() && word.front() == '-';
        const bool all_found =
            !words.noun.empty() && (!words.verb.empty() || stands_alone(words.noun));
        if (word == "--" || all_found) {
            words.rest.insert(words.rest.end(), args.begin() + static_cast<std::ptrdiff_t>(i),
                              args.end());
            return words;
        }
        if (!is_flag) {
            (words.noun.empty() ? words.noun : words.verb) = word;
            continue;
        }
        words.rest.push_back(word);
        if (takes_value(word) && i + 1 < args.size()) words.rest.push_back(args[++i]);
    }
    return words;
}

Result<Invocation> parse_arguments(const std::vector<std::string>& args) {
    const auto words = find_words(args);
    Invocation invocation;
    if (words.noun.empty()) {
        for (const auto& word : words.rest) {
            if (is_help(word)) return invocation;
            if (word != "--version") continue;
            invocation.what = Invocation::What::version;
            return invocation;
        }
        return usage("Say what to do.", "portalctl help");
    }
    std::vector<std::string_view> known = all_nouns();
    if (std::find(known.begin(), known.end(), words.noun) != known.end()) return parse_noun(words);
    const bool hidden = words.noun.compare(0, 2, "__") == 0;
    for (const auto& command : plain_commands()) {
        known.push_back(command.name);
        if (command.name != words.noun && !hidden) continue;
        invocation.what = Invocation::What::plain;
        invocation.words = {words.noun};
        if (!words.verb.empty()) invocation.words.push_back(words.verb);
        invocation.words.insert(invocation.words.end(), words.rest.begin(), words.rest.end());
        return invocation;
    }
    return unknown_word("The noun", words.noun, known, "portalctl help");
}

}  // namespace portal::cli
