#include "identity/provider_line.hpp"

#include "catch.hpp"
#include "identity/oidc.hpp"

using namespace portal;

TEST_CASE("a provider that does not answer three times is left in peace for a while", "[oidc]") {
    const base::SystemClock clock;
    identity::ProviderLine line{{"", base::Millis{2'000}}, clock};
    net::HttpRequest request;
    request.url = "http://127.0.0.1:1/";
    for (int i = 0; i < 3; ++i) {
        const auto answer = line.send(request, "token");
        REQUIRE_FALSE(answer);
        CHECK(answer.error().key == "the provider does not answer");
    }
    const auto answer = line.send(request, "token");
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == base::ErrorCode::unavailable);
    CHECK(answer.error().field == "token");
    CHECK(answer.error().key == "the provider did not answer a moment ago");
}

TEST_CASE("nobody is sent to a provider that cannot be asked who it is", "[oidc]") {
    const base::SystemClock clock;
    identity::OidcOptions options;
    options.issuer = "http://127.0.0.1:1";
    options.client_id = "portal";
    identity::OidcProvider provider{options, clock};
    base::SystemRandom random;
    const auto url = provider.authorization_url({}, identity::make_proof(random));
    REQUIRE_FALSE(url);
    CHECK(url.error().code == base::ErrorCode::unavailable);
    CHECK(url.error().field == "discovery");
}
