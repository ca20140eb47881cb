#include <string>

#include "base/error.hpp"
#include "catch.hpp"
#include "config/config.hpp"
#include "config/settings_table.hpp"

using namespace portal;

namespace {

config::Settings with(const std::string& issuer) {
    auto settings = config::defaults();
    settings.mitid.issuer = issuer;
    settings.mitid.client_id = "portal";
    return settings;
}

/// The settings that do not fit, as one text.
std::string faults(const config::Settings& settings, bool test_hooks = false) {
    std::string names;
    for (const auto& error : check_together(settings, test_hooks)) names += error.field + " ";
    return names;
}

}  // namespace

TEST_CASE("a provider is there with an https issuer and a client id", "[openid]") {
    CHECK(faults(config::defaults()).empty());
    CHECK(faults(with("https://pp.netseidbroker.dk/op")).empty());
    auto nameless = with("https://op.example");
    nameless.mitid.client_id.clear();
    CHECK(faults(nameless) == "mitid.client_id ");
}

TEST_CASE("plain http is for providers of tests, on this machine alone", "[openid]") {
    CHECK(faults(with("http://127.0.0.1:1234"), true).empty());
    CHECK(faults(with("http://127.0.0.1:1234")) == "mitid.issuer ");
    CHECK(faults(with("http://op.example"), true) == "mitid.issuer ");
}

TEST_CASE("an issuer that would break a header or an address is refused", "[openid]") {
    for (const auto* issuer :
         {"op.example", "https://", "https://op.example?x", "https://op.example#x",
          "https://a@op.example", "https://op.example; form-action *", "https://op.example,x"})
        CHECK(faults(with(issuer)) == "mitid.issuer ");
}

TEST_CASE("what a provider is asked for must make sense", "[openid]") {
    const auto changed = [](void (*change)(config::OpenId&)) {
        auto settings = with("https://op.example");
        change(settings.mitid);
        return faults(settings);
    };
    CHECK(changed([](auto& p) { p.scopes = "mitid"; }) == "mitid.scopes ");
    CHECK(changed([](auto& p) { p.match_scopes = "ssn"; }) == "mitid.match_scopes ");
    CHECK(changed([](auto& p) { p.algorithms = "ES256 none"; }) == "mitid.algorithms ");
    CHECK(changed([](auto& p) { p.algorithms = "HS256"; }) == "mitid.algorithms ");
    CHECK(changed([](auto& p) { p.eid_level = "High"; }) == "mitid.eid_level ");
    CHECK(changed([](auto& p) { p.eid_level.clear(); }) == "mitid.eid_level ");
    CHECK(changed([](auto& p) { p.national_id_country = "no"; }) == "mitid.national_id_country ");
    CHECK(changed([](auto& p) { p.extra = {"idp_values"}; }) == "mitid.extra ");
    CHECK(changed([](auto& p) { p.origins = {"http://x.example"}; }) == "mitid.origins ");
    CHECK(changed([](auto& p) { p.origins = {"https://x.example *"}; }) == "mitid.origins ");
}
