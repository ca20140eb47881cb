#include "daemon/http/listen.hpp"

#include <arpa/inet.h>
#include <grp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>
#include <vector>

namespace portal::http {

namespace {

using base::ErrorCode;
using base::N_;

base::Error system_error(const std::string& where) {
    const int number = errno;
    if (number == EADDRINUSE)
        return base::make_error(ErrorCode::conflict, N_("Another program listens on {1}."),
                                {where});
    return base::make_error(ErrorCode::unavailable, N_("Cannot listen on {1}: {2}."),
                            {where, std::strerror(number)});
}

std::string name_of(const ListenAddress& where) {
    const auto host = format_address(where.address);
    const auto port = std::to_string(where.port);
    return where.address.is_v4() ? host + ":" + port : "[" + host + "]:" + port;
}

struct SystemAddress {
    sockaddr_storage storage{};
    socklen_t length = 0;
    [[nodiscard]] const sockaddr* get() const {
        return reinterpret_cast<const sockaddr*>(&storage);
    }
};

SystemAddress to_system(const ListenAddress& where) {
    SystemAddress system;
    const auto port = htons(static_cast<std::uint16_t>(where.port));
    if (where.address.is_v4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = port;
        std::memcpy(&v4.sin_addr, where.address.bytes.data() + 12, 4);
        std::memcpy(&system.storage, &v4, sizeof v4);
        system.length = sizeof v4;
    } else {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = port;
        std::memcpy(&v6.sin6_addr, where.address.bytes.data(), 16);
        std::memcpy(&system.storage, &v6, sizeof v6);
        system.length = sizeof v6;
    }
    return system;
}

base::Result<Descriptor> bind_tcp(const ListenAddress& where, bool share) {
    const auto address = to_system(where);
    Descriptor socket{::socket(address.get()->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const int on = 1;
    if (socket.get() < 0 ||
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        (share && ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) ||
        ::bind(socket.get(), address.get(), address.length) != 0 ||
        ::listen(socket.get(), SOMAXCONN) != 0)
        return system_error(name_of(where));
    return socket;
}

base::Result<sockaddr_un> unix_address(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return base::invalid("listen", N_("{1} is too long for a socket's path."), {path});
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

base::Status remove_stale(const std::string& path, const sockaddr_un& address) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0) return {};
    const auto taken =
        base::make_error(ErrorCode::conflict, N_("Another program listens on {1}."), {path});
    if (!S_ISSOCK(found.st_mode))
        return base::make_error(ErrorCode::conflict, N_("{1} is in the way: not a socket."),
                                {path});
    const Descriptor probe{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    const auto* where = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(probe.get(), where, sizeof address) == 0 || errno != ECONNREFUSED) return taken;
    if (::unlink(path.c_str()) != 0) return system_error(path);
    return {};
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

Descriptor::~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
}

int Descriptor::release() {
    return std::exchange(fd_, -1);
}

base::Result<ListenAddress> parse_listen_address(const std::string& text) {
    ListenAddress where;
    if (text.starts_with("unix:")) {
        where.is_unix = true;
        where.path = text.substr(5);
        return where;
    }
    const auto bad = base::invalid("listen", N_("{1} is not ADDRESS:PORT or unix:PATH."), {text});
    const auto colon = text.rfind(':');
    if (colon == std::string::npos) return bad;
    std::string_view host = std::string_view{text}.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    const auto address = parse_address(host);
    const auto* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data() + colon + 1, end, where.port);
    if (!address || parsed.ec != std::errc{} || parsed.ptr != end || where.port > 65535) return bad;
    where.address = *address;
    return where;
}

base::Status probe_tcp(const ListenAddress& where) {
    if (where.port == 0) return {};
    PORTAL_TRYV(bind_tcp(where, false));
    return {};
}

base::Result<Descriptor> listen_tcp(const ListenAddress& where) {
    return bind_tcp(where, true);
}

base::Result<unsigned> port_of(const Descriptor& socket) {
    sockaddr_storage storage{};
    socklen_t length = sizeof storage;
    if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&storage), &length) != 0)
        return system_error("?");
    std::uint16_t port = 0;
    if (storage.ss_family == AF_INET)
        port = reinterpret_cast<const sockaddr_in&>(storage).sin_port;
    else
        port = reinterpret_cast<const sockaddr_in6&>(storage).sin6_port;
    return ntohs(port);
}

base::Result<Descriptor> listen_unix(const std::string& path, unsigned mode) {
    PORTAL_TRY(address, unix_address(path));
    PORTAL_TRYV(remove_stale(path, address));
    Descriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const auto old_mask = ::umask(0777U & ~mode);
    const bool bound =
        socket.get() >= 0 &&
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::umask(old_mask);
    if (!bound || ::chmod(path.c_str(), mode) != 0 || ::listen(socket.get(), SOMAXCONN) != 0)
        return system_error(path);
    return socket;
}

base::Status give_to_group(const std::string& path, const std::string& group) {
    constexpr std::size_t kEntryRoom = 64 * 1024;  // bytes of one group entry
    std::vector<char> room(kEntryRoom);
    struct group entry {};
    struct group* found = nullptr;
    ::getgrnam_r(group.c_str(), &entry, room.data(), room.size(), &found);
    if (found == nullptr)
        return base::make_error(ErrorCode::not_found, N_("There is no group {1}."), {group});
    if (::lchown(path.c_str(), static_cast<uid_t>(-1), found->gr_gid) != 0)
        return base::make_error(ErrorCode::forbidden, N_("Cannot give {1} to the group {2}: {3}."),
                                {path, group, std::strerror(errno)});
    return {};
}

}  // namespace portal::http
