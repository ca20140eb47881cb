// Headers that every answer carries, and the check that a form was posted by our own page.
// Callers: daemon/web around its router; the admin API needs neither.
// Thread rule: SecurityHeaders is immutable after construction. Source: RFC 6265bis, Fetch
// metadata, threat 11.
#pragma once

#include <array>
#include <string>

#include "base/result.hpp"
#include "daemon/http/message.hpp"

namespace portal::http {

struct SecurityOptions {
    bool include_subdomains = false;     // HSTS: only where every host of the domain is ours
    std::string form_action = "'self'";  // plus an eID broker's origin where a page posts to it
    std::string connect = "'self'";
    bool video = false;  // camera and microphone for this page
};

class SecurityHeaders {
  public:
    explicit SecurityHeaders(const SecurityOptions& options = {});
    /// Sets response.header_block; `Cache-Control: no-store` is added unless the response has its
    /// own. This object must outlive the server.
    void apply(const Request& request, Response& response) const;

  private:
    std::array<std::string, 3> plain_;   // by Framing
    std::array<std::string, 3> secure_;  // with HSTS
};

/// For methods other than GET and HEAD: `forbidden` unless Sec-Fetch-Site is same-origin or none,
/// or, where a browser does not send it, Origin is this host's (same scheme, host and port). A
/// foreign or null Origin is refused always; neither header at all is refused too.
base::Status check_same_origin(const Request& request);

}  // namespace portal::http
