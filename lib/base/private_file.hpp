// Small files that hold a secret: keys, a mail password. Called by crypto and config.
// Errors name the path, never the content. Thread rule: pure but for the file system.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/personal.hpp"
#include "base/result.hpp"

namespace portal::base {

enum class FileTrust {
    owner_only,  // a regular file, no symbolic link, mode without group and others
    any,         // the place itself is private (a systemd credential)
};

inline constexpr std::size_t kPrivateFileLimit = 64 * 1024;  // bytes

/// The whole content, at most kPrivateFileLimit bytes.
Result<Secret> read_private_file(const std::filesystem::path& path, FileTrust trust);
/// The content without the line end at its end: a password or token as people save it.
Result<Secret> read_secret(const std::filesystem::path& path);
/// Writes a file of mode 0600, all or nothing, and waits until the disk has it. An existing file
/// is a conflict unless `replace`.
Status write_private_file(const std::filesystem::path& path, std::string_view content,
                          bool replace);

}  // namespace portal::base
