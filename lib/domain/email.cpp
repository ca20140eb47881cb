#include "domain/email.hpp"

#include <algorithm>

#include "base/encoding.hpp"

namespace portal::domain {
namespace {

constexpr std::size_t kMaxLocal = 64;
constexpr std::size_t kMaxDomain = 253;
constexpr std::size_t kMaxLabel = 63;

bool is_alphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// RFC 5322 atext.
bool is_atom(char c) {
    constexpr std::string_view kSigns = "!#$%&'*+-/=?^_`{|}~";
    return is_alphanumeric(c) || kSigns.find(c) != std::string_view::npos;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Atoms between single dots.
bool is_local_part(std::string_view text) {
    if (text.empty() || text.size() > kMaxLocal) return false;
    for (const auto atom : base::split(text, '.')) {
        if (atom.empty()) return false;
        for (const char c : atom)
            if (!is_atom(c)) return false;
    }
    return true;
}

bool is_label(std::string_view text) {
    if (text.empty() || text.size() > kMaxLabel) return false;
    for (const char c : text)
        if (!is_alphanumeric(c) && c != '-') return false;
    return text.front() != '-' && text.back() != '-';
}

bool is_domain(std::string_view text) {
    if (text.size() > kMaxDomain) return false;
    const auto labels = base::split(text, '.');
    if (labels.size() < 2) return false;
    for (const auto label : labels)
        if (!is_label(label)) return false;
    // A last label of digits would be an IPv4 address.
    return labels.back().find_first_not_of("0123456789") != std::string_view::npos;
}

/// The invisible: no-break and zero-width spaces, marks of direction, the byte order mark.
bool has_invisible(std::string_view text) {
    for (const std::string_view each :
         {"\u00a0", "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff"})
        if (text.find(each) != std::string_view::npos) return true;
    return false;
}

}  // namespace

base::Result<base::Email> parse_email(std::string_view text) {
    const auto bad = base::invalid("", base::N_("Write the e-mail address like anna@example.org."));
    text = base::trim(text);
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || base::has_control(text, false) || has_invisible(text))
        return bad;
    const auto local = text.substr(0, at);
    const auto domain = text.substr(at + 1);
    if (base::is_utf8(local) && !is_ascii(local))
        return base::invalid("", base::N_("Mail cannot be sent yet to an address with letters "
                                          "beyond a to z before the @. Write another one."));
    if (!is_local_part(local) || !is_domain(domain)) return bad;
    return base::Email{std::string{local} + '@' + base::lower_ascii(domain)};
}

std::string canonical_email(const base::Email& email) {
    return base::lower_ascii(email.reveal());
}

std::string_view local_part(const base::Email& email) {
    const std::string_view text = email.reveal();
    return text.substr(0, std::min(text.rfind('@'), text.size()));
}

std::string mask_email(const base::Email& email) {
    const std::string_view text = email.reveal();
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0) return "***";
    std::size_t first = 1;  // bytes of the first character
    while (first < at && (static_cast<unsigned char>(text[first]) & 0xc0U) == 0x80U) ++first;
    return std::string{text.substr(0, first)} + "***" + std::string{text.substr(at)};
}

}  // namespace portal::domain
