// Staff of a clinic. Source: C4, C7, C15.
#pragma once

#include "api/operation.hpp"
#include "domain/person.hpp"

namespace portal::api {

inline constexpr Operation<domain::CreateStaff, domain::StaffView> kStaffCreate{
    "staff.create",
    "POST",
    "/v1/tenants/{tenant}/staff",
    Access::write,
    "staff",
    "Add a staff member",
    "-T solna --first-name Anna --last-name Berg --email anna@example.org --title psychologist"};

inline constexpr Operation<domain::ListStaff, domain::StaffList> kStaffList{
    "staff.list", "GET",   "/v1/tenants/{tenant}/staff",
    Access::read, "staff", "List a clinic's staff",
    "-T solna"};

}  // namespace portal::api
