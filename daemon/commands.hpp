// portald's verbs. Each answers an exit status or an error, which main turns into a sentence.
// Thread rule: called once, on the main thread.
#pragma once

#include "base/result.hpp"
#include "config/settings.hpp"

namespace portal::daemon {

/// Serves until SIGTERM or SIGINT: 0 when drained; 1 when the database's disk failed.
base::Result<int> serve(const config::Settings& settings);
/// Makes the key file and the database. conflict beside an existing one: new keys would make every
/// sealed value unreadable.
base::Status init(const config::Settings& settings);
/// Applies pending migrations while nothing serves.
base::Status migrate(const config::Settings& settings);

}  // namespace portal::daemon
