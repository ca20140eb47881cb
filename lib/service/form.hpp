// The one hidden field of a form: idempotency key, row version and proof that the form is ours
// (CSRF), in one token. A double click sends the same key twice, so it acts once.
// Token: base64url(key 16 bytes | version 8 bytes | HMAC-SHA256 of both and the session).
// Thread rule: pure. Source: architecture.md "The path of one act", threat 11, C45.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "service/session.hpp"

namespace portal::service {

struct FormToken {
    base::Bytes key;           // what claim_key is given
    std::int64_t version = 0;  // of the row that the form was made from; 0: none
};

/// `binding`: the session's hash, or the hash of the cookie of a login attempt.
std::string make_form_token(const Services& services, std::span<const std::uint8_t> binding,
                            std::int64_t version = 0);
/// forbidden when it is not ours, not of this session, or altered.
base::Result<FormToken> read_form_token(const Services& services,
                                        std::span<const std::uint8_t> binding,
                                        std::string_view token);

}  // namespace portal::service
