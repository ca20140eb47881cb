#include "identity/oidc.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/digest.hpp"
#include "crypto/token.hpp"
#include "identity/id_token.hpp"
#include "identity/oidc_discovery.hpp"

namespace portal::identity {
namespace {

using base::JsonDocument;
using base::Result;
using base::Secret;

constexpr int kOk = 200;
constexpr int kBadRequest = 400;
constexpr int kUnauthorized = 401;
constexpr std::size_t kLongestCode = 2048;

using Parameters = std::vector<std::pair<std::string, std::string>>;

std::string format_parameters(const Parameters& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters) {
        if (value.empty()) continue;
        text += (text.empty() ? "" : "&") + net::percent_encode(name) + "=" +
                net::percent_encode(value);
    }
    return text;
}

std::string with_query(const std::string& address, const Parameters& parameters) {
    const char separator = address.find('?') == std::string::npos ? '?' : '&';
    return address + separator + format_parameters(parameters);
}

base::Error refuse(std::string field, const char* why) {
    auto error = base::make_error(base::ErrorCode::unauthenticated, why);
    error.field = std::move(field);
    return error;
}

/// A provider's error code, as it may be logged: "access_denied"; empty for anything else.
std::string error_code(std::string_view text) {
    constexpr std::size_t kLongest = 40;
    const bool plain = text.size() <= kLongest && std::all_of(text.begin(), text.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || c == '_';
                       });
    return plain ? std::string{text} : std::string{};
}

base::Status check_issuer(const OidcCallback& callback, const OidcOptions& options,
                          const OidcMetadata& metadata) {
    if (callback.issuer.empty() ? metadata.names_itself : callback.issuer != options.issuer)
        return refuse("callback.iss", "the answer is of another provider");
    return {};
}

base::Status check_code(const OidcCallback& callback) {
    if (!callback.error.empty())
        return refuse("callback." + error_code(callback.error), "the provider says no");
    if (callback.code.empty() || callback.code.size() > kLongestCode)
        return refuse("callback.code", "there is no code");
    return {};
}

struct Tokens {
    std::string id_token;
    Secret access_token;
};

/// RFC 6749 sections 5.1 and 5.2.
Result<Tokens> read_tokens(const net::HttpAnswer& answer) {
    const auto body = JsonDocument::parse_object(answer.body);
    if (answer.status == kBadRequest || answer.status == kUnauthorized) {
        const auto code = body ? error_code(body->text("error").value_or("")) : std::string{};
        if (code == "invalid_grant") return refuse("token." + code, "the code is refused");
        return provider_fault("token." + code, "the provider refuses this client");
    }
    if (answer.status != kOk || !body) return provider_fault("token", "no answer of ours");
    if (base::lower_ascii(body->text("token_type").value_or("bearer")) != "bearer")
        return provider_fault("token.token_type", "no bearer token");
    const auto id_token = body->text("id_token");
    if (!id_token) return refuse("token.id_token", "there is no ID token");
    return Tokens{*id_token, Secret{body->text("access_token").value_or("")}};
}

net::HttpRequest token_request(const OidcOptions& options, const OidcMetadata& metadata,
                               const std::string& code, const OidcExpectation& expected) {
    Parameters form{{"grant_type", "authorization_code"},
                    {"code", code},
                    {"redirect_uri", expected.redirect_uri},
                    {"code_verifier", expected.proof.verifier.reveal()}};
    net::HttpRequest request;
    request.method = "POST";
    request.url = metadata.token;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"Accept", "application/json"}};
    const auto& secret = options.client_secret.reveal();
    if (options.secret_in_body || secret.empty()) {
        form.emplace_back("client_id", options.client_id);
        form.emplace_back("client_secret", secret);
    } else {
        // Each is form-urlencoded before they are joined: RFC 6749 section 2.3.1.
        const auto pair =
            net::percent_encode(options.client_id) + ":" + net::percent_encode(secret);
        request.headers.emplace_back("Authorization",
                                     "Basic " + base::format_base64(base::as_bytes(pair)));
    }
    request.body = format_parameters(form);
    return request;
}

/// Whether something that we want to know is not in the ID token.
bool wants_userinfo(const JsonDocument& claims, const ClaimNames& names) {
    const auto lacks = [&](const std::string& name) {
        return !name.empty() && claims.find(name) == nullptr;
    };
    return lacks(names.subject) || lacks(names.national_id) ||
           (lacks(names.name) && lacks(names.given_name));
}

}  // namespace

struct OidcProvider::State {
    State(const OidcOptions& from, const base::Clock& clock)
        : options(from),
          now(clock),
          line({from.ca_file, from.timeout}, clock),
          discovery(from.issuer, line, clock) {}

    const OidcOptions& options;
    const base::Clock& now;
    ProviderLine line;
    OidcDiscovery discovery;

    Result<Tokens> redeem(const OidcMetadata& metadata, const std::string& code,
                          const OidcExpectation& expected);
    /// Its signature, by the keys of the provider, asked for again where it names an unknown one.
    base::Status check_signed(const Jwt& token);
    Result<Jwt> check_id_token(const Tokens& tokens, const OidcExpectation& expected);
    Result<JsonDocument> userinfo(const OidcMetadata& metadata, const Tokens& tokens,
                                  const std::string& subject);
    Result<OidcPerson> finish(const OidcCallback& callback, const OidcExpectation& expected);
};

Result<Tokens> OidcProvider::State::redeem(const OidcMetadata& metadata, const std::string& code,
                                           const OidcExpectation& expected) {
    PORTAL_TRY(answer, line.send(token_request(options, metadata, code, expected), "token"));
    return read_tokens(answer);
}

base::Status OidcProvider::State::check_signed(const Jwt& token) {
    PORTAL_TRY(keys, discovery.keys());
    auto verdict = check_signature(token, *keys, options.algorithms);
    if (verdict == SignatureVerdict::unknown_key) {
        PORTAL_TRY(newer, discovery.newer_keys());
        verdict = check_signature(token, *newer, options.algorithms);
    }
    switch (verdict) {
        case SignatureVerdict::good:
            return {};
        case SignatureVerdict::algorithm_refused:
            return refuse_token("alg", "the token is signed in a way that is not allowed");
        case SignatureVerdict::unknown_key:
            return refuse_token("kid", "the token names a key that the provider has not");
        case SignatureVerdict::bad:
            break;
    }
    return refuse_token("signature", "the token's signature is wrong");
}

Result<Jwt> OidcProvider::State::check_id_token(const Tokens& tokens,
                                                const OidcExpectation& expected) {
    auto token = parse_jwt(tokens.id_token);
    if (!token) return refuse_token("form", "not a signed token");
    PORTAL_TRYV(check_addressee(*token, options));
    PORTAL_TRYV(check_signed(*token));
    PORTAL_TRYV(check_claims(*token, {options, expected, tokens.access_token, now.now()}));
    return *std::move(token);
}

Result<JsonDocument> OidcProvider::State::userinfo(const OidcMetadata& metadata,
                                                   const Tokens& tokens,
                                                   const std::string& subject) {
    net::HttpRequest request;
    request.url = metadata.userinfo;
    request.headers = {{"Authorization", "Bearer " + tokens.access_token.reveal()},
                       {"Accept", "application/json"}};
    PORTAL_TRY(answer, line.send(std::move(request), "userinfo"));
    if (answer.status != kOk) return provider_fault("userinfo", "the provider tells nothing");
    auto claims = JsonDocument::parse_object(answer.body);
    if (answer.header("content-type").starts_with("application/jwt")) {
        const auto token = parse_jwt(base::trim(answer.body));
        if (!token) return refuse("userinfo.form", "not a signed token");
        PORTAL_TRYV(check_signed(*token));
        if (token->claims.find("iss") != nullptr && token->claims.text("iss") != options.issuer)
            return refuse("userinfo.iss", "the answer is of another provider");
        claims = token->claims;
    }
    if (!claims) return provider_fault("userinfo", "no answer of ours");
    if (claims->text("sub") != subject)
        return refuse("userinfo.sub", "the answer is of another person");
    return *std::move(claims);
}

Result<OidcPerson> OidcProvider::State::finish(const OidcCallback& callback,
                                               const OidcExpectation& expected) {
    PORTAL_TRY(metadata, discovery.metadata());
    PORTAL_TRYV(check_issuer(callback, options, *metadata));
    PORTAL_TRYV(check_code(callback));
    PORTAL_TRY(tokens, redeem(*metadata, callback.code, expected));
    PORTAL_TRY(token, check_id_token(tokens, expected));
    std::optional<JsonDocument> more;
    if (!metadata->userinfo.empty() && !tokens.access_token.empty() &&
        wants_userinfo(token.claims, options.claims)) {
        PORTAL_TRY(answer, userinfo(*metadata, tokens, token.claims.text("sub").value_or("")));
        more = std::move(answer);
    }
    auto person = read_person(token.claims, more ? &*more : nullptr, options);
    if (person.subject.empty()) return refuse_token("sub", "the token has no subject of ours");
    if (token.claims.find(options.claims.national_id) == nullptr)
        person.id_token = Secret{tokens.id_token};
    return person;
}

OidcProof make_proof(base::Random& random) {
    return {crypto::make_token(random), crypto::make_token(random), crypto::make_token(random)};
}

std::string pkce_challenge(const Secret& verifier) {
    return base::format_base64url(crypto::sha256(verifier.reveal()));
}

OidcProvider::OidcProvider(OidcOptions options, const base::Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      state_(std::make_unique<State>(options_, clock_)) {}
OidcProvider::~OidcProvider() = default;

Result<std::string> OidcProvider::authorization_url(const OidcAsk& ask, const OidcProof& proof) {
    PORTAL_TRY(metadata, state_->discovery.metadata());
    Parameters parameters{{"response_type", "code"},
                          {"client_id", options_.client_id},
                          {"redirect_uri", ask.redirect_uri},
                          {"scope", ask.for_national_id ? options_.match_scopes : options_.scopes},
                          {"state", proof.state.reveal()},
                          {"nonce", proof.nonce.reveal()},
                          {"code_challenge", pkce_challenge(proof.verifier)},
                          {"code_challenge_method", "S256"},
                          {"acr_values", options_.acr_values},
                          {"ui_locales", ask.language},
                          {"prompt", ask.fresh ? "login" : ""},
                          {"max_age", ask.max_age ? std::to_string(ask.max_age->count()) : ""}};
    for (const auto& [name, value] : options_.extra)
        parameters.emplace_back(name, value == "{language}" ? ask.language : value);
    return with_query(metadata->authorization, parameters);
}

base::Status OidcProvider::check_callback(const OidcCallback& callback) {
    PORTAL_TRY(metadata, state_->discovery.metadata());
    return check_issuer(callback, options_, *metadata);
}

Result<OidcPerson> OidcProvider::finish(const OidcCallback& callback,
                                        const OidcExpectation& expected) {
    return state_->finish(callback, expected);
}

Result<std::optional<std::string>> OidcProvider::logout_url(const Secret& id_token,
                                                            std::string_view return_to) {
    PORTAL_TRY(metadata, state_->discovery.metadata());
    if (metadata->end_session.empty()) return std::optional<std::string>{};
    return std::optional{
        with_query(metadata->end_session, {{"id_token_hint", id_token.reveal()},
                                           {"client_id", options_.client_id},
                                           {"post_logout_redirect_uri", std::string{return_to}}})};
}

}  // namespace portal::identity
