// Visit types: what patients book and staff invite to. Staff who are not the unit's administrators
// make and change their own alone. Source: C9, C11-C13, K23. Thread rule: any; one call, one
// transaction.
#pragma once

#include "domain/visit_type_change.hpp"
#include "service/session.hpp"
#include "store/visit.hpp"

namespace portal::service {

base::Result<domain::VisitTypeView> create_visit_type(Session& session,
                                                      const domain::CreateVisitType& command);
/// Those that can be booked; `inactive`: all.
base::Result<domain::VisitTypeList> list_visit_types(Session& session,
                                                     const domain::ListVisitTypes& command);
base::Result<domain::VisitTypeView> show_visit_type(Session& session,
                                                    const domain::ShowVisitType& command);
/// What is booked already stays as it was booked (C13).
base::Result<domain::VisitTypeView> set_visit_type(Session& session,
                                                   const domain::SetVisitType& command);
/// Nobody can book it any more; what was booked stays, and the answer counts it.
base::Result<domain::DeletedVisitType> delete_visit_type(Session& session,
                                                         const domain::DeleteVisitType& command);
/// By id or title; not_found at "visit_type". Where the clinic has none at all, the error says so
/// and how to mend it (C9).
base::Result<store::VisitType> resolve_visit_type(store::Tx& tx, const Session& session,
                                                  std::string_view reference);
/// A text message of usual length about a visit, in the clinic's language, with these words at its
/// end (K23).
std::string typical_sms(const Session& session, const std::string& extra);

}  // namespace portal::service
