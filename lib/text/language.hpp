// The languages that pages and messages are written in. Thread rule: plain values.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/record.hpp"

namespace portal::text {

BOOST_DEFINE_ENUM_CLASS(Language, en, sv, da)
inline constexpr std::array kLanguages{Language::en, Language::sv, Language::da};

/// "sv": the form in settings, records and the lang attribute.
std::string_view format_language(Language language);
/// Takes "sv", "sv-SE" and "SV"; anything else is absent.
std::optional<Language> parse_language(std::string_view text);
/// What the language calls itself: "Svenska".
std::string_view own_name(Language language);
/// The best of an Accept-Language header; whatever is malformed there is passed over.
Language choose_language(std::string_view accept_language, Language fallback);

}  // namespace portal::text
