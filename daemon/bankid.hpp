// Settings -> the way to BankID. Called at start and by check-config.
// Thread rule: once, on the main thread. Source: C43.
#pragma once

#include <optional>

#include "base/clock.hpp"
#include "config/settings.hpp"
#include "identity/bankid.hpp"

namespace portal::daemon {

/// None where no certificate is set. Reads the files and checks that they fit each other.
base::Result<std::optional<identity::BankIdOptions>> bankid_options(
    const config::Settings& settings, base::Instant now);

}  // namespace portal::daemon
