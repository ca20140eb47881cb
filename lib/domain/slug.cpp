#include "domain/slug.hpp"

#include <algorithm>
#include <array>

namespace portal::domain {
namespace {

constexpr std::size_t kMinSlug = 2;
constexpr std::size_t kMaxSlug = 40;

/// Names that an operator, a mail server or a browser gives a meaning of its own.
constexpr auto kReserved = std::to_array<std::string_view>(
    {"account",    "admin",        "administrator", "api",        "app",     "auth",
     "autoconfig", "autodiscover", "bankid",        "beta",       "blog",    "broadcasthost",
     "cdn",        "demo-admin",   "dev",           "dns",        "docs",    "ftp",
     "help",       "hostmaster",   "imap",          "info",       "isatap",  "localdomain",
     "localhost",  "login",        "logout",        "mail",       "metrics", "mitid",
     "mx",         "ns",           "ns1",           "ns2",        "ntp",     "pop",
     "pop3",       "portal",       "portald",       "postmaster", "root",    "security",
     "smtp",       "ssl",          "staff",         "staging",    "static",  "status",
     "support",    "system",       "test",          "tls",        "video",   "webmaster",
     "webmail",    "wpad",         "www",           "www1",       "www2"});

struct Letter {
    std::string_view from;  // one character in UTF-8
    std::string_view to;
};
constexpr auto kLetters = std::to_array<Letter>(
    {{"å", "a"},
     {"Å", "a"},
     {"ä", "a"},
     {"Ä", "a"},
     {"á", "a"},
     {"Á", "a"},
     {"à", "a"},
     {"À", "a"},
     {"â", "a"},
     {"Â", "a"},
     {"ã", "a"},
     {"Ã", "a"},
     {"ö", "o"},
     {"Ö", "o"},
     {"ø", "o"},
     {"Ø", "o"},
     {"ó", "o"},
     {"Ó", "o"},
     {"ò", "o"},
     {"Ò", "o"},
     {"ô", "o"},
     {"Ô", "o"},
     {"õ", "o"},
     {"Õ", "o"},
     {"æ", "ae"},
     {"Æ", "ae"},
     {"œ", "oe"},
     {"Œ", "oe"},
     {"é", "e"},
     {"É", "e"},
     {"è", "e"},
     {"È", "e"},
     {"ê", "e"},
     {"Ê", "e"},
     {"ë", "e"},
     {"Ë", "e"},
     {"í", "i"},
     {"Í", "i"},
     {"ì", "i"},
     {"Ì", "i"},
     {"î", "i"},
     {"Î", "i"},
     {"ï", "i"},
     {"Ï", "i"},
     {"ú", "u"},
     {"Ú", "u"},
     {"ù", "u"},
     {"Ù", "u"},
     {"û", "u"},
     {"Û", "u"},
     {"ü", "u"},
     {"Ü", "u"},
     {"ý", "y"},
     {"Ý", "y"},
     {"ç", "c"},
     {"Ç", "c"},
     {"ñ", "n"},
     {"Ñ", "n"},
     {"ß", "ss"},
     {"þ", "th"},
     {"Þ", "th"},
     {"ð", "d"},
     {"Ð", "d"},
     {"š", "s"},
     {"Š", "s"},
     {"ž", "z"},
     {"Ž", "z"},
     {"č", "c"},
     {"Č", "c"},
     {"đ", "d"},
     {"Đ", "d"},
     {"ł", "l"},
     {"Ł", "l"},
     // Combining marks, as some file systems and phones write å: the letter stays, they go.
     {"\u0300", ""},
     {"\u0301", ""},
     {"\u0302", ""},
     {"\u0303", ""},
     {"\u0308", ""},
     {"\u030a", ""},
     {"'", ""},
     {"\u2019", ""}});

bool is_slug_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/// Takes one character off `rest` and gives what it becomes; "-" where it has no letter.
std::string take_character(std::string_view& rest) {
    for (const auto& [from, to] : kLetters) {
        if (!rest.starts_with(from)) continue;
        rest.remove_prefix(from.size());
        return std::string{to};
    }
    char c = rest.front();
    rest.remove_prefix(1);
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::string{is_slug_letter(c) ? c : '-'};
}

}  // namespace

std::string make_slug(std::string_view organisation) {
    std::string slug;
    while (!organisation.empty()) {
        const auto piece = take_character(organisation);
        const bool doubled = piece == "-" && (slug.empty() || slug.back() == '-');
        if (!doubled) slug += piece;
    }
    while (!slug.empty() && slug.front() >= '0' && slug.front() <= '9') slug.erase(0, 1);
    while (slug.starts_with('-')) slug.erase(0, 1);
    if (slug.size() > kMaxSlug) {
        // At a word's end where one is near.
        const auto hyphen = slug.rfind('-', kMaxSlug);
        slug.resize(hyphen != std::string::npos && hyphen > kMaxSlug / 2 ? hyphen : kMaxSlug);
    }
    while (slug.ends_with('-')) slug.pop_back();
    return slug;
}

base::Status check_slug(std::string_view slug) {
    const bool length = slug.size() >= kMinSlug && slug.size() <= kMaxSlug;
    const bool letters =
        std::all_of(slug.begin(), slug.end(), [](char c) { return is_slug_letter(c) || c == '-'; });
    if (!length || !letters || slug.front() < 'a' || slug.front() > 'z' || slug.back() == '-' ||
        slug.find("--") != std::string_view::npos)
        return base::invalid("", base::N_("Write the short name with 2 to 40 of a-z, 0-9 and "
                                          "single hyphens, a letter first."));
    if (std::find(kReserved.begin(), kReserved.end(), slug) != kReserved.end())
        return base::invalid("", base::N_("The short name '{1}' is reserved; choose another."),
                             {std::string{slug}});
    return {};
}

}  // namespace portal::domain
