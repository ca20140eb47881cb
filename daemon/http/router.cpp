#include "daemon/http/router.hpp"

#include <set>
#include <stdexcept>

namespace portal::http {

namespace {

std::string_view next_segment(std::string_view& rest) {
    const auto end = std::min(rest.find('/'), rest.size());
    const auto segment = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return segment;
}

bool is_name(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

std::vector<std::string_view> segments_of(std::string_view path) {
    std::vector<std::string_view> segments;
    path.remove_prefix(1);
    while (!path.empty()) segments.push_back(next_segment(path));
    return segments;
}

PathParameters name_values(std::string_view pattern, std::string_view path) {
    PathParameters parameters;
    pattern.remove_prefix(1);
    path.remove_prefix(1);
    while (!pattern.empty()) {
        const auto name = next_segment(pattern);
        const auto value = next_segment(path);
        if (is_name(name)) parameters.add(name.substr(1, name.size() - 2), value);
    }
    return parameters;
}

}  // namespace

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> named;
    std::map<std::string, const Route*, std::less<>> methods;

    /// Visits every end node that fits, the most literal first, until `visit` says true.
    template <class Visit>
    bool walk(std::string_view rest, Visit& visit) const {
        if (rest.empty()) return !methods.empty() && visit(*this);
        const auto segment = next_segment(rest);
        if (const auto next = literals.find(segment);
            next != literals.end() && next->second->walk(rest, visit))
            return true;
        return named && named->walk(rest, visit);
    }
};

std::string_view PathParameters::get(std::string_view name) const {
    for (const auto& [key, value] : items_)
        if (key == name) return value;
    return "";
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route) {
    if (!route.pattern.starts_with('/'))
        throw std::logic_error("route without leading slash: " + route.pattern);
    Node* node = root_.get();
    for (const auto segment : segments_of(route.pattern)) {
        auto& next = is_name(segment) ? node->named : node->literals[std::string{segment}];
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    auto owned = std::make_unique<Route>(std::move(route));
    if (!node->methods.emplace(owned->method, owned.get()).second)
        throw std::logic_error("route registered twice: " + owned->method + " " + owned->pattern);
    routes_.push_back(std::move(owned));
}

Router::Match Router::match(std::string_view method, std::string_view path) const {
    Match result;
    if (!path.starts_with('/')) return result;
    const auto wanted = method == "HEAD" ? std::string_view{"GET"} : method;
    auto visit = [&](const Node& node) {
        result.path_known = true;
        auto found = node.methods.find(method);
        if (found == node.methods.end()) found = node.methods.find(wanted);
        if (found == node.methods.end()) return false;
        result.route = found->second;
        return true;
    };
    root_->walk(path.substr(1), visit);
    if (result.route) result.parameters = name_values(result.route->pattern, path);
    return result;
}

std::string Router::allow(std::string_view path) const {
    std::set<std::string> methods;
    auto visit = [&](const Node& node) {
        for (const auto& [method, route] : node.methods) methods.insert(method);
        return false;
    };
    if (path.starts_with('/')) root_->walk(path.substr(1), visit);
    if (methods.contains("GET")) methods.insert("HEAD");
    std::string line;
    for (const auto& method : methods) line += (line.empty() ? "" : ", ") + method;
    return line;
}

Response Router::handle(const Request& request) const {
    const auto found = match(request.method, request.path);
    if (found.route) {
        auto response = found.route->handler(request, found.parameters);
        response.route = found.route->pattern;
        return response;
    }
    if (!found.path_known) return error_response(404);
    auto response = error_response(405);
    response.headers.add("Allow", allow(request.path));
    return response;
}

Lane Router::lane(const Request& request) const {
    const auto found = match(request.method, request.path);
    if (!found.route) return Lane::worker;
    if (found.route->inline_ok) return Lane::inline_ok;
    return found.route->hashes ? Lane::hashes : Lane::worker;
}

}  // namespace portal::http
