#include <vector>

#include "store/migrations/migration.hpp"

namespace portal::store {

const Migration& migration_0001();

std::span<const Migration> all_migrations() {
    static const std::vector<Migration> kAll{migration_0001()};
    return kAll;
}

}  // namespace portal::store
