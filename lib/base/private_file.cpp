#include "base/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace portal::base {
namespace {

class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }
    explicit operator bool() const { return fd_ >= 0; }

  private:
    int fd_;
};

Error cannot(std::string_view act, const std::filesystem::path& path, int number) {
    const auto code = number == ENOENT   ? ErrorCode::not_found
                      : number == EEXIST ? ErrorCode::conflict
                                         : ErrorCode::internal;
    return make_error(code, N_("Cannot {1} {2}: {3}."),
                      {std::string{act}, path.string(), std::strerror(number)});
}

Status check_trust(const std::filesystem::path& path, const struct stat& about, FileTrust trust) {
    if (!S_ISREG(about.st_mode))
        return make_error(ErrorCode::invalid, N_("{1} is not an ordinary file."), {path.string()});
    if (trust == FileTrust::owner_only && (about.st_mode & 077U) != 0)
        return make_error(ErrorCode::invalid,
                          N_("{1} can be read by others than its owner; it is not used."),
                          {path.string()})
            .with_hint("chmod 600 " + path.string());
    return {};
}

Status write_all(int fd, std::string_view content, const std::filesystem::path& path) {
    while (!content.empty()) {
        const auto done = ::write(fd, content.data(), content.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return cannot("write", path, errno);
        content.remove_prefix(static_cast<std::size_t>(done));
    }
    if (::fsync(fd) != 0) return cannot("write", path, errno);
    return {};
}

Status sync_folder(const std::filesystem::path& folder) {
    const Descriptor handle{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!handle || ::fsync(handle.get()) != 0) return cannot("write", folder, errno);
    return {};
}

}  // namespace

Result<Secret> read_private_file(const std::filesystem::path& path, FileTrust trust) {
    const int links = trust == FileTrust::owner_only ? O_NOFOLLOW : 0;
    const Descriptor handle{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | links)};
    if (!handle && errno == ELOOP)
        return make_error(ErrorCode::invalid, N_("{1} is a symbolic link; it is not used."),
                          {path.string()});
    if (!handle) return cannot("read", path, errno);
    struct stat about {};
    if (::fstat(handle.get(), &about) != 0) return cannot("read", path, errno);
    PORTAL_TRYV(check_trust(path, about, trust));

    std::string content(kPrivateFileLimit + 1, '\0');
    std::size_t size = 0;
    while (size < content.size()) {
        const auto got = ::read(handle.get(), content.data() + size, content.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot("read", path, errno);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > kPrivateFileLimit)
        return make_error(ErrorCode::invalid, N_("{1} is too large."), {path.string()});
    Secret secret{content.substr(0, size)};
    ::explicit_bzero(content.data(), content.size());
    return secret;
}

Result<Secret> read_secret(const std::filesystem::path& path) {
    PORTAL_TRY(content, read_private_file(path, FileTrust::owner_only));
    std::string_view text = content.reveal();
    if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    if (!text.empty() && text.back() == '\r') text.remove_suffix(1);
    if (text.empty()) return make_error(ErrorCode::invalid, N_("{1} is empty."), {path.string()});
    return Secret{std::string{text}};
}

Status write_private_file(const std::filesystem::path& path, std::string_view content,
                          bool replace) {
    auto fresh = path;
    fresh += ".new";
    ::unlink(fresh.c_str());  // left by a crash
    {
        const Descriptor handle{
            ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)};
        if (!handle) return cannot("write", fresh, errno);
        PORTAL_TRYV(write_all(handle.get(), content, fresh));
    }
    const int placed =
        replace ? ::rename(fresh.c_str(), path.c_str()) : ::link(fresh.c_str(), path.c_str());
    const int number = errno;
    if (!replace || placed != 0) ::unlink(fresh.c_str());
    if (placed != 0) return cannot("write", path, number);
    return sync_folder(path.has_parent_path() ? path.parent_path() : ".");
}

}  // namespace portal::base
