// What can go wrong, as data: made in lib, turned into a sentence at the edge (page, CLI, log).
// Thread rule: plain values. Source: docs/architecture.md, "Errors".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portal::base {

enum class ErrorCode {
    invalid,          // the caller's input is wrong; `field` names the place
    unauthenticated,  // log in first
    forbidden,        // known, but not allowed
    not_found,        // absent, or not to be seen
    conflict,         // the state refuses: taken, overlapping, already done
    stale,            // changed since it was read
    too_large,
    misdirected,  // a host that no tenant has
    rate_limited,
    unavailable,  // try again later
    timeout,
    partly_done,  // it broke off: what was done before stays
    internal,
};

enum class LogLevel { debug, info, warn, error };

/// One row per code: the only place where a code becomes a status, an exit code or a level.
struct ErrorRow {
    ErrorCode code;
    std::string_view name;  // in JSON answers
    int http_status;
    int exit_code;
    LogLevel level;
    const char* key;  // the sentence when nothing better is known; a catalogue key
};
const ErrorRow& error_row(ErrorCode code);
/// The row with this name, or that of `internal`.
const ErrorRow& error_row(std::string_view name);

/// Marks a sentence for extraction into the catalogues; {1}, {2} are its arguments.
constexpr const char* N_(const char* sentence) {
    return sentence;
}

struct [[nodiscard]] Error {
    ErrorCode code = ErrorCode::internal;
    std::string key;                // English sentence and catalogue key in one, with {1} {2}
    std::vector<std::string> args;  // never personal data
    std::string field;              // path of the bad field, "rules[0].from"; may be empty
    std::string hint;               // what to do next, English; may be empty

    Error& with_hint(std::string text) {
        hint = std::move(text);
        return *this;
    }
    bool operator==(const Error&) const = default;
};

Error make_error(ErrorCode code, std::string key, std::vector<std::string> args = {});
Error invalid(std::string field, std::string key, std::vector<std::string> args = {});

/// `sentence` with {1} {2} replaced; an absent argument leaves its marker.
std::string fill_arguments(std::string_view sentence, const std::vector<std::string>& args);
/// The English sentence, with the field's name in front when there is one.
std::string describe(const Error& error);

}  // namespace portal::base
