#include <vector>

#include "store/migrations/migration.hpp"

namespace portal::store {

const Migration& migration_0001();
const Migration& migration_0002();
const Migration& migration_0003();

std::span<const Migration> all_migrations() {
    static const std::vector<Migration> kAll{migration_0001(), migration_0002(), migration_0003()};
    return kAll;
}

}  // namespace portal::store
