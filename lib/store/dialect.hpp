// The macros that make one SQL text fit both engines. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace portal::store {

enum class Dialect { sqlite, postgres };

/// Replaces {pk} {i64} {blob} {text} {strict} {skip_locked}; any other {word} is an error, braces
/// around something else stay.
base::Result<std::string> expand(std::string_view sql, Dialect dialect);

/// The largest n of $n outside quotes; error where a smaller one is missing.
base::Result<int> count_parameters(std::string_view sql);

}  // namespace portal::store
