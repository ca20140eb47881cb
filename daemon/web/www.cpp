#include "daemon/web/www.hpp"

#include "base/encoding.hpp"

namespace portal::web {
namespace {

constexpr std::string_view kWww = "www.";

/// Path and query as they go into an address again.
std::string target_of(const http::Request& request) {
    std::string target;
    for (const auto segment : base::split(request.path, '/'))
        if (!segment.empty()) target += "/" + http::percent_encode(segment);
    if (target.empty() || request.path.ends_with('/')) target += "/";
    char separator = '?';
    for (const auto& [name, value] : request.query.items()) {
        target += separator + http::percent_encode(name) + "=" + http::percent_encode(value);
        separator = '&';
    }
    return target;
}

}  // namespace

std::optional<http::Response> leave_www(const service::Services& services,
                                        const http::Request& request) {
    if (!request.is_safe_method() || !request.host.starts_with(kWww)) return std::nullopt;
    if (service::find_tenant_of_host(services, request.host)) return std::nullopt;
    const auto host = std::string_view{request.host}.substr(kWww.size());
    const auto tenant = service::find_tenant_of_host(services, host);
    if (!tenant) return std::nullopt;
    constexpr int kPermanently = 308;
    auto response = http::text("", kPermanently);
    response.headers.add("Location", tenant_url(services.options, *tenant) + target_of(request));
    return response;
}

}  // namespace portal::web
