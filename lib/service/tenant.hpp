// Tenants and their modules. Source: G8, K5, X1.
// Thread rule: any; one call, one transaction.
#pragma once

#include "domain/tenant.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<domain::TenantView> create_tenant(Session& session,
                                               const domain::CreateTenant& command);
base::Result<domain::TenantList> list_tenants(Session& session, const domain::ListTenants& command);
base::Result<domain::TenantView> show_tenant(Session& session, const domain::ShowTenant& command);
base::Result<domain::TenantView> set_tenant(Session& session, const domain::SetTenant& command);
domain::TenantView tenant_view(const Session& session, const store::Tenant& tenant);

/// Refuses what a clinic cannot be in: unknown names, those that say no place (UTC, localtime), and
/// those whose rules no calendar invitation can hold. Field "zone".
base::Status check_zone(const std::string& name);

}  // namespace portal::service
