// National identity numbers: Swedish personnummer and samordningsnummer, Danish CPR.
// Called wherever a person is named by number; the stored form is the canonical one.
// Errors: `invalid`, never with the number in it. Pure; any thread.
// Source: folkbokföringslagen 18 § (marker, check digit), the CPR authority's rules since 2007;
// rows C15, C19, K12.
#pragma once

#include <string>
#include <string_view>

#include "base/personal.hpp"
#include "base/record.hpp"
#include "base/result.hpp"
#include "base/zone.hpp"

namespace portal::domain {

enum class Country { se, dk };
BOOST_DESCRIBE_ENUM(Country, se, dk)
enum class NationalIdKind { personnummer, coordination, cpr };

struct ParsedNationalId {
    Country country;
    NationalIdKind kind;
    /// SE: 12 digits YYYYMMDDNNNN. DK: 10 digits DDMMYYSSSS. No separator. The lengths differ, so
    /// that one canonical form never means two people.
    base::NationalId canonical;
    base::LocalDay birth_date;
};

/// SE takes YYYYMMDD-NNNN, YYMMDD-NNNN, YYMMDD+NNNN, each also without its separator; ten digits
/// without + mean the latest year that is not after `today`'s. DK takes DDMMYY-SSSS, modulus 11
/// not asked. ASCII digits only. `today` is the clinic's local day.
base::Result<ParsedNationalId> parse_national_id(std::string_view text, Country country,
                                                 base::LocalDay today);

/// What may be shown to staff who need to tell people apart: "19811218-****", "070761-****".
/// Takes a canonical form; anything else gives "****".
std::string mask_national_id(const base::NationalId& canonical);

}  // namespace portal::domain
