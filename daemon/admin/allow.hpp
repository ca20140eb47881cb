// admin.allow: which uids and groups may call the admin API, and what. Anyone else: nothing.
// Thread rule: immutable.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "api/operation.hpp"
#include "base/result.hpp"

namespace portal::admin {

/// Who is at the other end of the unix socket, and what admin.allow gives him.
struct Caller {
    std::uint32_t uid = 0;
    bool may_read = false;
    bool may_write = false;

    [[nodiscard]] bool may(api::Access access) const {
        return access == api::Access::read ? may_read : may_write;
    }
    [[nodiscard]] std::string format() const { return "uid:" + std::to_string(uid); }
};

class AllowList {
  public:
    /// root and the daemon's own user may everything.
    static AllowList defaults();
    /// Lines "uid:0=write", "group:portal-admin=read"; write includes read. A group is looked up
    /// now; an unknown one is invalid.
    static base::Result<AllowList> parse(const std::vector<std::string>& lines);
    /// By the peer's uid, its gid and the user's supplementary groups.
    [[nodiscard]] Caller judge(std::uint32_t uid, std::uint32_t gid) const;

  private:
    struct Entry {
        bool is_group;
        std::uint32_t id;
        api::Access access;
    };
    std::vector<Entry> entries_;
};

}  // namespace portal::admin
