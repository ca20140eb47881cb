#include "daemon/http/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "base/encoding.hpp"

namespace portal::http {

namespace {

using base::N_;

constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};

Address from_v4(const std::uint8_t* four) {
    Address address;
    std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
    std::copy(four, four + 4, address.bytes.begin() + 12);
    return address;
}

bool same_prefix(const Address& a, const Address& b, unsigned bits) {
    const std::size_t whole = bits / 8;
    if (!std::equal(a.bytes.begin(), a.bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                    b.bytes.begin()))
        return false;
    if (bits % 8 == 0) return true;
    const auto shift = 8 - bits % 8;
    return (a.bytes[whole] >> shift) == (b.bytes[whole] >> shift);
}

std::optional<unsigned> parse_bits(std::string_view text, unsigned most) {
    unsigned bits = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (error != std::errc{} || end != text.data() + text.size() || bits > most)
        return std::nullopt;
    return bits;
}

/// "192.0.2.1:1234", "[2001:db8::1]:1234" and bare addresses, as proxies write them.
std::optional<Address> parse_forwarded(std::string_view text) {
    text = base::trim(text);
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        return parse_address(text.substr(1, end - 1));
    }
    if (std::count(text.begin(), text.end(), ':') == 1) text = text.substr(0, text.find(':'));
    return parse_address(text);
}

unsigned read_u16(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]) * 256U + static_cast<unsigned char>(bytes[at + 1]);
}

/// Looks for PP2_TYPE_SSL with the client flag among the type-length-value parts.
bool has_tls(std::string_view parts) {
    constexpr char kSsl = 0x20;
    while (parts.size() >= 3) {
        const auto length = read_u16(parts, 1);
        if (parts.size() - 3 < length) return false;
        if (parts[0] == kSsl && length > 0) return (parts[3] & 1) != 0;
        parts.remove_prefix(3 + length);
    }
    return false;
}

}  // namespace

bool Address::is_v4() const {
    return std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
}

bool Address::is_loopback() const {
    if (is_v4()) return bytes[12] == 127;
    return std::all_of(bytes.begin(), bytes.end() - 1, [](auto b) { return b == 0; }) &&
           bytes[15] == 1;
}

Address Address::network() const {
    if (is_v4()) return *this;
    Address prefix = *this;
    std::fill(prefix.bytes.begin() + 8, prefix.bytes.end(), std::uint8_t{0});
    return prefix;
}

std::optional<Address> parse_address(std::string_view text) {
    const std::string copy{text};
    std::array<std::uint8_t, 4> four{};
    if (::inet_pton(AF_INET, copy.c_str(), four.data()) == 1 && copy.size() == text.size())
        return from_v4(four.data());
    Address address;
    if (::inet_pton(AF_INET6, copy.c_str(), address.bytes.data()) == 1) return address;
    return std::nullopt;
}

std::string format_address(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (address.is_v4())
        ::inet_ntop(AF_INET, address.bytes.data() + 12, text.data(), text.size());
    else
        ::inet_ntop(AF_INET6, address.bytes.data(), text.data(), text.size());
    return text.data();
}

std::string network_text(std::string_view address) {
    const auto parsed = parse_address(address);
    return parsed ? format_address(parsed->network()) : std::string{address};
}

base::Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& list) {
    TrustedProxies proxies;
    for (const auto& text : list) {
        const auto slash = std::min(text.find('/'), text.size());
        const auto address = parse_address(std::string_view{text}.substr(0, slash));
        std::optional<unsigned> bits;
        if (address) {
            const unsigned most = address->is_v4() ? 32 : 128;
            bits = slash == text.size() ? most : parse_bits(text.substr(slash + 1), most);
        }
        if (!bits)
            return base::invalid("http.trusted_proxies", N_("{1} is not an address or network."),
                                 {text});
        proxies.networks_.push_back({*address, *bits + (address->is_v4() ? 96U : 0U)});
    }
    return proxies;
}

bool TrustedProxies::contains(const Address& address) const {
    return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
        return same_prefix(network.address, address, network.bits);
    });
}

Origin find_origin(const Address& peer, bool peer_secure, const TrustedProxies& trusted,
                   const Headers& headers) {
    Origin origin{peer, peer_secure};
    if (!trusted.contains(peer)) return origin;
    if (const auto lines = headers.all("X-Forwarded-Proto"); !lines.empty()) {
        const auto last = base::split(lines.back(), ',').back();
        origin.secure = base::lower_ascii(base::trim(last)) == "https";
    }
    std::vector<std::string_view> hops;
    for (const auto line : headers.all("X-Forwarded-For"))
        for (const auto hop : base::split(line, ',')) hops.push_back(hop);
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        const auto address = parse_forwarded(*hop);
        if (!address) break;
        origin.client = *address;
        if (!trusted.contains(*address)) break;
    }
    return origin;
}

ProxyHeader parse_proxy_header(std::string_view bytes) {
    using namespace std::string_view_literals;
    constexpr auto kSignature = "\r\n\r\n\0\r\nQUIT\n"sv;
    ProxyHeader header;
    const auto compared = std::min(bytes.size(), kSignature.size());
    if (bytes.substr(0, compared) != kSignature.substr(0, compared)) return header;
    header.state = ProxyHeader::partial;
    if (bytes.size() < 16) return header;
    const std::size_t length = read_u16(bytes, 14);
    const auto command = static_cast<unsigned char>(bytes[12]);
    if (length > 1024 || (command != 0x20 && command != 0x21)) {
        header.state = ProxyHeader::malformed;
        return header;
    }
    if (bytes.size() < 16 + length) return header;
    header.state = ProxyHeader::complete;
    header.length = 16 + length;
    if (command == 0x20) return header;  // LOCAL: the proxy itself asks
    const auto body = bytes.substr(16, length);
    const auto family = static_cast<unsigned char>(bytes[13]);
    std::size_t addresses = 0;
    if (family == 0x11 && length >= 12) {
        addresses = 12;
        std::array<std::uint8_t, 4> four{};
        std::memcpy(four.data(), body.data(), 4);
        header.source = from_v4(four.data());
    } else if (family == 0x21 && length >= 36) {
        addresses = 36;
        header.source.emplace();
        std::memcpy(header.source->bytes.data(), body.data(), 16);
    } else {
        return header;
    }
    header.secure = has_tls(body.substr(addresses));
    return header;
}

}  // namespace portal::http
