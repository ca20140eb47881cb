#include "daemon/http/language.hpp"

#include <optional>

#include "base/encoding.hpp"

namespace portal::http {

namespace {

constexpr std::size_t kMaxHeader = 1024;

/// "0.8" as thousandths; none for anything but 0 to 1 with at most three decimals.
std::optional<int> parse_weight(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return std::nullopt;
    int weight = (text[0] - '0') * 1000;
    if (text.size() > 1 && text[1] != '.') return std::nullopt;
    int unit = 100;
    for (const char c : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (c < '0' || c > '9') return std::nullopt;
        weight += (c - '0') * unit;
        unit /= 10;
    }
    return weight <= 1000 ? std::optional{weight} : std::nullopt;
}

struct Wish {
    std::string tag;  // primary subtag, lower case
    int weight = 1000;
};

std::optional<Wish> parse_wish(std::string_view part) {
    const auto pieces = base::split(part, ';');
    Wish wish;
    const auto tag = base::trim(pieces[0]);
    wish.tag = base::lower_ascii(tag.substr(0, tag.find('-')));
    if (pieces.size() == 1) return wish;
    const auto quality = base::trim(pieces[1]);
    if (pieces.size() > 2 || !quality.starts_with("q=")) return std::nullopt;
    const auto weight = parse_weight(quality.substr(2));
    if (!weight) return std::nullopt;
    wish.weight = *weight;
    return wish;
}

}  // namespace

std::string_view preferred_language(std::string_view header,
                                    std::span<const std::string_view> supported) {
    if (header.size() > kMaxHeader) return supported.front();
    std::string_view best = supported.front();
    int best_weight = 0;
    for (const auto part : base::split(header, ',')) {
        if (base::trim(part).empty()) continue;
        const auto wish = parse_wish(part);
        if (!wish) return supported.front();
        for (const auto tag : supported) {
            if (tag != wish->tag || wish->weight <= best_weight) continue;
            best = tag;
            best_weight = wish->weight;
        }
    }
    return best;
}

}  // namespace portal::http
