// Whether the files of mutual TLS fit: checked at start, since the TLS library would only say so
// at the first login. Called by the daemon. Thread rule: pure. Source: C43, BankID RP API.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/personal.hpp"
#include "base/result.hpp"

namespace portal::crypto {

/// invalid, in one sentence without a key's content: no certificate, no key, a wrong password, a
/// key of another certificate, not valid yet or any more. PEM; the first of each counts.
base::Status check_key_pair(std::string_view certificate, const base::Secret& key,
                            const base::Secret& password, base::Instant now);
/// invalid: not one certificate in PEM.
base::Status check_authorities(std::string_view certificates);

}  // namespace portal::crypto
