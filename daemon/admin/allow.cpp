#include "daemon/admin/allow.hpp"

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace portal::admin {
namespace {

constexpr std::size_t kEntryRoom = 64 * 1024;  // bytes of one passwd or group entry
constexpr std::size_t kMostGroups = 1024;

std::optional<id_t> to_number(const std::string& text) {
    id_t number = 0;
    const auto* end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, number);
    if (failed != std::errc{} || stop != end) return std::nullopt;
    return number;
}

std::optional<id_t> find_group(const std::string& name) {
    if (const auto number = to_number(name)) return number;
    std::vector<char> room(kEntryRoom);
    group entry{};
    group* found = nullptr;
    ::getgrnam_r(name.c_str(), &entry, room.data(), room.size(), &found);
    if (found == nullptr) return std::nullopt;
    return found->gr_gid;
}

std::vector<gid_t> groups_of(uid_t uid, gid_t gid) {
    std::vector<char> room(kEntryRoom);
    passwd entry{};
    passwd* found = nullptr;
    ::getpwuid_r(uid, &entry, room.data(), room.size(), &found);
    if (found == nullptr) return {gid};
    std::vector<gid_t> groups(kMostGroups);
    int count = static_cast<int>(groups.size());
    if (::getgrouplist(found->pw_name, gid, groups.data(), &count) < 0) return {gid};
    groups.resize(static_cast<std::size_t>(count));
    return groups;
}

}  // namespace

base::Result<AllowList> AllowList::make(const std::vector<config::AdminRule>& rules) {
    AllowList list;
    for (const auto& rule : rules) {
        const bool is_group = rule.who == config::AdminRule::Who::group;
        const auto id = is_group              ? find_group(rule.name)
                        : rule.name == "self" ? std::optional<id_t>{::geteuid()}
                                              : to_number(rule.name);
        if (!id)
            return base::invalid("admin.allow", base::N_("There is no user or group {1}."),
                                 {rule.name});
        list.entries_.push_back({is_group, *id, rule.write});
    }
    return list;
}

Caller AllowList::judge(uid_t uid, gid_t gid) const {
    Caller caller{uid, false, false};
    const bool asks_groups =
        std::any_of(entries_.begin(), entries_.end(), [](const Entry& e) { return e.is_group; });
    const auto groups = asks_groups ? groups_of(uid, gid) : std::vector<gid_t>{};
    for (const auto& entry : entries_) {
        const bool fits = entry.is_group
                              ? std::find(groups.begin(), groups.end(), entry.id) != groups.end()
                              : entry.id == uid;
        caller.may_read = caller.may_read || fits;
        caller.may_write = caller.may_write || (fits && entry.write);
    }
    return caller;
}

}  // namespace portal::admin
