// Telephone numbers to E.164, the only stored form, so that one phone in four spellings is one
// key. Sweden, Denmark, Norway and Finland by their numbering plans (phone_table.inc, made by
// ./dev generate); other countries must be written with + and are held to E.164's length.
// Errors: `invalid`, never with the number in it. Pure; any thread. Source: L11, C15, ITU-T E.164.
#pragma once

#include <string>
#include <string_view>

#include "base/personal.hpp"
#include "base/record.hpp"
#include "base/result.hpp"

namespace portal::domain {

/// Whose national form is understood. Finland includes Åland, Norway Svalbard.
enum class Region { se, dk, no, fi };
BOOST_DESCRIBE_ENUM(Region, se, dk, no, fi)

enum class PhoneKind {
    fixed,
    mobile,   // or a number that may be either, as all Danish ones
    other,    // internet telephony
    foreign,  // another country: its kind is not known here
};

/// Takes +46 70-123 45 67, 0046..., 070..., (070) 123..., +46 (0)70...; ASCII only. Refuses
/// extensions, emergency, short, premium, shared-cost and freephone numbers, and the world-wide
/// service codes (+800, +88x, +979).
base::Result<base::Phone> parse_phone(std::string_view text, Region default_region);

/// Kind of an E.164 number that parse_phone gave.
PhoneKind phone_kind(const base::Phone& e164);
inline bool is_mobile(const base::Phone& e164) {
    return phone_kind(e164) == PhoneKind::mobile;
}
/// Mobile, or foreign (nothing better is known).
bool may_receive_sms(const base::Phone& e164);
/// "46": the country of an E.164 number, as SMS quotas count it.
std::string_view calling_code(const base::Phone& e164);
/// "+46 *** *** 67": what a page shows of the number a code goes to.
std::string mask_phone(const base::Phone& e164);

}  // namespace portal::domain
