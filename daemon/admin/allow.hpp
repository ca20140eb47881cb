// admin.allow: which uids and groups may call the admin API, and what. Anyone else: nothing.
// Thread rule: immutable; judge() asks the system's user database and may be called from any
// thread.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "api/operation.hpp"
#include "base/result.hpp"
#include "config/values.hpp"

namespace portal::admin {

/// Who is at the other end of the unix socket, and what admin.allow gives him.
struct Caller {
    uid_t uid = 0;
    bool may_read = false;
    bool may_write = false;

    [[nodiscard]] bool may(api::Access access) const {
        return access == api::Access::read ? may_read : may_write;
    }
    [[nodiscard]] std::string format() const { return "uid:" + std::to_string(uid); }
};

class AllowList {
  public:
    /// Nobody may anything.
    AllowList() = default;
    /// Write includes read. Groups are looked up now; an unknown one is invalid.
    static base::Result<AllowList> make(const std::vector<config::AdminRule>& rules);
    /// By the peer's uid, its gid and the user's other groups.
    [[nodiscard]] Caller judge(uid_t uid, gid_t gid) const;

  private:
    struct Entry {
        bool is_group;
        id_t id;
        bool write;
    };
    std::vector<Entry> entries_;
};

}  // namespace portal::admin
