// A membership's columns as SELECTs name them (table `m`) and the row made of them.
// Thread rule: pure. Source: storage.md.
#pragma once

#include "store/person.hpp"

#define PORTAL_MEMBER_COLUMNS                                                              \
    "m.id, m.public_id, m.account, m.role, m.status, m.first_name, m.last_name, m.email, " \
    "m.mobile, m.language, m.created_at, m.version, m.origin, m.verified_at, "             \
    "m.verified_by, m.protected"

namespace portal::store {

/// From a row that begins with PORTAL_MEMBER_COLUMNS.
Membership map_membership(const Row& row);

}  // namespace portal::store
