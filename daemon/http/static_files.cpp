#include "daemon/http/static_files.hpp"

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/encoding.hpp"

namespace portal::http {

namespace {

using base::N_;

/// FNV-1a, 64 bits: the content is ours, so that only chance must be kept out.
std::string content_hash(std::string_view content) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : content) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001B3U;
    }
    std::array<std::uint8_t, 8> bytes{};
    for (auto& byte : bytes) {
        byte = static_cast<std::uint8_t>(hash >> 56U);
        hash <<= 8U;
    }
    return base::format_hex(bytes);
}

std::string type_of_name(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kTypes{{
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
    }};
    for (const auto& [ending, type] : kTypes)
        if (name.ends_with(ending)) return std::string{type};
    return "application/octet-stream";
}

}  // namespace

bool etag_matches(std::string_view header, std::string_view etag) {
    for (auto part : base::split(header, ',')) {
        part = base::trim(part);
        if (part.starts_with("W/")) part.remove_prefix(2);
        if (part == etag || part == "*") return true;
    }
    return false;
}

void StaticFiles::add(std::string name, std::string content) {
    File file;
    file.content_type = type_of_name(name);
    file.version = content_hash(content);
    file.content = std::make_shared<const std::string>(std::move(content));
    files_.insert_or_assign(std::move(name), std::move(file));
}

base::Status StaticFiles::load(const std::string& folder) {
    std::error_code error;
    std::filesystem::directory_iterator entries{folder, error};
    if (error)
        return base::make_error(base::ErrorCode::not_found, N_("Cannot read the folder {1}."),
                                {folder});
    for (const auto& entry : entries) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in{entry.path(), std::ios::binary};
        add(entry.path().filename().string(), {std::istreambuf_iterator<char>{in}, {}});
    }
    return {};
}

std::string_view StaticFiles::version(std::string_view name) const {
    const auto found = files_.find(name);
    return found == files_.end() ? std::string_view{} : std::string_view{found->second.version};
}

Response StaticFiles::respond(const Request& request, std::string_view name) const {
    const auto found = files_.find(name);
    if (found == files_.end()) return error_response(404);
    const auto& file = found->second;
    const auto etag = "\"" + file.version + "\"";
    Response response;
    response.headers.add("ETag", etag);
    response.headers.add("Cache-Control", request.query.text("v") == file.version
                                              ? "public, max-age=31536000, immutable"
                                              : "no-cache");
    if (etag_matches(request.header("If-None-Match"), etag)) {
        response.status = 304;
        return response;
    }
    response.content_type = file.content_type;
    response.shared_body = file.content;
    return response;
}

}  // namespace portal::http
