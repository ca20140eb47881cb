#include "store/sqlite/inspect.hpp"

#include <sqlite3.h>

#include <memory>

#include "store/dialect.hpp"
#include "store/failure.hpp"
#include "store/sqlite/connection.hpp"

namespace portal::store {
namespace {

int note_table(void* context, int action, const char* table, const char* /*column*/,
               const char* /*database*/, const char* trigger) {
    const bool touches = action == SQLITE_READ || action == SQLITE_INSERT ||
                         action == SQLITE_UPDATE || action == SQLITE_DELETE;
    if (touches && trigger == nullptr) {
        static_cast<std::set<std::string>*>(context)->insert(table);
    }
    return SQLITE_OK;
}

}  // namespace

base::Result<std::set<std::string>> touched_tables(const std::string& path,
                                                   const Statement& statement) {
    PORTAL_TRY(sql, expand(statement.sql, Dialect::sqlite));
    sqlite3* handle = nullptr;
    const int opened = sqlite3_open_v2(path.c_str(), &handle, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, SqliteCloser> database{handle};
    if (opened != SQLITE_OK) return broken(statement.name, sqlite3_errstr(opened));
    std::set<std::string> tables;
    sqlite3_set_authorizer(handle, note_table, &tables);
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v2(handle, sql.c_str(), -1, &prepared, nullptr);
    const std::unique_ptr<sqlite3_stmt, SqliteCloser> owner{prepared};
    if (code != SQLITE_OK) return broken(statement.name, sqlite3_errmsg(handle));
    return tables;
}

}  // namespace portal::store
