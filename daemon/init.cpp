#include <filesystem>
#include <system_error>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "crypto/keyring.hpp"
#include "daemon/commands.hpp"
#include "daemon/parts.hpp"

namespace portal::daemon {
namespace {

base::Error already(const std::string& where) {
    return base::make_error(base::ErrorCode::conflict,
                            base::N_("There is a database at {1} already; nothing was changed."),
                            {where})
        .with_hint("portald serve, or remove the database if its data may go");
}

/// Refuses beside a database: a file, or a PostgreSQL database that holds a schema of ours.
base::Status require_no_database(const config::Settings& settings, const base::Clock& clock) {
    const std::string_view url = settings.database.url.reveal();
    constexpr std::string_view kScheme = "sqlite:";
    if (url.starts_with(kScheme)) {
        const std::filesystem::path file{url.substr(kScheme.size())};
        std::error_code failed;
        if (std::filesystem::exists(file, failed)) return already(file.string());
        return {};
    }
    auto options = store_options(settings);
    options.migrate = false;
    const auto opened = store::Store::open(options, clock);
    if (!opened && opened.error().key == store::kEmpty) return {};
    const bool there = opened || opened.error().code == base::ErrorCode::conflict;
    return there ? already("the address of database.url") : opened.error();
}

/// A key file without a database: an init that was cut off, or a database that went elsewhere.
base::Status save_keys(const crypto::Keyring& keys, const std::filesystem::path& file) {
    auto saved = keys.save(file);
    if (saved || saved.error().code != base::ErrorCode::conflict) return saved;
    return base::make_error(base::ErrorCode::conflict,
                            base::N_("There is a key file at {1} already, but no database; nothing "
                                     "was changed."),
                            {file.string()})
        .with_hint(
            "keep it if it belongs to a database or a backup, and bring that back; if an "
            "init was cut off here, remove it and run portald init again");
}

}  // namespace

base::Status init(const config::Settings& settings) {
    const base::SystemClock clock;
    PORTAL_TRYV(require_no_database(settings, clock));
    base::SystemRandom random;
    const auto keys = crypto::Keyring::generate(random);
    PORTAL_TRYV(save_keys(keys, settings.keys.file));
    PORTAL_TRY(store, store::Store::open(store_options(settings, true), clock));
    return {};
}

base::Status migrate(const config::Settings& settings) {
    const base::SystemClock clock;
    PORTAL_TRY(store, store::Store::open(store_options(settings), clock));
    return {};
}

}  // namespace portal::daemon
