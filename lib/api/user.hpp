// Everybody of a clinic, whatever their role, and their login. Source: D1, D4, K11, K12, P9, R13.
#pragma once

#include "api/operation.hpp"
#include "domain/person.hpp"
#include "domain/user.hpp"
#include "domain/user_link.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListUsers, domain::UserList> kUserList{
    "user.list",
    "GET",
    "/v1/tenants/{tenant}/users",
    Access::read,
    "user",
    "List everybody of a clinic",
    "-T solna\n"
    "-T solna --role relative --status active -o csv"};

inline constexpr Operation<domain::ShowUser, domain::UserView> kUserShow{
    "user.show",
    "POST",
    "/v1/tenants/{tenant}/users/find",
    Access::read,
    "user",
    "Show a person, whatever the role",
    "-T solna bo@example.org"};

inline constexpr Operation<domain::ShowUser, domain::UserCheck> kUserCheck{
    "user.check",
    "POST",
    "/v1/tenants/{tenant}/users/check",
    Access::read,
    "user",
    "Say what a person lacks for each way to log in",
    "-T solna bo@example.org"};

inline constexpr Operation<domain::CreateUser, domain::UserView> kUserCreate{
    "user.create",
    "POST",
    "/v1/tenants/{tenant}/users",
    Access::write,
    "user",
    "Add a relative; patients and staff have nouns of their own",
    "-T solna --first-name Eva --last-name Lind --login-name eva.lind --email eva@example.org"};

inline constexpr Operation<domain::SetUser, domain::UserView> kUserSet{
    "user.set",
    "POST",
    "/v1/tenants/{tenant}/users/set",
    Access::write,
    "user",
    "Change a person's data; the old address or number is told",
    "-T solna bo@example.org --mobile '+46 70 123 45 67' --protected-identity yes\n"
    "-T solna bo@example.org --email '' --status blocked"};

inline constexpr Operation<domain::LinkUser, domain::UserView> kUserLink{
    "user.link",
    "POST",
    "/v1/tenants/{tenant}/users/link",
    Access::write,
    "user",
    "Add a person by national id, or give one who is here another role",
    "-T solna --first-name Bo --last-name Lind --national-id-file number.txt\n"
    "-T solna --user anna@example.org --role patient --national-id-file number.txt"};

inline constexpr Operation<domain::MergeUsers, domain::MergePlan> kUserMerge{
    "user.merge",
    "POST",
    "/v1/tenants/{tenant}/users/merge",
    Access::write,
    "user",
    "Make one of two profiles of the same person, and say what moves",
    "-T solna self-made@example.org bo@example.org --dry-run"};

inline constexpr Operation<domain::SendPasswordLink, domain::PasswordLinkView> kUserSetPassword{
    "user.set-password",
    "POST",
    "/v1/tenants/{tenant}/users/set-password",
    Access::write,
    "user",
    "Send a one-time link with which a person chooses a password",
    "-T solna bo@example.org\n"
    "-T solna anna@example.org --print"};

}  // namespace portal::api
