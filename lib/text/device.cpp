#include "text/device.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace portal::text {
namespace {

struct Sign {
    std::string_view part;  // of the header
    std::string_view name;
};

// In this order: each browser names those that it wants to be taken for.
constexpr std::array kBrowsers{
    Sign{"SamsungBrowser/", "Samsung Internet"},
    Sign{"Edg/", "Edge"},
    Sign{"EdgA/", "Edge"},
    Sign{"EdgiOS/", "Edge"},
    Sign{"OPR/", "Opera"},
    Sign{"OPT/", "Opera"},
    Sign{"Vivaldi/", "Vivaldi"},
    Sign{"FxiOS/", "Firefox"},
    Sign{"Firefox/", "Firefox"},
    Sign{"CriOS/", "Chrome"},
    Sign{"Chrome/", "Chrome"},
    Sign{"Safari/", "Safari"},
};
constexpr std::array kSystems{
    Sign{"iPhone", "iPhone"},   Sign{"iPad", "iPad"},       Sign{"Android", "Android"},
    Sign{"Windows", "Windows"}, Sign{"CrOS", "Chromebook"}, Sign{"Macintosh", "Mac"},
    Sign{"Linux", "Linux"},
};
constexpr std::string_view kBetween = " on ";

template <std::size_t N>
std::string_view find_name(const std::array<Sign, N>& signs, std::string_view header) {
    const auto found = std::find_if(signs.begin(), signs.end(), [&](const Sign& sign) {
        return header.find(sign.part) != std::string_view::npos;
    });
    return found == signs.end() ? std::string_view{} : found->name;
}

}  // namespace

std::string device_label(std::string_view user_agent) {
    const auto browser = find_name(kBrowsers, user_agent);
    const auto system = find_name(kSystems, user_agent);
    if (browser.empty() || system.empty()) return std::string{browser.empty() ? system : browser};
    return std::string{browser} + std::string{kBetween} + std::string{system};
}

std::pair<std::string, std::string> split_device_label(std::string_view label) {
    const auto at = label.find(kBetween);
    if (at != std::string_view::npos)
        return {std::string{label.substr(0, at)}, std::string{label.substr(at + kBetween.size())}};
    const bool system = std::any_of(kSystems.begin(), kSystems.end(),
                                    [&](const Sign& sign) { return sign.name == label; });
    return system ? std::pair{std::string{}, std::string{label}}
                  : std::pair{std::string{label}, std::string{}};
}

}  // namespace portal::text
