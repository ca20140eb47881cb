#include "config/config.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "config/settings_table.hpp"
#include "config/toml.hpp"

namespace portal::config {
namespace {

#ifdef PORTAL_TEST_HOOKS
constexpr bool kTestHooks = true;
#else
constexpr bool kTestHooks = false;
#endif

std::string line_of(std::string_view name, const TomlProblem& problem) {
    std::string line{name};
    if (problem.place.line != 0)
        line +=
            ":" + std::to_string(problem.place.line) + ":" + std::to_string(problem.place.column);
    return line + ": " + base::describe(problem.error);
}

/// One error that tells every problem, in the file's order.
base::Error join(std::string_view name, std::vector<TomlProblem> problems) {
    std::stable_sort(problems.begin(), problems.end(), [](const auto& a, const auto& b) {
        return std::pair{a.place.line, a.place.column} < std::pair{b.place.line, b.place.column};
    });
    std::string lines;
    for (const auto& problem : problems)
        lines += (lines.empty() ? "" : "\n") + line_of(name, problem);
    return base::make_error(base::ErrorCode::invalid, "{1}", {lines});
}

base::Error cannot_use(const std::filesystem::path& file, const char* key) {
    return base::make_error(base::ErrorCode::invalid, key, {file.string()});
}

bool has_password(std::string_view url) {
    const auto start = url.find("://");
    const auto at = url.find('@');
    if (start == std::string_view::npos || at == std::string_view::npos) return false;
    const auto colon = url.find(':', start + 3);
    return colon < at || url.find("password=") != std::string_view::npos;
}

}  // namespace

base::Result<Settings> parse(std::string_view text, std::string_view name) {
    Settings settings;
    auto reading = read_toml(text, settings_type(), &settings);
    if (reading.problems.empty())
        for (auto& error : check_together(settings, kTestHooks)) {
            const auto found = reading.places.find(error.field);
            const auto place = found == reading.places.end() ? Place{} : found->second;
            reading.problems.push_back({place, std::move(error)});
        }
    if (!reading.problems.empty()) return join(name, std::move(reading.problems));
    complete(settings);
    return settings;
}

base::Result<Settings> load(const std::filesystem::path& file, std::vector<std::string>& warnings) {
    struct stat about {};
    if (::stat(file.c_str(), &about) != 0)
        return base::make_error(base::ErrorCode::not_found,
                                base::N_("There is no settings file {1}."), {file.string()})
            .with_hint("portald check-config --example prints one");
    if (!S_ISREG(about.st_mode)) return cannot_use(file, base::N_("{1} is not an ordinary file."));
    if ((about.st_mode & S_IWOTH) != 0)
        return cannot_use(file, base::N_("{1} can be written by everybody; it is not used."));
    if (static_cast<std::uintmax_t>(about.st_size) > kFileLimit)
        return cannot_use(file, base::N_("{1} is larger than 1 MiB."));
    std::ifstream in{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in || text.size() > kFileLimit) return cannot_use(file, base::N_("{1} cannot be read."));
    PORTAL_TRY(settings, parse(text, file.string()));
    if ((about.st_mode & S_IROTH) != 0 && has_password(settings.database.url.reveal()))
        warnings.push_back(file.string() +
                           ": everybody can read the password in database.url; chmod 640");
    return std::move(settings);
}

Settings defaults() {
    Settings settings;
    complete(settings);
    return settings;
}

}  // namespace portal::config
