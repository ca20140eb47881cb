#include "identity/oidc_discovery.hpp"

namespace portal::identity {
namespace {

using base::JsonDocument;
using base::Result;
using std::chrono::hours;
using std::chrono::minutes;

constexpr hours kKept{6};
constexpr minutes kBetweenAsking{3};
constexpr int kOk = 200;

/// Where the issuer is plain http (loopback, in tests) its addresses may be too.
bool is_fit(std::string_view url, std::string_view issuer) {
    if (base::has_control(url, false) || url.find_first_of(" \"<>\\#") != std::string_view::npos)
        return false;
    return url.starts_with("https://") ||
           (issuer.starts_with("http://") && url.starts_with("http://"));
}

}  // namespace

Result<OidcMetadata> read_metadata(std::string_view json, const std::string& issuer) {
    const auto document = JsonDocument::parse_object(json);
    if (!document) return provider_fault("discovery", "the description is no JSON object");
    if (document->text("issuer") != issuer)
        return provider_fault("discovery.issuer", "the description is of another provider");
    OidcMetadata metadata;
    struct Member {
        const char* name;
        std::string& url;
        bool needed;
    };
    for (const auto& [name, url, needed] :
         {Member{"authorization_endpoint", metadata.authorization, true},
          Member{"token_endpoint", metadata.token, true}, Member{"jwks_uri", metadata.keys, true},
          Member{"userinfo_endpoint", metadata.userinfo, false},
          Member{"end_session_endpoint", metadata.end_session, false}}) {
        url = document->text(name).value_or("");
        if (url.empty() ? needed : !is_fit(url, issuer))
            return provider_fault(std::string{"discovery."} + name, "no address fit to be used");
    }
    metadata.names_itself =
        document->truth("authorization_response_iss_parameter_supported").value_or(false);
    return metadata;
}

bool OidcDiscovery::is_fresh(base::Instant at) const {
    const auto now = clock_.now();
    return at <= now && now - at < kKept;
}

Result<std::shared_ptr<const OidcMetadata>> OidcDiscovery::metadata() {
    {
        const std::lock_guard lock{mutex_};
        if (metadata_.value && is_fresh(metadata_.at)) return metadata_.value;
    }
    net::HttpRequest request;
    request.url = issuer_;
    if (request.url.ends_with('/')) request.url.pop_back();
    request.url += "/.well-known/openid-configuration";
    PORTAL_TRY(answer, line_.send(std::move(request), "discovery"));
    if (answer.status != kOk) return provider_fault("discovery", "the provider has no description");
    PORTAL_TRY(read, read_metadata(answer.body, issuer_));
    auto made = std::make_shared<const OidcMetadata>(std::move(read));
    const std::lock_guard lock{mutex_};
    metadata_ = {made, clock_.now()};
    return made;
}

Result<std::shared_ptr<const KeySet>> OidcDiscovery::fetch_keys() {
    PORTAL_TRY(known, metadata());
    net::HttpRequest request;
    request.url = known->keys;
    PORTAL_TRY(answer, line_.send(std::move(request), "jwks"));
    auto set = KeySet::parse(answer.body);
    if (answer.status != kOk || !set || set->empty())
        return provider_fault("jwks", "the provider has no keys of ours");
    auto made = std::make_shared<const KeySet>(*std::move(set));
    const std::lock_guard lock{mutex_};
    keys_ = {made, clock_.now()};
    return made;
}

Result<std::shared_ptr<const KeySet>> OidcDiscovery::keys() {
    {
        const std::lock_guard lock{mutex_};
        if (keys_.value && is_fresh(keys_.at)) return keys_.value;
    }
    return fetch_keys();
}

Result<std::shared_ptr<const KeySet>> OidcDiscovery::newer_keys() {
    {
        const std::lock_guard lock{mutex_};
        const auto now = clock_.now();
        if (asked_again_at_ <= now && now - asked_again_at_ < kBetweenAsking) return keys_.value;
        asked_again_at_ = now;
    }
    return fetch_keys();
}

}  // namespace portal::identity
