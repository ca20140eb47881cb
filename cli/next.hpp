// What to do after a refusal that does not say it itself. Thread rule: pure.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "cli/tree.hpp"

namespace portal::cli {

/// The line that shows what changed meanwhile or stands against it, or the help for what was
/// written wrongly; empty where there is none.
std::string next_line(base::ErrorCode code, const Invocation& invocation,
                      const std::optional<std::string>& tenant);

}  // namespace portal::cli
