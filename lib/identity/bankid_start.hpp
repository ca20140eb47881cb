// How a person's BankID app finds an order: the animated QR code, or a link on the same device.
// Called by service (BankID). Thread rule: pure. Source: BankID RP API v6, C43, L10.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/personal.hpp"

namespace portal::identity {

/// The text of the QR code that is good in this second of the order, counted from its answer.
/// The secret itself is in no code.
std::string qr_text(std::string_view start_token, const base::Secret& start_secret,
                    std::int64_t second);

/// What the browser runs on; phones open the app by an https link, computers by a scheme.
enum class Device { computer, phone };
Device device_of(std::string_view user_agent);

/// The link that opens the app on this phone; on a computer it is the program's own scheme,
/// bankid:///?autostarttoken=TOKEN&redirect=null, which the page's template writes. The address
/// that the order names to return to goes before `return_url`.
std::string phone_start_url(std::string_view auto_start_token, std::string_view return_url);

/// `https_url` so that an iPhone opens it in the browser it came from: iOS takes plain https links
/// to Safari, whatever is in use. A fragment makes Safari find its tab again.
std::string return_to_browser(std::string_view https_url, std::string_view user_agent);

}  // namespace portal::identity
