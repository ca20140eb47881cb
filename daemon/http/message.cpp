#include "daemon/http/message.hpp"

#include <strings.h>

#include <algorithm>
#include <array>

#include "base/encoding.hpp"

namespace portal::http {

namespace {

bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && ::strncasecmp(a.data(), b.data(), a.size()) == 0;
}

/// Looks in lines of the form "Name: value\r\n".
std::optional<std::string_view> find_in_block(std::string_view block, std::string_view name) {
    while (!block.empty()) {
        const auto end = block.find("\r\n");
        const auto line = block.substr(0, end);
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos && same_name(line.substr(0, colon), name))
            return line.substr(colon + 2);
        if (end == std::string_view::npos) break;
        block.remove_prefix(end + 2);
    }
    return std::nullopt;
}

Response with_body(std::string_view type, std::string body, int status) {
    Response response;
    response.status = status;
    response.content_type = type;
    response.body = std::move(body);
    return response;
}

}  // namespace

void Fields::add(std::string name, std::string value) {
    items_.emplace_back(std::move(name), std::move(value));
}

std::optional<std::string_view> Fields::find(std::string_view name) const {
    std::optional<std::string_view> found;
    for (const auto& [key, value] : items_) {
        if (key != name) continue;
        if (found) return std::nullopt;
        found = value;
    }
    return found;
}

std::string_view Fields::text(std::string_view name) const {
    return find(name).value_or("");
}

std::vector<std::string_view> Fields::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : items_)
        if (key == name) values.push_back(value);
    return values;
}

void Headers::add(std::string name, std::string value) {
    items_.emplace_back(std::move(name), std::move(value));
}

void Headers::set(std::string name, std::string value) {
    std::erase_if(items_, [&](const auto& item) { return same_name(item.first, name); });
    add(std::move(name), std::move(value));
}

std::optional<std::string_view> Headers::find(std::string_view name) const {
    for (const auto& [key, value] : items_)
        if (same_name(key, name)) return value;
    return std::nullopt;
}

std::vector<std::string_view> Headers::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : items_)
        if (same_name(key, name)) values.push_back(value);
    return values;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    std::optional<std::string_view> found;
    for (const auto line : headers.all("Cookie")) {
        for (const auto part : base::split(line, ';')) {
            const auto pair = base::trim(part);
            const auto equals = pair.find('=');
            if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
            if (found) return std::nullopt;
            found = pair.substr(equals + 1);
        }
    }
    return found;
}

std::string_view Request::header(std::string_view name) const {
    return headers.find(name).value_or("");
}

std::optional<std::string_view> Response::header(std::string_view name) const {
    if (auto value = headers.find(name)) return value;
    return find_in_block(header_block, name);
}

Response html(std::string body, int status) {
    return with_body("text/html; charset=utf-8", std::move(body), status);
}

Response json(std::string body, int status) {
    return with_body("application/json", std::move(body), status);
}

Response text(std::string body, int status) {
    return with_body("text/plain; charset=utf-8", std::move(body), status);
}

Response no_content() {
    Response response;
    response.status = 204;
    return response;
}

Response redirect(std::string_view path) {
    return redirect_out(is_local_path(path) ? path : "/");
}

Response redirect_out(std::string_view url) {
    Response response;
    response.status = 303;
    response.headers.add("Location", std::string{url});
    return response;
}

Response error_response(const base::Error& error) {
    auto response = text(base::describe(error) + "\n", base::error_row(error.code).http_status);
    if (error.code == base::ErrorCode::rate_limited || error.code == base::ErrorCode::unavailable)
        response.headers.add("Retry-After", "1");
    return response;
}

Response error_response(int status) {
    return text(std::string{reason(status)} + "\n", status);
}

std::string_view reason(int status) {
    static constexpr std::array<std::pair<int, std::string_view>, 36> kReasons{{
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {411, "Length Required"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    }};
    const auto* row = std::find_if(kReasons.begin(), kReasons.end(),
                                   [&](const auto& item) { return item.first == status; });
    return row == kReasons.end() ? "Unknown" : row->second;
}

bool is_local_path(std::string_view text) {
    if (text.empty() || text.front() != '/') return false;
    if (text.find("//") != std::string_view::npos) return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c > 0x20 && c < 0x7F && c != '\\'; });
}

}  // namespace portal::http
