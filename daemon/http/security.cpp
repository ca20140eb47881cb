#include "daemon/http/security.hpp"

#include "base/encoding.hpp"

namespace portal::http {

namespace {

using base::N_;

std::string policy(const SecurityOptions& options, Framing framing) {
    const std::string ancestors = framing == Framing::inside ? "'self'" : "'none'";
    const std::string frames = framing == Framing::holds ? "; frame-src 'self'" : "";
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
           "connect-src " +
           options.connect + "; form-action " + options.form_action + frames +
           "; frame-ancestors " + ancestors + "; base-uri 'none'; object-src 'none'";
}

std::string permissions(const SecurityOptions& options) {
    const std::string devices =
        options.video ? "camera=(self), microphone=(self)" : "camera=(), microphone=()";
    return devices + ", geolocation=(), payment=(), usb=()";
}

std::string_view without_port(std::string_view authority, std::string_view port) {
    if (authority.ends_with(port)) authority.remove_suffix(port.size());
    return authority;
}

bool is_loopback_name(std::string_view host) {
    return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") ||
           host == "[::1]";
}

/// An http origin fits a request that came by TLS only where TLS was never used: on loopback.
bool is_own_origin(std::string_view origin, const Request& request) {
    if (origin.starts_with("https://"))
        return request.secure &&
               without_port(origin.substr(8), ":443") == without_port(request.authority, ":443");
    if (!origin.starts_with("http://") || (request.secure && !is_loopback_name(request.host)))
        return false;
    return without_port(origin.substr(7), ":80") == without_port(request.authority, ":80");
}

}  // namespace

SecurityHeaders::SecurityHeaders(const SecurityOptions& options) {
    for (const auto framing : {Framing::none, Framing::holds, Framing::inside}) {
        const auto at = static_cast<std::size_t>(framing);
        plain_.at(at) = "Content-Security-Policy: " + policy(options, framing) +
                        "\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
                        "Cross-Origin-Opener-Policy: same-origin\r\n"
                        "Cross-Origin-Resource-Policy: same-origin\r\nPermissions-Policy: " +
                        permissions(options) + "\r\n";
        secure_.at(at) = plain_.at(at) + "Strict-Transport-Security: max-age=31536000";
        secure_.at(at) += options.include_subdomains ? "; includeSubDomains\r\n" : "\r\n";
    }
}

void SecurityHeaders::apply(const Request& request, Response& response) const {
    const auto at = static_cast<std::size_t>(response.framing);
    response.header_block = request.secure ? secure_.at(at) : plain_.at(at);
    if (!response.headers.find("Cache-Control")) response.headers.add("Cache-Control", "no-store");
}

base::Status check_same_origin(const Request& request) {
    if (request.is_safe_method()) return {};
    const auto refused = base::make_error(base::ErrorCode::forbidden,
                                          N_("This form was not sent from our own page."));
    const auto sites = request.headers.all("Sec-Fetch-Site");
    const auto origins = request.headers.all("Origin");
    if (sites.size() > 1 || origins.size() > 1) return refused;
    if (!origins.empty() && !is_own_origin(base::lower_ascii(origins.front()), request))
        return refused;
    if (!sites.empty() && sites.front() != "same-origin" && sites.front() != "none") return refused;
    if (sites.empty() && origins.empty()) return refused;
    return {};
}

}  // namespace portal::http
