// People who work at a clinic: what patients see of them, whether they are booked, and who
// administers the unit. Source: C4-C7, C10, C53, C54, D17.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/user.hpp"

namespace portal::domain {

inline constexpr int kDescriptionLimit = 2000;

struct CreateStaff {
    std::string first_name;
    std::string last_name;
    base::Email email;
    std::string title;
    std::optional<base::Phone> mobile;
    std::optional<Language> language;
    std::optional<std::string> description;
    bool administrator = false;
    std::optional<bool> bookable;
    bool invite = false;
    std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(CreateStaff, (),
                      (first_name, last_name, email, title, mobile, language, description,
                       administrator, bookable, invite, key))
PORTAL_HELP(CreateStaff, {"first_name", "first name", base::kPersonal, 1, 60},
            {"last_name", "last name", base::kPersonal, 1, 60},
            {"email", "e-mail address; the login name too", base::kPersonal, 3, 254},
            {"title", "professional title, shown after the name in bookings", 0, 1, 60},
            {"mobile", "mobile number", base::kPersonal, 1, 30},
            {"language", "language of pages and messages; the clinic's when absent"},
            {"description", "what patients can read about the person, where listed",
             base::kMultiline, 1, kDescriptionLimit},
            {"administrator", "may see and add the unit's staff, patients and bookings"},
            {"bookable", "whether the booking function is on; yes when absent"},
            {"invite", "mail where and how to log in"},
            {"key", "idempotency key: the same key adds once", 0, 1, 80})

struct ListStaff {
    std::optional<UserStatus> status;
};
BOOST_DESCRIBE_STRUCT(ListStaff, (), (status))
PORTAL_HELP(ListStaff, {"status", "only these: active or blocked"})

struct ShowStaff {
    std::string staff;
};
BOOST_DESCRIBE_STRUCT(ShowStaff, (), (staff))
PORTAL_HELP(ShowStaff,
            {"staff", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254})

struct SetStaff {
    std::string staff;
    base::Patch<std::string> title;
    base::Patch<std::string> description;
    base::Patch<bool> listed;
    base::Patch<bool> bookable;
    base::Patch<bool> administrator;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(SetStaff, (),
                      (staff, title, description, listed, bookable, administrator, version))
PORTAL_HELP(SetStaff,
            {"staff", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254},
            {"title", "professional title, shown after the name in bookings", 0, 1, 60},
            {"description", "what patients can read about the person, where listed",
             base::kMultiline, 0, kDescriptionLimit},
            {"listed", "whether patients find the profile among the clinic's staff"},
            {"bookable",
             "whether the booking function is on; off, there are no new bookings and invitations"},
            {"administrator",
             "may see and add the unit's staff, patients and bookings; the last one stays"},
            {"version", "refuse unless the row has this version"})

struct DeleteStaff {
    std::string staff;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(DeleteStaff, (), (staff, version))
PORTAL_HELP(DeleteStaff,
            {"staff", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254},
            {"version", "refuse unless the row has this version"})

struct StaffView {
    base::Uuid id;
    std::string name;
    std::string title;
    std::string email;
    UserStatus status = UserStatus::active;
    bool bookable = false;
    bool listed = false;
    bool administrator = false;
    std::string description;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(StaffView, (),
                      (id, name, title, email, status, bookable, listed, administrator, description,
                       version))
PORTAL_HELP(StaffView, {"id", "id"}, {"name", "name"}, {"title", "professional title"},
            {"email", "e-mail address", base::kPersonal},
            {"status", "active, or blocked: works here no longer, or cannot log in"},
            {"bookable", "whether the booking function is on"},
            {"listed", "whether patients find the profile"},
            {"administrator", "whether this is an administrator of the unit"},
            {"description", "what patients can read", base::kWide},
            {"version", "row version", base::kWide})

struct StaffList {
    std::vector<StaffView> items;
};
BOOST_DESCRIBE_STRUCT(StaffList, (), (items))
PORTAL_HELP(StaffList, {"items", "the staff"})

}  // namespace portal::domain
