#include "config/values.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/encoding.hpp"

namespace portal::config {
namespace {

using Address = std::array<std::uint8_t, 16>;
constexpr int kMappedBits = 96;  // ::ffff:0:0/96 holds IPv4

struct Parsed {
    Address address{};
    bool v4 = false;
};

std::optional<Parsed> parse_address(std::string_view text) {
    const std::string terminated{text};
    if (terminated.size() != text.size() || text.find('\0') != std::string_view::npos)
        return std::nullopt;
    Parsed parsed;
    if (::inet_pton(AF_INET, terminated.c_str(), parsed.address.data() + 12) == 1) {
        parsed.address[10] = parsed.address[11] = 0xff;
        parsed.v4 = true;
        return parsed;
    }
    if (::inet_pton(AF_INET6, terminated.c_str(), parsed.address.data()) == 1) return parsed;
    return std::nullopt;
}

std::string format_address(const Address& address, bool v4) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const auto* bytes = address.data() + (v4 ? 12 : 0);
    ::inet_ntop(v4 ? AF_INET : AF_INET6, bytes, text.data(), text.size());
    return text.data();
}

std::optional<int> parse_number(std::string_view text, int most) {
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failed == std::errc{} && end == text.data() + text.size();
    if (!whole || number < 0 || number > most) return std::nullopt;
    return number;
}

/// The first `prefix` bits of both are the same.
bool same_prefix(const Address& a, const Address& b, int prefix) {
    for (int bit = 0; bit < prefix; bit += 8) {
        const auto i = static_cast<std::size_t>(bit / 8);
        const unsigned kept = std::min(prefix - bit, 8);
        const unsigned mask = (0xff00U >> kept) & 0xffU;
        if (((a[i] ^ b[i]) & mask) != 0) return false;
    }
    return true;
}

bool is_mapped(const Address& address) {
    const Parsed mapped = *parse_address("0.0.0.0");
    return same_prefix(address, mapped.address, kMappedBits);
}

}  // namespace

bool Listen::is_loopback() const {
    static const auto v4 = parse_network("127.0.0.0/8");
    return host == "::1" || (*v4).contains(host);
}

base::Result<Listen> parse_listen(std::string_view text) {
    const auto bad = base::invalid("", base::N_("Write an IP address and a port, 127.0.0.1:8080 "
                                                "or [::1]:8080."));
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return bad;
    auto host = text.substr(0, colon);
    const bool brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (brackets) host = host.substr(1, host.size() - 2);
    const auto address = parse_address(host);
    const auto port = parse_number(text.substr(colon + 1), 65535);
    if (!address || !port || address->v4 == brackets) return bad;
    return Listen{std::string{host}, static_cast<std::uint16_t>(*port)};
}

std::string format_listen(const Listen& listen) {
    const bool v6 = listen.host.find(':') != std::string::npos;
    return (v6 ? "[" + listen.host + "]" : listen.host) + ":" + std::to_string(listen.port);
}

bool Network::contains(std::string_view ip) const {
    const auto parsed = parse_address(ip);
    return parsed && same_prefix(parsed->address, address, prefix);
}

base::Result<Network> parse_network(std::string_view text) {
    const auto bad =
        base::invalid("", base::N_("Write a network, 10.0.0.0/8 or fd00::/8, or an address."));
    const auto slash = text.find('/');
    const auto parsed = parse_address(text.substr(0, slash));
    if (!parsed) return bad;
    Network network{parsed->address, 128};
    if (slash != std::string_view::npos) {
        const auto prefix = parse_number(text.substr(slash + 1), parsed->v4 ? 32 : 128);
        if (!prefix) return bad;
        network.prefix = *prefix + (parsed->v4 ? kMappedBits : 0);
    }
    Address kept{};
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const int bits = std::clamp(network.prefix - static_cast<int>(i) * 8, 0, 8);
        kept[i] = static_cast<std::uint8_t>(network.address[i] & ((0xff00U >> bits) & 0xffU));
    }
    if (kept != network.address)
        return base::invalid("", base::N_("The address has bits outside of the network."));
    return network;
}

std::string format_network(const Network& network) {
    const bool v4 = network.prefix >= kMappedBits && is_mapped(network.address);
    return format_address(network.address, v4) + "/" +
           std::to_string(network.prefix - (v4 ? kMappedBits : 0));
}

base::Result<AdminRule> parse_admin_rule(std::string_view text) {
    const auto bad = base::invalid("", base::N_("Write who=scope: uid:0=write, uid:self=write or "
                                                "group:portal-admin=read."));
    const auto colon = text.find(':');
    const auto equals = text.rfind('=');
    if (colon == std::string_view::npos || equals == std::string_view::npos || equals < colon)
        return bad;
    const auto kind = text.substr(0, colon);
    const auto name = text.substr(colon + 1, equals - colon - 1);
    const auto scope = text.substr(equals + 1);
    const auto is_name = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    };
    if ((kind != "uid" && kind != "group") || (scope != "read" && scope != "write")) return bad;
    if (name.empty() || name.size() > 32 || !std::all_of(name.begin(), name.end(), is_name))
        return bad;
    if (kind == "uid" && name != "self" && !parse_number(name, INT32_MAX)) return bad;
    return AdminRule{kind == "uid" ? AdminRule::Who::uid : AdminRule::Who::group, std::string{name},
                     scope == "write"};
}

std::string format_admin_rule(const AdminRule& rule) {
    return std::string{rule.who == AdminRule::Who::uid ? "uid:" : "group:"} + rule.name +
           (rule.write ? "=write" : "=read");
}

}  // namespace portal::config
