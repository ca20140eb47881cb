// How many parts a text message takes, and how to keep it in the small alphabet.
// Pure; any thread. Source: 3GPP TS 23.038 6.2.1 (alphabet), TS 23.040 9.2.3.24 (parts); K23.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/record.hpp"

namespace portal::domain {

enum class SmsEncoding { gsm7, ucs2 };
BOOST_DESCRIBE_ENUM(SmsEncoding, gsm7, ucs2)

struct SmsSize {
    SmsEncoding encoding;
    std::size_t units;  // septets, or UTF-16 code units
    std::size_t parts;  // messages that the receiver's operator is paid for; 0 for an empty text
    bool operator==(const SmsSize&) const = default;
};

/// `text` is UTF-8. An escaped pair or a surrogate pair is never split between parts.
SmsSize sms_size(std::string_view text);

/// Typographic quotes, dashes, spaces and the like as their plain forms, so that one of them does
/// not turn the whole text to UCS-2. Letters stay: names are spelt right or not at all.
std::string simplify_sms(std::string_view text);

}  // namespace portal::domain
