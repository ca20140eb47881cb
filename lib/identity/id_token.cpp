#include "identity/id_token.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"

namespace portal::identity {
namespace {

using base::JsonDocument;
using base::Status;
using std::chrono::seconds;

constexpr seconds kSkew{60};
constexpr seconds kOldest{600};  // we asked for it just now; brokers' tokens live five minutes
constexpr std::size_t kLongestSubject = 255;
constexpr std::size_t kLongestName = 200;

bool same_text(std::string_view a, std::string_view b) {
    return crypto::constant_time_equal(base::as_bytes(a), base::as_bytes(b));
}

std::optional<base::Instant> time_of(const JsonDocument& claims, std::string_view name) {
    constexpr std::int64_t kLast = 253'402'300'799;  // 9999-12-31
    const auto value = claims.number(name);
    if (!value || *value < 0 || *value > kLast) return std::nullopt;
    return base::Instant{seconds{*value}};
}

Status check_times(const JsonDocument& claims, base::Instant now) {
    const auto expires = time_of(claims, "exp");
    if (!expires || now >= *expires + kSkew) return refuse_token("exp", "the token is too old");
    const auto from = time_of(claims, "nbf");
    if (claims.find("nbf") != nullptr && (!from || now + kSkew < *from))
        return refuse_token("nbf", "the token is not valid yet");
    const auto issued = time_of(claims, "iat");
    if (!issued || *issued > now + kSkew || *issued < now - kOldest - kSkew)
        return refuse_token("iat", "the token was not made just now");
    return {};
}

Status check_age(const JsonDocument& claims, const IdTokenRules& rules) {
    if (!rules.expected.max_age) return {};
    const auto at = time_of(claims, "auth_time");
    if (!at || *at > rules.now + kSkew || *at + *rules.expected.max_age + kSkew < rules.now)
        return refuse_token("auth_time", "the person proved who it is too long ago");
    return {};
}

Status check_level(const JsonDocument& claims, const IdTokenRules& rules) {
    const auto& levels = rules.options.levels;
    const auto& least = rules.expected.least_level;
    if (least.empty()) return {};
    const auto asked = std::find(levels.begin(), levels.end(), least);
    const auto reached = std::find(levels.begin(), levels.end(), level_of(claims, rules.options));
    if (asked == levels.end() || reached == levels.end() || reached < asked)
        return refuse_token("acr", "the level of assurance is too low");
    return {};
}

Status check_subject(const JsonDocument& claims) {
    const auto subject = claims.text("sub").value_or("");
    if (subject.empty() || subject.size() > kLongestSubject || base::has_control(subject, false))
        return refuse_token("sub", "the token has no subject of ours");
    return {};
}

/// A name as people have it; empty for anything else.
std::string name_of(std::optional<std::string> text) {
    if (!text || text->size() > kLongestName || base::has_control(*text, false)) return {};
    return std::string{base::trim(*text)};
}

}  // namespace

base::Error refuse_token(std::string_view name, const char* why) {
    auto error = base::make_error(base::ErrorCode::unauthenticated, why);
    error.field = "id_token." + std::string{name};
    return error;
}

Status check_addressee(const Jwt& token, const OidcOptions& options) {
    const auto& claims = token.claims;
    if (!token.type.empty() && token.type != "jwt")
        return refuse_token("typ", "the token is of another kind");
    if (claims.text("iss") != options.issuer)
        return refuse_token("iss", "the token is of another provider");
    const auto audience = claims.texts("aud");
    if (std::find(audience.begin(), audience.end(), options.client_id) == audience.end())
        return refuse_token("aud", "the token is for somebody else");
    const bool has_party = claims.find("azp") != nullptr;
    if (audience.size() > 1 && !has_party)
        return refuse_token("aud", "the token is for others too");
    if (has_party && claims.text("azp") != options.client_id)
        return refuse_token("azp", "the token was made for another party");
    return {};
}

Status check_claims(const Jwt& token, const IdTokenRules& rules) {
    const auto& claims = token.claims;
    PORTAL_TRYV(check_times(claims, rules.now));
    const auto& nonce = rules.expected.proof.nonce;
    if (nonce.empty() || !same_text(claims.text("nonce").value_or(""), nonce.reveal()))
        return refuse_token("nonce", "the token answers another question");
    PORTAL_TRYV(check_level(claims, rules));
    PORTAL_TRYV(check_age(claims, rules));
    if (claims.find("at_hash") != nullptr &&
        claims.text("at_hash") != half_hash(rules.access_token))
        return refuse_token("at_hash", "the access token is not the token's own");
    return check_subject(claims);
}

std::string level_of(const JsonDocument& claims, const OidcOptions& options) {
    auto level = claims.text(options.claims.level);
    if (!level) level = claims.text("acr");
    const auto& known = options.levels;
    if (!level || std::find(known.begin(), known.end(), *level) == known.end()) return {};
    return *level;
}

OidcPerson read_person(const JsonDocument& token, const JsonDocument* userinfo,
                       const OidcOptions& options) {
    const auto text = [&](const std::string& name) -> std::optional<std::string> {
        if (name.empty()) return std::nullopt;
        if (auto own = token.text(name)) return own;
        return userinfo == nullptr ? std::nullopt : userinfo->text(name);
    };
    const auto& names = options.claims;
    OidcPerson person;
    person.issuer = options.issuer;
    person.subject = text(names.subject).value_or("");
    person.national_id = base::NationalId{text(names.national_id).value_or("")};
    if (!names.has_national_id.empty()) {
        person.has_national_id = token.truth(names.has_national_id);
        if (!person.has_national_id && userinfo != nullptr)
            person.has_national_id = userinfo->truth(names.has_national_id);
    }
    person.country = text(names.country).value_or("");
    person.name = name_of(text(names.name));
    person.given_name = name_of(text(names.given_name));
    person.family_name = name_of(text(names.family_name));
    person.level = level_of(token, options);
    person.authenticated_at =
        time_of(token, "auth_time").value_or(time_of(token, "iat").value_or(base::Instant{}));
    return person;
}

bool is_name_withheld(std::string_view name) {
    return name.find("ADRESSEBESKYTTET") != std::string_view::npos;
}

}  // namespace portal::identity
