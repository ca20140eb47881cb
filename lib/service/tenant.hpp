// Tenants, their modules and login policy. Source: G8, K1, K2, K5, K31, X1.
// Thread rule: any; one call, one transaction.
#pragma once

#include "domain/policy.hpp"
#include "domain/tenant.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<domain::TenantView> create_tenant(Session& session,
                                               const domain::CreateTenant& command);
base::Result<domain::TenantList> list_tenants(Session& session, const domain::ListTenants& command);
base::Result<domain::TenantView> show_tenant(Session& session, const domain::ShowTenant& command);
base::Result<domain::TenantView> set_tenant(Session& session, const domain::SetTenant& command);
base::Result<domain::PolicyView> show_policy(Session& session, const domain::ShowPolicy& command);
base::Result<domain::PolicyView> set_policy(Session& session, const domain::SetPolicy& command);

/// Refuses what a clinic cannot be in: unknown names, those that say no place (UTC, localtime), and
/// those whose rules no calendar invitation can hold. Field "zone".
base::Status check_zone(const std::string& name);

}  // namespace portal::service
