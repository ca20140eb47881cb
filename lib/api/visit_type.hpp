// What patients can book. Source: C9, C11, C13.
#pragma once

#include "api/operation.hpp"
#include "domain/visit_type.hpp"

namespace portal::api {

inline constexpr Operation<domain::CreateVisitType, domain::VisitTypeView> kVisitTypeCreate{
    "visit-type.create",
    "POST",
    "/v1/tenants/{tenant}/visit-types",
    Access::write,
    "visit-type",
    "Add a visit type",
    "-T solna 'First talk' --duration-minutes 45"};

inline constexpr Operation<domain::ListVisitTypes, domain::VisitTypeList> kVisitTypeList{
    "visit-type.list", "GET",        "/v1/tenants/{tenant}/visit-types",
    Access::read,      "visit-type", "List a clinic's visit types",
    "-T solna"};

}  // namespace portal::api
