// What a staff member tells of themselves: read by patients where it is listed. Thread rule: any.
// Source: C5, C6, C10.
#pragma once

#include <string>
#include <vector>

#include "domain/staff.hpp"
#include "service/session.hpp"

namespace portal::service {

/// As patients read it.
struct Profile {
    base::Uuid id;
    std::string name;
    std::string title;
    std::string description;
    bool bookable = false;
};
/// Those who are listed and work here, by name.
base::Result<std::vector<Profile>> list_profiles(Session& session);
/// not_found unless it is listed and its owner works here, as if nobody were there (C6).
base::Result<Profile> show_profile(Session& session, const base::Uuid& id);

base::Result<domain::StaffView> show_own_profile(Session& session);
struct OwnProfile {
    base::Patch<std::string> description;
    base::Patch<bool> listed;
    base::Patch<bool> bookable;  // the booking function (C10)
    std::optional<std::int64_t> version;
};
/// stale where it would change something and the version moved.
base::Result<domain::StaffView> set_own_profile(Session& session, const OwnProfile& change);

}  // namespace portal::service
