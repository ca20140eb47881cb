// The registry of every named statement, so that tests can prepare them on both engines and hold
// each against the tenant rule. A noun's file defines `<noun>_statements()`, statements.cpp lists
// it.
#pragma once

#include <vector>

#include "store/statement.hpp"

namespace portal::store {

std::vector<Statement> all_statements();

}  // namespace portal::store
