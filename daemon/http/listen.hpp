// Listening sockets, by the system's own calls. Used at start only.
// Source: docs/architecture.md "HTTP" (probe socket), "Who may what" (admin socket 0660).
#pragma once

#include <string>

#include "base/result.hpp"
#include "daemon/http/address.hpp"

namespace portal::http {

/// A file descriptor that closes itself.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    [[nodiscard]] int get() const { return fd_; }
    int release();

  private:
    int fd_ = -1;
};

struct ListenAddress {
    bool is_unix = false;
    std::string path;  // unix
    Address address;   // else
    unsigned port = 0;
};
/// "127.0.0.1:80", "[::1]:80", "unix:/path".
base::Result<ListenAddress> parse_listen_address(const std::string& text);

/// Proves that nobody listens there, without SO_REUSEPORT; `conflict` otherwise. Port 0 is free.
base::Status probe_tcp(const ListenAddress& where);
/// Binds with SO_REUSEPORT and listens.
base::Result<Descriptor> listen_tcp(const ListenAddress& where);
base::Result<unsigned> port_of(const Descriptor& socket);
/// A socket file that nobody answers is replaced; one that somebody answers, or a file that is no
/// socket, is a `conflict`.
base::Result<Descriptor> listen_unix(const std::string& path, unsigned mode);
/// Hands a socket file to a group. `not_found`: there is none of this name; `forbidden`: we are
/// neither root nor a member. The file stays as it was then.
base::Status give_to_group(const std::string& path, const std::string& group);

}  // namespace portal::http
