#include "store/postgres/failure.hpp"

#include <algorithm>
#include <array>

namespace portal::store {
namespace {

using Kind = Failure::Kind;

/// A SQLSTATE or its beginning; the first row that fits.
struct StateRow {
    std::string_view prefix;
    Kind kind;
};
constexpr std::array kStates{
    StateRow{"23505", Kind::unique},  StateRow{"23503", Kind::foreign_key},
    StateRow{"23P01", Kind::overlap}, StateRow{"23", Kind::check},
    StateRow{"P0001", Kind::check},  // RAISE in a trigger
    StateRow{"40001", Kind::retry},   StateRow{"40P01", Kind::retry},
    StateRow{"0A000", Kind::retry},  // cached plan must not change result type
    StateRow{"26000", Kind::retry},  // prepared statement does not exist
    StateRow{"55P03", Kind::busy},   // lock_timeout
    StateRow{"57014", Kind::busy},   // statement_timeout
    StateRow{"53300", Kind::busy},   // too many connections
    StateRow{"08P01", Kind::bug},     StateRow{"08", Kind::lost},
    StateRow{"57P", Kind::lost},    // the server stops or starts
    StateRow{"25P03", Kind::lost},  // idle too long in a transaction
    StateRow{"53", Kind::lost},     // no memory, no disk
    StateRow{"58", Kind::lost},     // i/o
    StateRow{"XX", Kind::lost},     // damaged
};

}  // namespace

Failure postgres_failure(std::string_view sqlstate, std::string_view constraint) {
    if (sqlstate.empty()) return {Kind::lost, "connection", {}};
    const auto* row = std::find_if(kStates.begin(), kStates.end(), [&](const StateRow& each) {
        return sqlstate.starts_with(each.prefix);
    });
    return {row == kStates.end() ? Kind::bug : row->kind, std::string{sqlstate},
            std::string{constraint}};
}

Trouble postgres_trouble(std::string_view sqlstate) {
    const auto kind = postgres_failure(sqlstate, {}).kind;
    if (kind == Kind::retry) return Trouble::retry;
    return kind == Kind::lost ? Trouble::lost : Trouble::none;
}

bool is_stale_plan(std::string_view sqlstate) {
    return sqlstate == "0A000" || sqlstate == "26000";
}

}  // namespace portal::store
