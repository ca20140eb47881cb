// Reads settings and writes what is said about them. Called by portald's main.
// An error tells every problem of the file, a line each: "portald.toml:3:9: http.burst: ...".
// Thread rule: pure but for load. Source: hostile input rows 30, 31, 35.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "config/settings.hpp"

namespace portal::config {

inline constexpr std::size_t kFileLimit = 1024 * 1024;  // bytes

/// Parsed, checked, and checked together.
base::Result<Settings> load(const std::filesystem::path& file, std::vector<std::string>& warnings);
/// `name` stands in front of each problem's line and column.
base::Result<Settings> parse(std::string_view text, std::string_view name);
/// As if the file were empty.
Settings defaults();

/// etc/portald.toml: every setting with its help, commented out at its default.
std::string example();
/// man/portald.toml.5 in mdoc.
std::string manual();
/// "http.listen = 127.0.0.1:8080", a line a setting; secrets as ***.
std::string summary(const Settings& settings);
/// "http.listen", in the table's order: tests hold the manual and the example against it.
std::vector<std::string> setting_names();

}  // namespace portal::config
