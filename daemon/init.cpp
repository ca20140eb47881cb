#include <filesystem>
#include <system_error>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "crypto/keyring.hpp"
#include "daemon/commands.hpp"
#include "daemon/parts.hpp"

namespace portal::daemon {
namespace {

/// The file behind "sqlite:/path"; empty for PostgreSQL.
std::filesystem::path database_file(const config::Settings& settings) {
    const std::string_view url = settings.database.url.reveal();
    constexpr std::string_view kScheme = "sqlite:";
    return url.starts_with(kScheme) ? std::filesystem::path{url.substr(kScheme.size())}
                                    : std::filesystem::path{};
}

}  // namespace

base::Status init(const config::Settings& settings) {
    const auto file = database_file(settings);
    std::error_code failed;
    if (!file.empty() && std::filesystem::exists(file, failed))
        return base::make_error(
                   base::ErrorCode::conflict,
                   base::N_("There is a database at {1} already; nothing was changed."),
                   {file.string()})
            .with_hint("portald serve, or remove the database if its data may go");
    base::SystemRandom random;
    const auto keys = crypto::Keyring::generate(random);
    PORTAL_TRYV(keys.save(settings.keys.file));
    const base::SystemClock clock;
    PORTAL_TRY(store, store::Store::open(store_options(settings, true), clock));
    return {};
}

base::Status migrate(const config::Settings& settings) {
    const base::SystemClock clock;
    PORTAL_TRY(store, store::Store::open(store_options(settings, true), clock));
    return {};
}

}  // namespace portal::daemon
