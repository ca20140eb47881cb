#include "base/error.hpp"

#include <algorithm>
#include <array>

namespace portal::base {
namespace {

using enum ErrorCode;
constexpr std::array kRows{
    ErrorRow{invalid, "invalid", 400, 2, LogLevel::info,
             N_("That is not right. Check what you wrote.")},
    ErrorRow{unauthenticated, "unauthenticated", 401, 4, LogLevel::info, N_("Log in first.")},
    ErrorRow{forbidden, "forbidden", 403, 4, LogLevel::warn, N_("You are not allowed to do this.")},
    ErrorRow{not_found, "not_found", 404, 5, LogLevel::info, N_("There is nothing here.")},
    ErrorRow{conflict, "conflict", 409, 6, LogLevel::info, N_("This is not possible now.")},
    ErrorRow{stale, "stale", 409, 6, LogLevel::info,
             N_("This was changed meanwhile. Look at it again and repeat.")},
    ErrorRow{too_large, "too_large", 413, 2, LogLevel::info, N_("That is too large.")},
    ErrorRow{misdirected, "misdirected", 421, 5, LogLevel::info, N_("No clinic has this address.")},
    ErrorRow{rate_limited, "rate_limited", 429, 7, LogLevel::warn,
             N_("Too many tries. Wait a while and try again.")},
    ErrorRow{unavailable, "unavailable", 503, 7, LogLevel::error,
             N_("The service cannot answer just now. Try again in a minute.")},
    ErrorRow{timeout, "timeout", 503, 7, LogLevel::warn, N_("It took too long. Try again.")},
    ErrorRow{partly_done, "partly_done", 503, 3, LogLevel::error,
             N_("Only a part of this was done.")},
    ErrorRow{internal, "internal", 500, 1, LogLevel::error,
             N_("Something went wrong at our end. Try again in a minute.")},
};

}  // namespace

const ErrorRow& error_row(ErrorCode code) {
    const auto* row = std::find_if(kRows.begin(), kRows.end(),
                                   [code](const ErrorRow& each) { return each.code == code; });
    return row == kRows.end() ? kRows.back() : *row;
}

const ErrorRow& error_row(std::string_view name) {
    const auto* row = std::find_if(kRows.begin(), kRows.end(),
                                   [name](const ErrorRow& each) { return each.name == name; });
    return row == kRows.end() ? kRows.back() : *row;
}

Error make_error(ErrorCode code, std::string key, std::vector<std::string> args) {
    return Error{code, std::move(key), std::move(args), {}, {}};
}

Error invalid(std::string field, std::string key, std::vector<std::string> args) {
    return Error{ErrorCode::invalid, std::move(key), std::move(args), std::move(field), {}};
}

std::string fill_arguments(std::string_view sentence, const std::vector<std::string>& args) {
    std::string out;
    out.reserve(sentence.size() + 32);
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        const bool marker = sentence[i] == '{' && i + 2 < sentence.size() &&
                            sentence[i + 2] == '}' && sentence[i + 1] >= '1' &&
                            sentence[i + 1] <= '9';
        const auto index = marker ? static_cast<std::size_t>(sentence[i + 1] - '1') : 0;
        if (marker && index < args.size()) {
            out += args[index];
            i += 2;
        } else {
            out += sentence[i];
        }
    }
    return out;
}

std::string describe(const Error& error) {
    const std::string key = error.key.empty() ? error_row(error.code).key : error.key;
    const auto sentence = fill_arguments(key, error.args);
    return error.field.empty() ? sentence : error.field + ": " + sentence;
}

}  // namespace portal::base
