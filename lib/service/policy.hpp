// Who may log in at a clinic, and how: setting it, showing it, explaining it.
// Thread rule: any; one call, one transaction. Source: K1-K3, K7, K13, K14, K17, K18, K31, G14,
// G15, X3, C1, C48, N2.
#pragma once

#include <string>
#include <vector>

#include "domain/explanation.hpp"
#include "domain/policy.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<domain::PolicyView> show_policy(Session& session, const domain::ShowPolicy& command);
/// invalid at the setting that lacks its module, or whose precondition is missing (K14). Sessions
/// that came by a way which is now closed end with their next request.
base::Result<domain::PolicyView> set_policy(Session& session, const domain::SetPolicy& command);
/// Each audience and method: offered, or why not; what the login page offers is decided alike.
base::Result<domain::PolicyExplanation> explain_policy(Session& session,
                                                       const domain::ExplainPolicy& command);

domain::PolicyView policy_view(const Session& session, const store::Tenant& tenant);
/// What no clinic can be in: a setting without its module (G14, G15).
base::Status check_policy(const store::Tenant& tenant);
/// What cannot work as it stands, in English, for administrators (K3, K18); it may be saved so, for
/// a clinic that is being set up.
std::vector<std::string> policy_warnings(const Session& session, const store::Tenant& tenant);

}  // namespace portal::service
