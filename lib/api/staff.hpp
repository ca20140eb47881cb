// Staff of a clinic. Source: C4-C7, C10, C15, C54.
#pragma once

#include "api/operation.hpp"
#include "domain/staff.hpp"

namespace portal::api {

inline constexpr Operation<domain::CreateStaff, domain::StaffView> kStaffCreate{
    "staff.create",
    "POST",
    "/v1/tenants/{tenant}/staff",
    Access::write,
    "staff",
    "Add a staff member",
    "-T solna --first-name Anna --last-name Berg --email anna@example.org --title psychologist\n"
    "-T solna --first-name Eva --last-name Ek --email eva@example.org --title manager "
    "--administrator --bookable no --invite"};

inline constexpr Operation<domain::ListStaff, domain::StaffList> kStaffList{
    "staff.list",
    "GET",
    "/v1/tenants/{tenant}/staff",
    Access::read,
    "staff",
    "List a clinic's staff",
    "-T solna\n"
    "-T solna --status active -o csv"};

inline constexpr Operation<domain::ShowStaff, domain::StaffView> kStaffShow{
    "staff.show",
    "POST",
    "/v1/tenants/{tenant}/staff/find",
    Access::read,
    "staff",
    "Show a staff member",
    "-T solna anna@example.org"};

inline constexpr Operation<domain::SetStaff, domain::StaffView> kStaffSet{
    "staff.set",
    "POST",
    "/v1/tenants/{tenant}/staff/set",
    Access::write,
    "staff",
    "Change a staff member's profile, bookings or rights",
    "-T solna anna@example.org --listed yes --description 'I treat backs and knees.'\n"
    "-T solna anna@example.org --bookable no\n"
    "-T solna anna@example.org --administrator yes"};

inline constexpr Operation<domain::DeleteStaff, domain::StaffView> kStaffDelete{
    "staff.delete",
    "POST",
    "/v1/tenants/{tenant}/staff/delete",
    Access::write,
    "staff",
    "End a person's work here; what was stays, user set --status active takes it back",
    "-T solna anna@example.org"};

}  // namespace portal::api
