// One request's way through the parser, without sockets: bytes in, our Request out.
// Internal. Caller: the connection. Thread rule: one connection's own.
// Source: RFC 9112; hostile inputs 1 to 11, 15.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "daemon/http/message.hpp"

namespace portal::http {

class Exchange {
  public:
    explicit Exchange(std::size_t body_limit);
    ~Exchange();

    /// `head` as HeadScanner measured it. Fills `request` but for body and client. Returns 0 or the
    /// status to answer.
    int parse_head(std::string_view head, Request& request);
    /// Bytes after the head. `used` says how many were consumed; returns 0 or the status to answer.
    int parse_body(std::string_view bytes, std::size_t& used);
    [[nodiscard]] bool is_done() const;
    void take_body(Request& request);

    [[nodiscard]] bool keep_alive() const;
    [[nodiscard]] bool http_1_0() const;
    [[nodiscard]] bool wants_continue() const { return wants_continue_; }

  private:
    [[nodiscard]] int check_framing() const;
    int check_expect();

    struct Parser;
    std::unique_ptr<Parser> parser_;
    std::size_t body_limit_;
    bool wants_continue_ = false;
};

}  // namespace portal::http
