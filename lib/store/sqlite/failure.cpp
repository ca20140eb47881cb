#include "store/sqlite/failure.hpp"

#include <sqlite3.h>

namespace portal::store {
namespace {

/// "UNIQUE constraint failed: t.a, t.b" -> "t.a, t.b"
std::string constraint_name(std::string_view message) {
    constexpr std::string_view kMark = "constraint failed: ";
    const auto at = message.find(kMark);
    return at == std::string_view::npos ? "" : std::string{message.substr(at + kMark.size())};
}

Failure::Kind constraint_kind(int code, std::string_view message) {
    switch (code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return Failure::Kind::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return Failure::Kind::foreign_key;
        case SQLITE_CONSTRAINT_TRIGGER:
            return message == "overlap" ? Failure::Kind::overlap : Failure::Kind::check;
        default:
            return Failure::Kind::check;
    }
}

}  // namespace

Failure sqlite_failure(int extended_code, std::string_view message) {
    auto code = std::to_string(extended_code);
    switch (extended_code & 0xFF) {
        case SQLITE_CONSTRAINT:
            return {constraint_kind(extended_code, message), std::move(code),
                    constraint_name(message)};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Failure::Kind::busy, std::move(code), {}};
        case SQLITE_NOMEM:
        case SQLITE_IOERR:
        case SQLITE_FULL:
        case SQLITE_CORRUPT:
        case SQLITE_CANTOPEN:
        case SQLITE_NOTADB:
            return {Failure::Kind::lost, std::move(code), {}};
        default:
            return {Failure::Kind::bug, std::move(code), {}};
    }
}

Trouble sqlite_trouble(int extended_code) {
    if (extended_code == SQLITE_IOERR_FSYNC || extended_code == SQLITE_IOERR_DIR_FSYNC) {
        return Trouble::disk;
    }
    const int code = extended_code & 0xFF;
    const bool lost = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_CANTOPEN;
    return lost ? Trouble::lost : Trouble::none;
}

}  // namespace portal::store
