// What a provider publishes of itself, kept for hours: its description and its keys. Private to
// OidcProvider. Thread rule: any thread; two that find it old ask the provider both, which is
// harmless. Source: OpenID Connect Discovery 1.0 sections 3 and 4, RFC 9207.
#pragma once

#include <memory>
#include <mutex>

#include "identity/jwt.hpp"
#include "identity/oidc.hpp"
#include "identity/provider_line.hpp"

namespace portal::identity {

struct OidcMetadata {
    std::string authorization;
    std::string token;
    std::string keys;
    std::string userinfo;       // empty: there is none
    std::string end_session;    // empty: there is none
    bool names_itself = false;  // the callback always carries iss (RFC 9207)
};
/// unavailable, field "discovery.<member>": it is another provider's, or an address is not fit to
/// send secrets to.
base::Result<OidcMetadata> read_metadata(std::string_view json, const std::string& issuer);

class OidcDiscovery {
  public:
    OidcDiscovery(std::string issuer, ProviderLine& line, const base::Clock& clock)
        : issuer_(std::move(issuer)), line_(line), clock_(clock) {}

    base::Result<std::shared_ptr<const OidcMetadata>> metadata();
    base::Result<std::shared_ptr<const KeySet>> keys();
    /// Asks again because a token names a key that is not there; none where that was done in the
    /// last minutes.
    base::Result<std::shared_ptr<const KeySet>> newer_keys();

  private:
    template <class T>
    struct Kept {
        std::shared_ptr<const T> value;
        base::Instant at{};
    };
    base::Result<std::shared_ptr<const KeySet>> fetch_keys();
    /// False after hours, and where the clock went back.
    [[nodiscard]] bool is_fresh(base::Instant at) const;

    const std::string issuer_;
    ProviderLine& line_;
    const base::Clock& clock_;
    std::mutex mutex_;  // guards what follows; never held while the provider is asked
    Kept<OidcMetadata> metadata_;
    Kept<KeySet> keys_;
    base::Instant asked_again_at_{};
};

}  // namespace portal::identity
