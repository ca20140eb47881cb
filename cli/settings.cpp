#include "cli/settings.hpp"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "base/encoding.hpp"

namespace portal::cli {
namespace {

using base::invalid;
using base::N_;
using base::Result;
using Values = std::map<std::string, std::string>;

constexpr std::size_t kFileLimit = 64 * 1024;

base::Error at(const std::string& name, std::size_t line, std::size_t column,
               std::string_view what) {
    return invalid("", name + ":" + std::to_string(line) + ":" + std::to_string(column) + ": " +
                           std::string{what});
}

/// The text between the quotes that `rest` begins with, and nothing but a comment after it.
std::optional<std::string> quoted(std::string_view rest) {
    if (rest.size() < 2 || rest.front() != '"') return std::nullopt;
    const auto end = rest.find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    const auto value = rest.substr(1, end - 1);
    const auto after = base::trim(rest.substr(end + 1));
    if (value.find('\\') != std::string_view::npos) return std::nullopt;
    if (!after.empty() && after.front() != '#') return std::nullopt;
    return std::string{value};
}

std::optional<std::string> environment(const char* name) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return std::string{value};
}

std::filesystem::path configuration_folder() {
    if (const auto xdg = environment("XDG_CONFIG_HOME"))
        return std::filesystem::path{*xdg} / "portal";
    if (const auto home = environment("HOME"))
        return std::filesystem::path{*home} / ".config/portal";
    return {};
}

Result<Values> read_context(const std::filesystem::path& file, bool must_exist) {
    std::ifstream in{file, std::ios::binary};
    if (!in) {
        if (!must_exist) return Values{};
        return invalid("--context", N_("There is no file {1}."), {file.string()});
    }
    std::string text(kFileLimit + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > kFileLimit) return invalid("", N_("{1} is too large."), {file.string()});
    return parse_context(text, file.string());
}

void take(Settings& settings, const Values& values) {
    if (const auto it = values.find("socket"); it != values.end()) settings.socket = it->second;
    if (const auto it = values.find("tenant"); it != values.end()) settings.tenant = it->second;
    if (const auto it = values.find("output"); it != values.end()) settings.output = it->second;
}

}  // namespace

Result<Values> parse_context(std::string_view text, const std::string& name) {
    if (!base::is_utf8(text)) return at(name, 1, 1, "is not valid UTF-8");
    Values values;
    std::size_t number = 0;
    for (const auto whole : base::split(text, '\n')) {
        ++number;
        const auto line = base::trim(whole);
        if (line.empty() || line.front() == '#') continue;
        const auto column = static_cast<std::size_t>(line.data() - whole.data()) + 1;
        if (base::has_control(line, true))
            return at(name, number, column, "holds a control character");
        const auto equals = line.find('=');
        const auto key = std::string{base::trim(line.substr(0, equals))};
        if (key != "socket" && key != "tenant" && key != "output")
            return at(name, number, column, "only socket, tenant and output may stand here");
        if (equals == std::string_view::npos)
            return at(name, number, column + line.size(), "'=' is missing");
        const auto rest = base::trim(line.substr(equals + 1));
        auto value = quoted(rest);
        if (!value)
            return at(name, number, column + equals + 1, "a text in \"quotes\" must stand here");
        if (!values.emplace(key, *std::move(value)).second)
            return at(name, number, column, key + " stands there twice");
    }
    return values;
}

Result<Settings> load_settings(const CommonValues& flags) {
    Settings settings;
    PORTAL_TRY(system, read_context("/etc/portal/portalctl.toml", false));
    take(settings, system);
    const auto named = flags.context ? flags.context : environment("PORTALCTL_CONTEXT");
    if (named && (named->empty() || named->find('/') != std::string::npos || named->front() == '.'))
        return invalid("--context", N_("A context is a plain name."));
    if (const auto folder = configuration_folder(); !folder.empty()) {
        const auto file = folder / (named.value_or("default") + ".toml");
        PORTAL_TRY(context, read_context(file, named.has_value()));
        take(settings, context);
    }
    if (const auto value = environment("PORTALCTL_SOCKET")) settings.socket = *value;
    if (const auto value = environment("PORTALCTL_TENANT")) settings.tenant = value;
    if (const auto value = environment("PORTALCTL_OUTPUT")) settings.output = value;
    if (flags.socket) settings.socket = *flags.socket;
    if (flags.tenant) settings.tenant = flags.tenant;
    if (flags.output) settings.output = flags.output;
    return settings;
}

}  // namespace portal::cli
