// What an engine reports, in the words of both, and the Error made of it.
// Never a value of a row: PostgreSQL writes them into its messages, so only codes and names of
// constraints are kept.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace portal::store {

struct Failure {
    enum class Kind {
        unique,
        foreign_key,
        overlap,
        check,  // CHECK, NOT NULL, a type, a trigger: the caller let through what it should not
        retry,  // another transaction was first
        busy,   // too slow or too many
        lost,   // no connection, no disk, no memory
        bug,
    };
    Kind kind = Kind::bug;
    std::string code;        // SQLSTATE, or SQLite's extended code
    std::string constraint;  // its name, or "table.column, ..." on SQLite; may be empty
};

/// `statement`: its name. args of the Error: statement, code, constraint.
base::Error to_error(const Failure& failure, std::string_view statement);

/// A bug in a statement, found by the driver itself.
base::Error broken(std::string_view statement, std::string what);

}  // namespace portal::store
