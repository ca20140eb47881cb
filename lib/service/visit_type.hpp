// Visit types: what patients book and staff invite to. Source: C9, C11-C13, K23.
// Thread rule: any; one call, one transaction.
#pragma once

#include "domain/visit_type.hpp"
#include "service/session.hpp"
#include "store/visit.hpp"

namespace portal::service {

base::Result<domain::VisitTypeView> create_visit_type(Session& session,
                                                      const domain::CreateVisitType& command);
/// Those that can be booked.
base::Result<domain::VisitTypeList> list_visit_types(Session& session,
                                                     const domain::ListVisitTypes& command);
/// By id or title; not_found at "visit_type".
base::Result<store::VisitType> resolve_visit_type(store::Tx& tx, const Session& session,
                                                  std::string_view reference);

}  // namespace portal::service
