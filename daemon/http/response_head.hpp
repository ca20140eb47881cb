// The bytes before a response's body, and the cached Date line. Pure.
// Caller: the connection. Source: RFC 9110 section 6.6.1, RFC 9112 section 4.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "daemon/http/message.hpp"

namespace portal::http {

struct HeadFacts {
    std::string_view date;
    bool keep_alive = true;
    bool http_1_0 = false;
};

/// Appends status line and header fields with the empty line. A name or value with a control
/// character (response splitting) gives false, and `out` as it was.
bool format_head(std::string& out, const Response& response, const HeadFacts& facts);
/// 1xx, 204 and 304 have none.
bool may_have_body(int status);

/// "Sat, 21 Nov 2026 22:03:38 GMT"
std::string format_http_date(base::Instant at);

/// The date of this second, made once a second. One network thread's own.
class DateLine {
  public:
    std::string_view at(base::Instant now);

  private:
    std::int64_t second_ = -1;
    std::string text_;
};

}  // namespace portal::http
