// Names that more than one module takes from people: of hosts, and of the senders of text messages.
// Pure; any thread. Source: RFC 1123 2.1, RFC 1035 2.3.4; X2, K5.
#pragma once

#include <string_view>

namespace portal::base {

/// Small letters, digits and hyphens in labels of 1 to 63, none with a hyphen at its ends; at most
/// 253 characters in all. An IPv4 address is one too: see is_public_host_name.
bool is_host_name(std::string_view text);
/// One that a certificate can be had for: at least one dot, and no address.
bool is_public_host_name(std::string_view text);

/// A sender that all providers take: E.164, or 1 to 11 of A-Z a-z 0-9 space with a letter.
bool is_sms_sender(std::string_view text);

}  // namespace portal::base
