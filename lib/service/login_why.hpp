// Why this person can or cannot log in here. The same deciding function and facts as the login
// itself; of the facts only what this clinic may know (P3). Thread rule: any. Source: N2.
#pragma once

#include "domain/explanation.hpp"
#include "service/session.hpp"

namespace portal::service {

/// not_found at "person". The look is in the audit.
base::Result<domain::LoginExplanation> explain_login(Session& session,
                                                     const domain::WhyLogin& command);

}  // namespace portal::service
