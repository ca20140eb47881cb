// One line an event, for the daemon and the CLI's -v: an event id and fields, as JSON or text.
// lib itself logs at debug at most. Fields never hold personal data; control characters are
// escaped. Thread rule: any thread. Source: architecture.md style rule 5.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace portal::base::log {

enum class Format { text, json };
using Fields = std::vector<std::pair<std::string_view, std::string>>;

/// To stderr, from `least` upwards. Call once before threads start.
void start(Format format, LogLevel least);
void event(LogLevel level, std::string_view id, const Fields& fields = {});
inline void info(std::string_view id, const Fields& fields = {}) {
    event(LogLevel::info, id, fields);
}
inline void warn(std::string_view id, const Fields& fields = {}) {
    event(LogLevel::warn, id, fields);
}
inline void error(std::string_view id, const Fields& fields = {}) {
    event(LogLevel::error, id, fields);
}

}  // namespace portal::base::log
