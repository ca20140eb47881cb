// One person in another role or at another clinic, and two profiles that become one.
// Source: P2, P3, P9, P10, D4.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/tenant.hpp"

namespace portal::domain {

struct LinkUser {
    Audience role = Audience::patient;
    std::optional<std::string> user;
    std::optional<base::NationalId> national_id;
    std::optional<std::string> first_name;
    std::optional<std::string> last_name;
    std::optional<base::Email> email;
    std::optional<base::Phone> mobile;
    std::optional<std::string> title;
};
BOOST_DESCRIBE_STRUCT(LinkUser, (),
                      (role, user, national_id, first_name, last_name, email, mobile, title))
PORTAL_HELP(LinkUser,
            {"role", "the role here: patient (default), relative or staff", base::kDefaulted},
            {"user", "id, e-mail address or login name of one who is here in another role",
             base::kPersonal, 1, 254},
            {"national_id", "personal number by which the person is known",
             base::kPersonal | base::kFromFile, 1, 30},
            {"first_name", "first name, without --user", base::kPersonal, 1, 60},
            {"last_name", "last name, without --user", base::kPersonal, 1, 60},
            {"email", "e-mail address, without --user", base::kPersonal, 3, 254},
            {"mobile", "mobile number, without --user", base::kPersonal, 1, 30},
            {"title", "professional title, for staff", 0, 1, 60})

struct MergeUsers {
    std::string from;
    std::string into;
    bool dry_run = false;
};
BOOST_DESCRIBE_STRUCT(MergeUsers, (), (from, into, dry_run))
PORTAL_HELP(MergeUsers,
            {"from", "id, e-mail address or login name of the profile that ends",
             base::kPersonal | base::kPositional, 1, 254},
            {"into", "id, e-mail address or login name of the profile that stays",
             base::kPersonal | base::kPositional, 1, 254},
            {"dry_run", "only say what would move"})

struct MergeLine {
    std::string what;
    std::int64_t count = 0;
    std::string becomes;
};
BOOST_DESCRIBE_STRUCT(MergeLine, (), (what, count, becomes))
PORTAL_HELP(MergeLine, {"what", "what there is"}, {"count", "how many"},
            {"becomes", "moved, ended, kept or taken over"})

struct MergePlan {
    std::vector<MergeLine> items;
};
BOOST_DESCRIBE_STRUCT(MergePlan, (), (items))
PORTAL_HELP(MergePlan, {"items", "a line a kind of thing"})

}  // namespace portal::domain
