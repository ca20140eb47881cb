// TOML into a described record. The only place that knows the TOML library.
// Thread rule: pure. Source: TOML 1.0, hostile input rows 30 and 31.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.hpp"

namespace portal::config {

struct Place {
    unsigned line = 0;  // from 1; 0: unknown
    unsigned column = 0;
};

struct TomlProblem {
    Place place;
    base::Error error;  // its field is the path, "http.listen"; empty for a syntax error
};

struct TomlReading {
    std::vector<TomlProblem> problems;
    std::map<std::string, Place> places;  // where each path's value stands
};

inline constexpr std::size_t kTomlLineLimit = 1000;  // octets: bounds the depth of dotted keys

/// Reads `text` over the record's present values: what is absent stays. Unknown keys, wrong types,
/// values outside their limits and malformed text are problems.
TomlReading read_toml(std::string_view text, const base::TypeInfo& type, void* record);

}  // namespace portal::config
