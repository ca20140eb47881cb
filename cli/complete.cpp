#include <algorithm>

#include "cli/tree.hpp"
#include "cli/words.hpp"

namespace portal::cli {
namespace {

/// The noun whose names a field takes: "staff", "visit_type", or a positional of the noun itself.
std::string noun_of(const Flag& flag, std::string_view own) {
    if (flag.field->type->name == "id" && flag.form == Form::positional) return std::string{own};
    std::string noun{flag.field->help.name};
    std::replace(noun.begin(), noun.end(), '_', '-');
    const auto nouns = all_nouns();
    return std::find(nouns.begin(), nouns.end(), noun) == nouns.end() ? std::string{} : noun;
}

const base::TypeInfo& innermost(const base::TypeInfo& type) {
    return type.element == nullptr ? type : innermost(*type.element);
}

std::string tenant_in(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if (words[i] == "-T" || words[i] == "--tenant") return words[i + 1];
    return {};
}

class Completer {
  public:
    Completer(const std::vector<std::string>& words, const FetchNames& fetch)
        : words_(words), fetch_(fetch), last_(words.empty() ? std::string{} : words.back()) {}

    std::vector<Candidate> run() {
        auto before = words_;
        if (!before.empty()) before.pop_back();
        const auto found = find_words(before);
        if (common_value(before)) return std::move(candidates_);
        if (found.noun.empty())
            first_word();
        else if (found.noun == "help" || found.noun == "completion")
            plain_word(found);
        else if (const auto rows = rows_of(found.noun); rows.size() == 1 && rows[0]->verb().empty())
            verb_words(make_verb(*rows[0]), before);
        else if (found.verb.empty())
            for (const auto* row : rows) add(row->verb(), row->help);
        else
            for (const auto* row : rows)
                if (row->verb() == found.verb) verb_words(make_verb(*row), found.rest);
        return std::move(candidates_);
    }

  private:
    void add(std::string_view word, std::string_view help) {
        if (word.compare(0, last_.size(), last_) == 0)
            candidates_.push_back({std::string{word}, std::string{help}});
    }
    void add_names(std::string_view noun) {
        if (noun.empty()) return;
        for (const auto& name : fetch_(noun, tenant_in(words_))) add(name.word, name.help);
    }

    void first_word() {
        for (const auto noun : all_nouns()) add(noun, api::noun_help(noun));
        for (const auto& command : plain_commands()) add(command.name, command.help);
        common();
    }

    void plain_word(const Words& found) {
        if (found.noun == "completion")
            for (const auto shell : {"bash", "zsh", "fish"}) add(shell, {});
        else if (found.verb.empty())
            for (const auto noun : all_nouns()) add(noun, api::noun_help(noun));
        else
            for (const auto* row : rows_of(found.verb)) add(row->verb(), row->help);
    }

    void common() {
        if (last_.empty() || last_.front() != '-') return;
        for (const auto& flag : common_flags())
            add(flag.names.substr(flag.names.find("--")), flag.help);
    }

    /// The value of -T, -o, -c or --socket, wherever it stands.
    bool common_value(const std::vector<std::string>& before) {
        if (before.empty()) return false;
        const auto& flag = before.back();
        if (flag == "-T" || flag == "--tenant")
            add_names("tenant");
        else if (flag == "-o" || flag == "--output")
            for (const auto format : {"table", "json", "csv", "md", "name"}) add(format, {});
        else
            return flag == "--socket" || flag == "-c" || flag == "--context";
        return true;
    }

    void value_of(const Flag& flag, std::string_view noun) {
        const auto& type = innermost(*flag.field->type);
        for (const auto& choice : type.choices) add(choice, {});
        if (type.kind == base::Kind::boolean) {
            add("yes", {});
            add("no", {});
        }
        if (type.choices.empty()) add_names(noun_of(flag, noun));
    }

    void verb_words(const Verb& verb, const std::vector<std::string>& rest) {
        const auto noun = verb.row->noun();
        std::size_t positionals = 0;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            const auto* flag = find_flag(verb, rest[i]);
            const bool takes = takes_value(flag, rest[i]);
            if (takes && i + 1 == rest.size()) {
                if (flag != nullptr && flag->form != Form::file && flag->form != Form::out)
                    value_of(*flag, noun);
                return;
            }
            if (takes)
                ++i;
            else if (!rest[i].empty() && rest[i].front() != '-' && rest[i] != noun)
                ++positionals;
        }
        if (last_.empty() || last_.front() != '-') return positional(verb, positionals);
        for (const auto& flag : verb.flags)
            if (flag.form != Form::positional) add(flag.name, flag.field->help.help);
        common();
    }

    void positional(const Verb& verb, std::size_t index) {
        if (verb.tenant_is_name && index-- == 0) return add_names("tenant");
        if (index < verb.flags.size() && verb.flags[index].form == Form::positional)
            value_of(verb.flags[index], verb.row->noun());
    }

    static const Flag* find_flag(const Verb& verb, const std::string& word) {
        for (const auto& flag : verb.flags)
            if (flag.form != Form::positional && flag.name == word) return &flag;
        return nullptr;
    }
    static bool takes_value(const Flag* flag, const std::string& word) {
        if (flag != nullptr) return flag->form != Form::toggle;
        return find_words({word, "value", "noun"}).noun == "noun";
    }

    const std::vector<std::string>& words_;
    const FetchNames& fetch_;
    std::string last_;
    std::vector<Candidate> candidates_;
};

constexpr std::string_view kBash =
    R"sh(# bash completion of portalctl; it asks the program itself. Source it, or install it as
# /usr/share/bash-completion/completions/portalctl
_portalctl() {
    local line
    COMPREPLY=()
    while IFS=$'\t' read -r line _; do
        COMPREPLY+=("$(printf '%q' "$line")")
    done < <(portalctl __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    if [ ${#COMPREPLY[@]} -eq 0 ]; then compopt -o default; fi
}
complete -F _portalctl portalctl
)sh";
constexpr std::string_view kZsh =
    R"sh(#compdef portalctl
# zsh completion of portalctl; it asks the program itself. Install it as _portalctl in $fpath
_portalctl() {
    local -a plain described
    local word help
    while IFS=$'\t' read -r word help; do
        if [[ -n $help ]]; then
            described+=("${word//:/\\:}:$help")
        else
            plain+=("$word")
        fi
    done < <(portalctl __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
    if (( ${#plain} + ${#described} == 0 )); then
        _files
        return
    fi
    (( ${#plain} )) && compadd -a plain
    (( ${#described} )) && _describe portalctl described
}
if [[ $funcstack[1] == _portalctl ]]; then
    _portalctl "$@"
else
    compdef _portalctl portalctl
fi
)sh";
constexpr std::string_view kFish =
    R"sh(# fish completion of portalctl; it asks the program itself. Install it as
# ~/.config/fish/completions/portalctl.fish
complete -c portalctl -f -a '(portalctl __complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
)sh";

}  // namespace

std::vector<Candidate> complete(const std::vector<std::string>& words, const FetchNames& fetch) {
    return Completer{words, fetch}.run();
}

base::Result<std::string> completion_script(std::string_view shell) {
    if (shell == "bash") return std::string{kBash};
    if (shell == "zsh") return std::string{kZsh};
    if (shell == "fish") return std::string{kFish};
    return base::invalid("", base::N_("'{1}' is not one of: {2}."),
                         {std::string{shell.substr(0, 20)}, "bash, zsh, fish"});
}

}  // namespace portal::cli
