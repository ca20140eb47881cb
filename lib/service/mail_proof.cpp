#include "service/mail_proof.hpp"

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "store/account_budget.hpp"

namespace portal::service {
namespace {

using base::ErrorCode;
using base::N_;
using crypto::KeyUse;

constexpr std::int64_t kTries = 5;
constexpr std::size_t kDigits = 4;
constexpr unsigned kCodes = 10'000;
constexpr std::chrono::days kRemembered{7};  // longer than any link works

std::string mark_under(const crypto::Key& key, const base::Bytes& link_hash) {
    return base::format_base64url(
        crypto::hmac_sha256(key, "browser-mark|" + base::format_hex(link_hash)));
}

std::string code_under(const crypto::Key& key, const base::Bytes& link_hash) {
    const auto digest = crypto::hmac_sha256(key, "mail-code|" + base::format_hex(link_hash));
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i) number = (number << 8U) | digest[i];
    auto text = std::to_string(number % kCodes);
    text.insert(0, kDigits - text.size(), '0');
    return text;
}

/// Whether any of our keys makes this text of the link.
bool is_ours(const Services& services, KeyUse use, const base::Bytes& link_hash,
             std::string_view told) {
    const auto make = use == KeyUse::code ? code_under : mark_under;
    bool same = false;
    for (const auto id : services.keys.ids())
        same |= crypto::constant_time_equal(
            crypto::hash_token(make(*services.keys.find(id, use), link_hash)),
            crypto::hash_token(told));
    return same;
}

base::Result<std::string> read_mail_code(std::string_view typed) {
    std::string digits;
    for (const char c : base::trim(typed))
        if (c != ' ' && c != '-') digits += c;
    if (digits.size() != kDigits || digits.find_first_not_of("0123456789") != std::string::npos)
        return base::invalid("mail_code",
                             N_("Write the four digits that stand in the e-mail, below the link."));
    return digits;
}

}  // namespace

base::Secret make_browser_mark(const Services& services, const base::Bytes& link_hash) {
    return base::Secret{mark_under(services.keys.newest_key(KeyUse::form), link_hash)};
}

base::Secret make_mail_code(const Services& services, const base::Bytes& link_hash) {
    return base::Secret{code_under(services.keys.newest_key(KeyUse::code), link_hash)};
}

bool has_asked(const Services& services, const base::Bytes& link_hash, const LinkOpener& opener) {
    return !opener.mark.empty() && is_ours(services, KeyUse::form, link_hash, opener.mark);
}

base::Status check_opener(Session& session, const base::Bytes& link_hash,
                          const LinkOpener& opener) {
    const auto& services = session.services();
    if (has_asked(services, link_hash, opener)) return {};
    PORTAL_TRY(digits, read_mail_code(opener.typed));
    const auto now = session.now();
    const auto subject =
        crypto::blind_index(services.keys, "mail-code|" + base::format_hex(link_hash));
    PORTAL_TRY(within, services.store.write(session.tenant().id, [&](store::Tx& tx) {
        return store::spend_budget(tx, subject, {kTries, now, now - kRemembered});
    }));
    if (!within)
        return base::make_error(ErrorCode::not_found,
                                N_("There were too many wrong tries. Ask for a new link."));
    if (is_ours(services, KeyUse::code, link_hash, digits)) return {};
    auto error = base::make_error(ErrorCode::unauthenticated,
                                  N_("The digits are not right. Look at the latest e-mail."));
    error.field = "mail_code";
    return error;
}

}  // namespace portal::service
