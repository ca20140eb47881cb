#include "identity/id_token.hpp"

#include "catch.hpp"
#include "identity/oidc_discovery.hpp"

using namespace portal;
using identity::Jwt;

namespace {

constexpr std::int64_t kNow = 1'900'000'000;
const base::Secret kAccess{"access"};
const std::string kHigh = "https://data.gov.dk/concept/core/nsis/High";
const std::string kSubstantial = "https://data.gov.dk/concept/core/nsis/Substantial";
const std::string kLow = "https://data.gov.dk/concept/core/nsis/Low";

identity::OidcOptions options() {
    identity::OidcOptions made;
    made.issuer = "https://op.example/op";
    made.client_id = "portal";
    made.claims.level = "loa";
    made.claims.national_id = "dk.cpr";
    made.claims.has_national_id = "mitid.has_cpr";
    made.claims.name = "mitid.identity_name";
    made.levels = {kLow, kSubstantial, kHigh};
    return made;
}

identity::OidcExpectation expectation() {
    identity::OidcExpectation made;
    made.proof.nonce = base::Secret{"the-nonce"};
    made.least_level = kSubstantial;
    made.max_age = std::chrono::seconds{300};
    return made;
}

using Claims = std::vector<std::pair<std::string, std::string>>;  // names and JSON values

Claims good_claims() {
    return {{"iss", "\"https://op.example/op\""},
            {"aud", "\"portal\""},
            {"sub", "\"abc\""},
            {"nonce", "\"the-nonce\""},
            {"exp", std::to_string(kNow + 300)},
            {"iat", std::to_string(kNow - 5)},
            {"nbf", std::to_string(kNow - 5)},
            {"auth_time", std::to_string(kNow - 10)},
            {"loa", "\"" + kSubstantial + "\""},
            {"at_hash", "\"" + identity::half_hash(kAccess) + "\""}};
}

/// The good claims with one changed; an empty value takes it away.
std::string with(const std::string& name, const std::string& value) {
    std::string text;
    auto claims = good_claims();
    claims.erase(std::remove_if(claims.begin(), claims.end(),
                                [&](const auto& claim) { return claim.first == name; }),
                 claims.end());
    if (!value.empty()) claims.emplace_back(name, value);
    for (const auto& [key, json] : claims)
        text += (text.empty() ? "{" : ",") + ("\"" + key + "\":") + json;
    return text + "}";
}

base::Status judge(const std::string& json) {
    Jwt token;
    token.claims = *base::JsonDocument::parse_object(json);
    const auto opts = options();
    const auto expected = expectation();
    PORTAL_TRYV(check_addressee(token, opts));
    return check_claims(token,
                        {opts, expected, kAccess, base::Instant{std::chrono::seconds{kNow}}});
}

std::string seconds_from_now(int by) {
    return std::to_string(kNow + by);
}

}  // namespace

TEST_CASE("a whole ID token is taken, also in the types that brokers send", "[oidc]") {
    CHECK(judge(with("", "")));
    CHECK(judge(with("aud", R"(["portal"])")));
    CHECK(judge(with("auth_time", "\"" + seconds_from_now(-10) + "\"")));
    CHECK(judge(with("nbf", "")));
    CHECK(judge(with("at_hash", "")));
    CHECK(judge(with("azp", "\"portal\"")));
    CHECK(judge(with("loa", "\"" + kHigh + "\"")));
    CHECK(judge(with("exp", seconds_from_now(-59))));
    CHECK(judge(with("iat", seconds_from_now(59))));
}

struct Hostile {
    const char* name;
    std::string claim;
    std::string value;  // JSON; empty: absent
};

TEST_CASE("a hostile ID token is refused, and the refusal names the claim", "[oidc]") {
    const std::vector<Hostile> table{
        {"wrong issuer", "iss", "\"https://op.example/op/\""},
        {"issuer in other letters", "iss", "\"https://OP.example/op\""},
        {"no issuer", "iss", ""},
        {"a list of issuers", "iss", R"(["https://op.example/op"])"},
        {"another's", "aud", "\"other\""},
        {"part of our name", "aud", "\"portal2\""},
        {"nobody's", "aud", ""},
        {"an empty list", "aud", "[]"},
        {"others' too", "aud", R"(["portal","other"])"},
        {"made for another", "azp", "\"other\""},
        {"made for a list", "azp", R"(["portal"])"},
        {"too old", "exp", seconds_from_now(-61)},
        {"without end", "exp", ""},
        {"a negative end", "exp", "-1"},
        {"an end that is no number", "exp", "\"soon\""},
        {"not yet", "nbf", seconds_from_now(61)},
        {"a beginning that is no number", "nbf", "true"},
        {"made in the future", "iat", seconds_from_now(61)},
        {"made long ago", "iat", seconds_from_now(-661)},
        {"made at no time", "iat", ""},
        {"made in 1970", "iat", "0"},
        {"made after the year 9999", "iat", "999999999999999"},
        {"another question's", "nonce", "\"another\""},
        {"no question's", "nonce", ""},
        {"an empty one", "nonce", "\"\""},
        {"too low", "loa", "\"" + kLow + "\""},
        {"unknown", "loa", "\"https://data.gov.dk/concept/core/nsis/Substantially\""},
        {"none at all", "loa", ""},
        {"a number", "loa", "3"},
        {"long ago", "auth_time", seconds_from_now(-361)},
        {"at no time", "auth_time", ""},
        {"in the future", "auth_time", seconds_from_now(120)},
        {"of another token", "at_hash", "\"" + identity::half_hash(base::Secret{"other"}) + "\""},
        {"no text", "at_hash", "7"},
        {"none", "sub", ""},
        {"empty", "sub", "\"\""},
        {"a number", "sub", "7"},
        {"too long", "sub", "\"" + std::string(256, 'a') + "\""},
        {"with a line end", "sub", R"("a\nb")"}};
    for (const auto& [name, claim, value] : table) {
        const auto verdict = judge(with(claim, value));
        INFO(claim << ": " << name);
        REQUIRE_FALSE(verdict);
        CHECK(verdict.error().code == base::ErrorCode::unauthenticated);
        const auto field = claim == "loa" ? std::string{"acr"} : claim;
        CHECK(verdict.error().field == "id_token." + field);
    }
}

TEST_CASE("a token of another kind is no ID token", "[oidc]") {
    Jwt token;
    token.claims = *base::JsonDocument::parse_object(with("", ""));
    for (const auto* type : {"at+jwt", "logout+jwt", "application/jwt", "secevent+jwt"}) {
        token.type = type;
        CHECK_FALSE(check_addressee(token, options()));
    }
    token.type = "jwt";
    CHECK(check_addressee(token, options()));
}

TEST_CASE("claims come from the token first, then from userinfo", "[oidc]") {
    const auto token = *base::JsonDocument::parse_object(
        R"({"sub":"s","loa":")" + kHigh + R"(","mitid.has_cpr":"true","name":"not asked"})");
    const auto more = *base::JsonDocument::parse_object(
        R"({"sub":"other","dk.cpr":"0101015678","mitid.identity_name":" Mette Jensen "})");
    const auto person = read_person(token, &more, options());
    CHECK(person.subject == "s");
    CHECK(person.national_id == base::NationalId{"0101015678"});
    CHECK(person.has_national_id == true);
    CHECK(person.name == "Mette Jensen");
    CHECK(person.level == kHigh);
    const auto bare = read_person(token, nullptr, options());
    CHECK(bare.national_id.empty());
    CHECK(identity::is_name_withheld("NAVNE & ADRESSEBESKYTTET"));
    CHECK_FALSE(identity::is_name_withheld("Mette Jensen"));
}

TEST_CASE("the challenge of RFC 7636 appendix B comes out", "[oidc]") {
    CHECK(identity::pkce_challenge(base::Secret{"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}) ==
          "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    base::SystemRandom random;
    const auto proof = identity::make_proof(random);
    CHECK(proof.verifier.reveal().size() == 43);
    CHECK_FALSE(proof.state == proof.nonce);
    CHECK_FALSE(proof.nonce == proof.verifier);
}

TEST_CASE("a description of another provider, or with unfit addresses, is refused", "[oidc]") {
    const std::string issuer = "https://op.example/op";
    const auto description = [&](const std::string& named, const std::string& token) {
        return R"({"issuer":")" + named + R"(","authorization_endpoint":"https://op.example/a",)" +
               R"("token_endpoint":")" + token + R"(","jwks_uri":"https://op.example/k"})";
    };
    const auto good = identity::read_metadata(description(issuer, "https://op.example/t"), issuer);
    REQUIRE(good);
    CHECK(good->userinfo.empty());
    CHECK_FALSE(good->names_itself);
    for (const auto* other :
         {"https://op.example/op/", "https://evil.example/op", "HTTPS://op.example/op", ""})
        CHECK_FALSE(identity::read_metadata(description(other, "https://op.example/t"), issuer));
    for (const auto* token : {"http://op.example/t", "", "ftp://op.example/", "/t",
                              "https://op.example/t#x", "https://op.example/ t"})
        CHECK_FALSE(identity::read_metadata(description(issuer, token), issuer));
    CHECK_FALSE(identity::read_metadata("not json", issuer));
}
