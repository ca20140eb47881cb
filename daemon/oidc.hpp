// Settings -> the OpenID Connect providers. Called at start and by check-config.
// Thread rule: once, on the main thread. Source: P1, C48.
#pragma once

#include <optional>
#include <string>

#include "config/settings.hpp"
#include "identity/oidc.hpp"

namespace portal::daemon {

/// `table`: "mitid" or "oidc", for errors. None where no issuer is set. Reads the secret's file.
base::Result<std::optional<identity::OidcOptions>> oidc_options(const config::OpenId& from,
                                                                const std::string& table);
/// "https://op.example:8443" of an issuer or endpoint: what a form may lead to.
std::string origin_of(std::string_view url);

}  // namespace portal::daemon
