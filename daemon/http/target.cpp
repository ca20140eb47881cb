#include "daemon/http/target.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace portal::http {

namespace {

constexpr std::size_t kMaxHost = 253;

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

bool is_address_character(char c) {
    return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.';
}

bool is_port(std::string_view text) {
    return text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_segment_safe(std::string_view segment) {
    if (segment == "." || segment == "..") return false;
    return segment.find_first_of("/\\") == std::string_view::npos && base::is_utf8(segment) &&
           !base::has_control(segment, false);
}

/// Decodes segment by segment, so that an encoded slash cannot make a new one.
int parse_path(std::string_view encoded, std::string& path) {
    path.clear();
    while (!encoded.empty()) {
        encoded.remove_prefix(1);  // the slash
        const auto end = std::min(encoded.find('/'), encoded.size());
        const auto segment = percent_decode(encoded.substr(0, end));
        if (!segment) return 400;
        encoded.remove_prefix(end);
        if (!is_segment_safe(*segment) || (segment->empty() && !encoded.empty())) return 404;
        path += '/';
        path += *segment;
    }
    return 0;
}

/// Removes "http://authority" and gives the authority; false when it is neither form.
bool split_absolute(std::string_view& target, std::optional<std::string>& authority) {
    if (target.starts_with('/')) return true;
    const auto scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) return false;
    const auto scheme = base::lower_ascii(target.substr(0, scheme_end));
    if (scheme != "http" && scheme != "https") return false;
    target.remove_prefix(scheme_end + 3);
    const auto end = std::min(target.find_first_of("/?"), target.size());
    authority = base::lower_ascii(target.substr(0, end));
    target.remove_prefix(end);
    return true;
}

int parse_host(const std::vector<std::string_view>& hosts,
               const std::optional<std::string>& authority, Request& request) {
    if (hosts.size() > 1) return 400;
    const auto field = hosts.empty() ? std::string{} : base::lower_ascii(hosts.front());
    if (authority && !hosts.empty() && *authority != field) return 400;
    request.authority = authority.value_or(field);
    if (request.authority.empty()) {
        request.host.clear();
        return 0;
    }
    auto host = host_of_authority(request.authority);
    if (!host) return 400;
    request.host = *std::move(host);
    return 0;
}

}  // namespace

std::optional<std::string> host_of_authority(std::string_view authority) {
    const auto lower = base::lower_ascii(authority);
    std::string_view rest = lower;
    std::string_view host;
    if (rest.starts_with('[')) {
        const auto end = rest.find(']');
        if (end == std::string_view::npos || end < 3) return std::nullopt;
        host = rest.substr(0, end + 1);
        const auto inner = rest.substr(1, end - 1);
        if (!std::all_of(inner.begin(), inner.end(), is_address_character)) return std::nullopt;
        rest.remove_prefix(end + 1);
    } else {
        const auto end = std::min(rest.find(':'), rest.size());
        host = rest.substr(0, end);
        if (host.empty() || host.size() > kMaxHost ||
            !std::all_of(host.begin(), host.end(), is_name_character))
            return std::nullopt;
        rest.remove_prefix(end);
    }
    if (!rest.empty() && (!rest.starts_with(':') || !is_port(rest.substr(1)))) return std::nullopt;
    return std::string{host};
}

int parse_target(std::string_view target, const std::vector<std::string_view>& hosts,
                 Request& request) {
    const auto bad = [](char c) { return c <= 0x20 || c == 0x7F || (c & '\x80') != 0; };
    if (std::any_of(target.begin(), target.end(), bad)) return 400;
    std::optional<std::string> authority;
    if (!split_absolute(target, authority)) return 400;
    if (const int status = parse_host(hosts, authority, request)) return status;

    target = target.substr(0, target.find('#'));
    const auto mark = target.find('?');
    if (mark != std::string_view::npos) {
        auto query = parse_form(target.substr(mark + 1));
        if (!query) return 400;
        request.query = *std::move(query);
        target = target.substr(0, mark);
    }
    if (target.empty()) target = "/";
    return parse_path(target, request.path);
}

}  // namespace portal::http
