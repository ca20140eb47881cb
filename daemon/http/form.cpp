// The parsers and writers of message.hpp: forms, %-encoding, cookies.
#include "base/encoding.hpp"
#include "daemon/http/message.hpp"

namespace portal::http {

namespace {

constexpr std::size_t kMaxFields = 256;
constexpr std::size_t kMaxName = 128;

using base::N_;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_unreserved(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// Decoded, well-formed text with LF line ends, or none.
std::optional<std::string> decode_field(std::string_view encoded) {
    auto text = percent_decode(encoded, true);
    if (!text || text->find('\0') != std::string::npos || !base::is_utf8(*text))
        return std::nullopt;
    for (auto at = text->find("\r\n"); at != std::string::npos; at = text->find("\r\n", at))
        text->erase(at, 1);
    return text;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (text.size() - i < 3) return std::nullopt;
            const int high = hex_value(text[i + 1]);
            const int low = hex_value(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += plus && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (is_unreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += kDigits[byte >> 4U];
        out += kDigits[byte & 15U];
    }
    return out;
}

base::Result<Fields> parse_form(std::string_view body) {
    Fields fields;
    while (!body.empty()) {
        const auto end = std::min(body.find('&'), body.size());
        const auto pair = body.substr(0, end);
        body.remove_prefix(std::min(end + 1, body.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = decode_field(pair.substr(0, equals));
        auto value = decode_field(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value)
            return base::make_error(base::ErrorCode::invalid, N_("The form is malformed."));
        if (fields.items().size() == kMaxFields || name->size() > kMaxName)
            return base::make_error(base::ErrorCode::too_large,
                                    N_("The form has too many fields."));
        fields.add(*std::move(name), *std::move(value));
    }
    return fields;
}

std::string format_cookie(const Cookie& cookie) {
    std::string line = cookie.name + "=" + cookie.value + "; Path=/; Secure";
    if (cookie.http_only) line += "; HttpOnly";
    line += cookie.strict ? "; SameSite=Strict" : "; SameSite=Lax";
    if (cookie.max_age_s) line += "; Max-Age=" + std::to_string(*cookie.max_age_s);
    return line;
}

void set_session_cookie(Response& response, std::string_view token) {
    Cookie cookie;
    cookie.name = kSessionCookie;
    cookie.value = token;
    response.headers.add("Set-Cookie", format_cookie(cookie));
}

void clear_session_cookie(Response& response) {
    Cookie cookie;
    cookie.name = kSessionCookie;
    cookie.max_age_s = 0;
    response.headers.add("Set-Cookie", format_cookie(cookie));
}

std::string_view new_session(const Response& response) {
    for (const auto line : response.headers.all("Set-Cookie")) {
        const auto pair = line.substr(0, line.find(';'));
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == kSessionCookie)
            return pair.substr(equals + 1);
    }
    return {};
}

}  // namespace portal::http
