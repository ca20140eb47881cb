// Style sheets, scripts and pictures, served from memory with a strong ETag.
// Callers: daemon/web. Thread rule: add() at start, find/respond from any thread.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "daemon/http/message.hpp"

namespace portal::http {

/// If-None-Match compares weakly, and * fits everything (RFC 9110 section 13.1.2).
bool etag_matches(std::string_view header, std::string_view etag);

class StaticFiles {
  public:
    /// `name` as in the URL below the mount ("portal.css"); the type comes from its ending.
    void add(std::string name, std::string content);
    /// Every regular file of a folder, not recursive; `not_found` when it cannot be read.
    base::Status load(const std::string& folder);
    /// 200, 304 when If-None-Match has the ETag, or 404. With ?v=VERSION equal to version(name) it
    /// may be cached for a year, else it is asked for anew each time.
    [[nodiscard]] Response respond(const Request& request, std::string_view name) const;
    /// 16 hex digits of the content's hash, for links: /static/portal.css?v=...; "" when unknown.
    [[nodiscard]] std::string_view version(std::string_view name) const;

  private:
    struct File {
        std::string content_type;
        std::shared_ptr<const std::string> content;
        std::string version;
    };
    std::map<std::string, File, std::less<>> files_;
};

}  // namespace portal::http
