// The kinds of value that settings have beyond text and numbers. Each has one text form.
// Thread rule: plain values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace portal::config {

/// An address to listen on: "127.0.0.1:8080", "[::1]:8080"; port 0 takes a free one.
struct Listen {
    std::string host;  // an IP address, without brackets
    std::uint16_t port = 0;
    bool operator==(const Listen&) const = default;
    [[nodiscard]] bool is_loopback() const;
};
base::Result<Listen> parse_listen(std::string_view text);
std::string format_listen(const Listen& listen);

/// A network: "10.0.0.0/8", "::1". An IPv4 network holds IPv4-mapped IPv6 addresses too.
struct Network {
    std::array<std::uint8_t, 16> address{};  // IPv4 as ::ffff:a.b.c.d
    int prefix = 128;                        // bits of the 128
    bool operator==(const Network&) const = default;
    /// False for text that is no address.
    [[nodiscard]] bool contains(std::string_view ip) const;
};
base::Result<Network> parse_network(std::string_view text);
std::string format_network(const Network& network);

/// Who may use the admin socket, and how far: "uid:0=write", "group:portal-admin=read". "uid:self"
/// is the user that portald runs as.
struct AdminRule {
    enum class Who { uid, group } who = Who::uid;
    std::string name;  // a number, "self", or a group's name or number
    bool write = false;
    bool operator==(const AdminRule&) const = default;
};
base::Result<AdminRule> parse_admin_rule(std::string_view text);
std::string format_admin_rule(const AdminRule& rule);

}  // namespace portal::config
