// Addresses, and whom to believe about them: CIDR lists, X-Forwarded-For, PROXY protocol v2.
// Caller: the connection. Pure. Thread rule: TrustedProxies is immutable after parse.
// Source: docs/architecture.md "HTTP" (http.trusted_proxies); PROXY protocol 2.2.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "daemon/http/message.hpp"

namespace portal::http {

/// IPv6, with IPv4 mapped into ::ffff:0:0/96.
struct Address {
    std::array<std::uint8_t, 16> bytes{};
    bool operator==(const Address&) const = default;
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] bool is_loopback() const;
    /// What limits count: an IPv4 address, or an IPv6 /64, which is one customer.
    [[nodiscard]] Address network() const;
};
std::optional<Address> parse_address(std::string_view text);
std::string format_address(const Address& address);
/// The network of an address as text; other text (a unix socket's) as it is.
std::string network_text(std::string_view address);

class TrustedProxies {
  public:
    /// "10.0.0.0/8", "2001:db8::/32" or a single address; `invalid` names the bad one.
    static base::Result<TrustedProxies> parse(const std::vector<std::string>& list);
    [[nodiscard]] bool contains(const Address& address) const;

  private:
    struct Network {
        Address address;
        unsigned bits;
    };
    std::vector<Network> networks_;
};

/// Who asks, and whether by TLS, when the connection comes from `peer`: X-Forwarded-For (the
/// rightmost address that is no trusted proxy) and the last X-Forwarded-Proto count only from a
/// trusted proxy.
struct Origin {
    Address client;
    bool secure = false;
};
Origin find_origin(const Address& peer, bool peer_secure, const TrustedProxies& trusted,
                   const Headers& headers);

/// The PROXY v2 header at the start of `bytes`, 12 bytes of signature first.
struct ProxyHeader {
    enum State { absent, partial, malformed, complete } state = absent;
    std::size_t length = 0;           // complete: bytes to skip
    std::optional<Address> source{};  // none for LOCAL (health checks) and non-IP families
    bool secure = false;              // the client came to the proxy by TLS
};
ProxyHeader parse_proxy_header(std::string_view bytes);

}  // namespace portal::http
