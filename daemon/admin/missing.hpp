// What an operator is told of something that is not there: its kind, and the line that lists what
// is. Pure; any thread. Source: docs/architecture.md "The command line".
#pragma once

#include <optional>
#include <string>

#include "api/operation.hpp"
#include "base/result.hpp"

namespace portal::admin {

/// `error` as it is, unless it is `not_found`. A hint that it has stays.
base::Error name_missing(base::Error error, const api::OperationRow& row,
                         const std::optional<std::string>& tenant);

}  // namespace portal::admin
