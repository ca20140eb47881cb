#include "store/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/encoding.hpp"

namespace portal::store {
namespace {

constexpr const char* kHeld = base::N_("The database {1} is in use by the process {2}.");
constexpr const char* kCannotLock = base::N_("The lock file {1} cannot be opened: {2}.");

std::string read_pid(int descriptor) {
    std::array<char, 16> text{};
    const auto got = ::pread(descriptor, text.data(), text.size() - 1, 0);
    const auto pid = base::trim(
        std::string_view{text.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0))});
    return pid.empty() ? "?" : std::string{pid};
}

}  // namespace

base::Result<LockFile> LockFile::take(const std::string& database_path) {
    const auto path = database_path + ".lock";
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return base::make_error(base::ErrorCode::unavailable, kCannotLock,
                                {path, std::strerror(errno)});
    }
    LockFile lock{descriptor};
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        return base::make_error(base::ErrorCode::unavailable, kHeld,
                                {database_path, read_pid(descriptor)});
    }
    const auto pid = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) != 0 ||
        ::pwrite(descriptor, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
        return base::make_error(base::ErrorCode::unavailable, kCannotLock,
                                {path, std::strerror(errno)});
    }
    return lock;
}

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile::~LockFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace portal::store
