#include "text/language.hpp"

#include <charconv>

#include "base/encoding.hpp"

namespace portal::text {

std::string_view format_language(Language language) {
    switch (language) {
        case Language::sv:
            return "sv";
        case Language::da:
            return "da";
        case Language::en:
            break;
    }
    return "en";
}

std::optional<Language> parse_language(std::string_view text) {
    const auto first = base::lower_ascii(text.substr(0, text.find('-')));
    for (const auto language : kLanguages)
        if (format_language(language) == first) return language;
    return std::nullopt;
}

std::string_view own_name(Language language) {
    switch (language) {
        case Language::sv:
            return "Svenska";
        case Language::da:
            return "Dansk";
        case Language::en:
            break;
    }
    return "English";
}

namespace {

// q=0.8 as 800; absent 1000; malformed 0.
int parse_weight(std::string_view parameters) {
    const auto at = parameters.find("q=");
    if (at == std::string_view::npos) return 1000;
    const auto text = base::trim(parameters.substr(at + 2));
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 0;
    int value = (text[0] - '0') * 1000;
    int digit = 100;
    for (std::size_t i = 2; i < text.size(); ++i, digit /= 10) {
        if (text[i] < '0' || text[i] > '9') return 0;
        value += (text[i] - '0') * digit;
    }
    return value > 1000 ? 0 : value;
}

}  // namespace

Language choose_language(std::string_view accept_language, Language fallback) {
    constexpr std::size_t kLongest = 1000;
    auto best = fallback;
    int best_weight = 0;
    for (const auto part : base::split(accept_language.substr(0, kLongest), ',')) {
        const auto semicolon = part.find(';');
        const auto language = parse_language(base::trim(part.substr(0, semicolon)));
        const int weight =
            semicolon == std::string_view::npos ? 1000 : parse_weight(part.substr(semicolon + 1));
        if (!language || weight <= best_weight) continue;
        best = *language;
        best_weight = weight;
    }
    return best;
}

}  // namespace portal::text
