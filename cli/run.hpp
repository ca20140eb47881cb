// Does what an invocation says. Thread rule: one call.
#pragma once

#include "cli/tree.hpp"

namespace portal::cli {

base::Status run(const Invocation& invocation);
/// Prints an error as people read it, or as JSON; returns the exit code.
int report(base::Error error, const Invocation* invocation, bool as_json);

}  // namespace portal::cli
