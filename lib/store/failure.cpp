#include "store/failure.hpp"

#include "store/store.hpp"

namespace portal::store {
namespace {

using base::ErrorCode;
constexpr const char* kBroken = base::N_("The database refused the statement {1} ({2} {3}).");

struct KindRow {
    Failure::Kind kind;
    ErrorCode code;
    const char* key;
};
constexpr KindRow kRows[] = {
    {Failure::Kind::unique, ErrorCode::conflict, kUnique},
    {Failure::Kind::foreign_key, ErrorCode::conflict, kForeignKey},
    {Failure::Kind::overlap, ErrorCode::conflict, kOverlap},
    {Failure::Kind::check, ErrorCode::internal, kBroken},
    {Failure::Kind::retry, ErrorCode::unavailable, kBusy},
    {Failure::Kind::busy, ErrorCode::unavailable, kBusy},
    {Failure::Kind::lost, ErrorCode::unavailable, kLost},
    {Failure::Kind::bug, ErrorCode::internal, kBroken},
};

}  // namespace

base::Error to_error(const Failure& failure, std::string_view statement) {
    for (const auto& row : kRows) {
        if (row.kind != failure.kind) continue;
        return base::make_error(row.code, row.key,
                                {std::string{statement}, failure.code, failure.constraint});
    }
    return broken(statement, failure.code);
}

base::Error broken(std::string_view statement, std::string what) {
    return base::make_error(ErrorCode::internal, kBroken,
                            {std::string{statement}, "driver", std::move(what)});
}

}  // namespace portal::store
