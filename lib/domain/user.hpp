// Everybody who belongs to a tenant, whatever their role: what is known of them, and what they lack
// for each login. Source: P10, K11, K12, R12, R13, D1, X5.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/login_policy.hpp"
#include "domain/tenant.hpp"

namespace portal::domain {

enum class UserStatus { active, blocked };
BOOST_DESCRIBE_ENUM(UserStatus, active, blocked)

struct ListUsers {
    std::optional<Audience> role;
    std::optional<UserStatus> status;
};
BOOST_DESCRIBE_STRUCT(ListUsers, (), (role, status))
PORTAL_HELP(ListUsers, {"role", "only these: patient, relative or staff"},
            {"status", "only these: active or blocked"})

struct ShowUser {
    std::string user;
};
BOOST_DESCRIBE_STRUCT(ShowUser, (), (user))
PORTAL_HELP(ShowUser, {"user", "id, e-mail address or login name",
                       base::kPersonal | base::kPositional, 1, 254})

struct UserView {
    base::Uuid id;
    std::string name;
    Audience role = Audience::patient;
    UserStatus status = UserStatus::active;
    std::string email;
    std::string mobile;
    std::string login_name;
    std::string national_id;
    bool password = false;
    bool protected_identity = false;
    std::string origin;
    std::optional<base::Instant> verified_at;
    base::Instant created_at{};
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(UserView, (),
                      (id, name, role, status, email, mobile, login_name, national_id, password,
                       protected_identity, origin, verified_at, created_at, version))
PORTAL_HELP(UserView, {"id", "id"}, {"name", "name", base::kPersonal}, {"role", "role"},
            {"status", "active or blocked"}, {"email", "e-mail address", base::kPersonal},
            {"mobile", "mobile number", base::kPersonal},
            {"login_name", "login name", base::kPersonal | base::kWide},
            {"national_id", "personal number, its last digits hidden",
             base::kPersonal | base::kWide},
            {"password", "whether a password is set here", base::kWide},
            {"protected_identity", "whether the identity is protected by law"},
            {"origin", "who made the profile: clinic, self, approved, bankid-self or mitid-self",
             base::kWide},
            {"verified_at", "when the identity was proved here", base::kWide},
            {"created_at", "when the profile was made", base::kWide},
            {"version", "row version", base::kWide})

struct UserList {
    std::vector<UserView> items;
};
BOOST_DESCRIBE_STRUCT(UserList, (), (items))
PORTAL_HELP(UserList, {"items", "the users"})

struct LoginCheck {
    LoginMethod method = LoginMethod::password;
    bool allowed = false;
    std::string reason;
    std::string why;
    std::vector<std::string> lacks;
};
BOOST_DESCRIBE_STRUCT(LoginCheck, (), (method, allowed, reason, why, lacks))
PORTAL_HELP(LoginCheck, {"method", "login method"},
            {"allowed", "whether this person can log in so now"},
            {"reason", "the first reason against it; see the manual of policy"},
            {"why", "the same as a sentence"}, {"lacks", "what is missing in the person's data"})

struct UserCheck {
    std::vector<LoginCheck> items;
};
BOOST_DESCRIBE_STRUCT(UserCheck, (), (items))
PORTAL_HELP(UserCheck, {"items", "a line a login method"})

struct CreateUser {
    std::string first_name;
    std::string last_name;
    std::string login_name;
    Audience role = Audience::relative;
    std::optional<base::Email> email;
    std::optional<base::Phone> mobile;
    std::optional<base::NationalId> national_id;
    std::optional<Language> language;
    bool protected_identity = false;
};
BOOST_DESCRIBE_STRUCT(CreateUser, (),
                      (first_name, last_name, login_name, role, email, mobile, national_id,
                       language, protected_identity))
PORTAL_HELP(CreateUser, {"first_name", "first name", base::kPersonal, 1, 60},
            {"last_name", "last name", base::kPersonal, 1, 60},
            {"login_name", "what the person types to log in", base::kPersonal, 3, 60},
            {"role", "relative (default); patients and staff have nouns of their own",
             base::kDefaulted},
            {"email", "e-mail address", base::kPersonal, 3, 254},
            {"mobile", "mobile number", base::kPersonal, 1, 30},
            {"national_id", "personal number of the clinic's country",
             base::kPersonal | base::kFromFile, 1, 30},
            {"language", "language of pages and messages; the clinic's when absent"},
            {"protected_identity", "the identity is protected by law"})

struct SetUser {
    std::string user;
    base::Patch<std::string> first_name;
    base::Patch<std::string> last_name;
    base::Patch<base::Email> email;
    base::Patch<base::Phone> mobile;
    base::Patch<std::string> login_name;
    base::Patch<Language> language;
    base::Patch<bool> protected_identity;
    base::Patch<UserStatus> status;
    std::optional<base::NationalId> national_id;
};
BOOST_DESCRIBE_STRUCT(SetUser, (),
                      (user, first_name, last_name, email, mobile, login_name, language,
                       protected_identity, status, national_id))
PORTAL_HELP(SetUser,
            {"user", "id, e-mail address or login name", base::kPersonal | base::kPositional, 1,
             254},
            {"first_name", "first name", base::kPersonal, 1, 60},
            {"last_name", "last name", base::kPersonal, 1, 60},
            {"email", "e-mail address", base::kPersonal, 3, 254},
            {"mobile", "mobile number", base::kPersonal, 1, 30},
            {"login_name", "what the person may type to log in", base::kPersonal, 3, 60},
            {"language", "language of pages and messages"},
            {"protected_identity", "whether the identity is protected by law"},
            {"status", "active, or blocked: cannot log in"},
            {"national_id", "personal number, where none is known or a wrong one",
             base::kPersonal | base::kFromFile, 1, 30})

}  // namespace portal::domain
