// Changing a clinic's settings or policy: locked, saved and in the audit in one transaction.
// Thread rule: any. Source: K7.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "service/session.hpp"

namespace portal::service {

/// Loads the tenant as it is now, changes it and saves it, with digests of before and after in the
/// audit. `change` may run again. conflict at "host" when another clinic has it.
base::Result<store::Tenant> change_tenant(
    Session& session, std::string_view act,
    const std::function<base::Status(store::Tenant&)>& change);

/// Another clinic has this host.
base::Error host_taken(const std::string& host);
/// The command line that adds a module and keeps the others.
std::string module_line(const store::Tenant& tenant, domain::Module module);

}  // namespace portal::service
