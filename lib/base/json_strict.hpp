// The one JSON parser for what strangers send. Private to base. Thread rule: pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <string_view>

#include "base/result.hpp"

namespace portal::base {

/// Refuses doubled keys (named in the error's field), ill-formed UTF-8, anything after the value,
/// depth over 32 and what is longer than any of ours.
Result<boost::json::value> parse_strict(std::string_view text);

}  // namespace portal::base
