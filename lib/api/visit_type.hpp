// What patients can book. Source: C9, C11, C13.
#pragma once

#include "api/operation.hpp"
#include "domain/visit_type_change.hpp"

namespace portal::api {

inline constexpr Operation<domain::CreateVisitType, domain::VisitTypeView> kVisitTypeCreate{
    "visit-type.create",
    "POST",
    "/v1/tenants/{tenant}/visit-types",
    Access::write,
    "visit-type",
    "Add a visit type",
    "-T solna 'First talk' --duration-minutes 45 --kind video\n"
    "-T solna 'Group for knees' --duration-minutes 60 --kind video-group --capacity 8"};

inline constexpr Operation<domain::ListVisitTypes, domain::VisitTypeList> kVisitTypeList{
    "visit-type.list",
    "GET",
    "/v1/tenants/{tenant}/visit-types",
    Access::read,
    "visit-type",
    "List a clinic's visit types",
    "-T solna\n"
    "-T solna --inactive"};

inline constexpr Operation<domain::ShowVisitType, domain::VisitTypeView> kVisitTypeShow{
    "visit-type.show",      "POST",       "/v1/tenants/{tenant}/visit-types/find",
    Access::read,           "visit-type", "Show a visit type, with the length of its text messages",
    "-T solna 'First talk'"};

inline constexpr Operation<domain::SetVisitType, domain::VisitTypeView> kVisitTypeSet{
    "visit-type.set",
    "POST",
    "/v1/tenants/{tenant}/visit-types/set",
    Access::write,
    "visit-type",
    "Change a visit type; what is booked already stays as it was booked",
    "-T solna 'First talk' --duration-minutes 60\n"
    "-T solna 'First talk' --extra-sms 'Log in with BankID.'"};

inline constexpr Operation<domain::DeleteVisitType, domain::DeletedVisitType> kVisitTypeDelete{
    "visit-type.delete",    "POST",       "/v1/tenants/{tenant}/visit-types/delete",
    Access::write,          "visit-type", "Let nobody book this any more; what is booked stays",
    "-T solna 'First talk'"};

}  // namespace portal::api
