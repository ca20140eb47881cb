// Where portalctl's own settings come from: flag, environment, context file, system file, default.
// Secrets never stand there. Thread rule: used before any thread.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace portal::cli {

struct Settings {
    std::string socket = "/run/portal/admin.sock";
    std::optional<std::string> tenant;
    std::optional<std::string> output;
};

/// What stood among the flags; the strongest.
struct CommonValues {
    std::optional<std::string> tenant, output, socket, context;
    bool quiet = false;
};

/// flag > PORTALCTL_* > $XDG_CONFIG_HOME/portal/<context>.toml > /etc/portal/portalctl.toml >
/// default. A file that cannot be understood is an error with line and column; an absent one is
/// none, but for one named by --context.
base::Result<Settings> load_settings(const CommonValues& flags);

/// Lines `socket = "..."`, `tenant = "..."`, `output = "..."` and comments: TOML's simplest part,
/// which is all that these files need. `name` stands in front of line and column in errors.
base::Result<std::map<std::string, std::string>> parse_context(std::string_view text,
                                                               const std::string& name);

}  // namespace portal::cli
