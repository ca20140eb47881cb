// What every use case is given: who asks, at which clinic, and the parts it works with. A use case
// is a plain function `Result<View> verb_noun(Session&, const Command&)`; pages and the admin API
// call the same one. Thread rule: one Session a request, on one thread; Services is shared.
// Source: K5, K28, X1, architecture.md "The path of one act".
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "crypto/keyring.hpp"
#include "crypto/password.hpp"
#include "store/credential.hpp"
#include "store/person.hpp"
#include "store/store.hpp"
#include "store/tenant.hpp"
#include "text/catalogue.hpp"
#include "text/message.hpp"

namespace portal::identity {
class BankId;
}

namespace portal::service {

/// Text messages at most (L9). Codes and messages about visits are counted apart, each against
/// these figures.
struct SmsQuotas {
    int per_number_hour = 6;
    int per_number_day = 20;  // and per person
    int per_network_hour = 60;
    int per_tenant_day = 2000;
    int per_country_day = 5000;
    int per_day = 10'000;
};

struct Options {
    std::string base_domain = "localhost";  // a tenant's host is slug.base_domain
    std::string public_scheme = "https";
    int public_port = 0;  // 0: the scheme's own, not written in links
    std::string mail_from = "portal@localhost";
    int steps_per_account = 10;    // password steps in 15 minutes
    int steps_per_network = 50;    // password steps in a minute
    int code_tries_per_hour = 20;  // of an account
    int codes_per_hour = 10;       // sent to an account
    int code_minutes = 10;
    int code_attempts = 5;
    int link_hours = 72;
    int invitation_days = 7;
    int patient_idle_minutes = 30;
    int patient_absolute_minutes = 720;
    int staff_idle_minutes = 60;
    int staff_absolute_minutes = 720;
    std::string engine = "sqlite";
    SmsQuotas sms_quotas;
    bool sms = false;  // whether there is a provider for text messages at all
    std::vector<domain::LoginMethod> eid_methods{};  // those that are configured
    std::string mitid_label = "MitID";              // as people know it, on the button
    std::string oidc_label{};
};

struct OidcProviders;

/// The parts that all use cases share; everything referred to outlives it.
struct Services {
    store::Store& store;
    const base::Clock& clock;
    base::Random& random;
    const crypto::Keyring& keys;
    crypto::HashGate& hashes;
    const text::Catalogue& catalogue;
    const text::Messages& messages;
    Options options;
    std::function<void()> wake_outbox;    // after a commit that queued something
    const OidcProviders* oidc = nullptr;  // see service/oidc.hpp
    identity::BankId* bankid = nullptr;   // none: not configured
};

struct Principal {
    enum Kind { nobody, patient, relative, staff, operator_, job } kind = nobody;
    // Of patient, relative and staff:
    store::Membership person;
    base::SessionId session;
    base::Bytes session_hash;  // what forms are bound to
    domain::LoginMethod method = domain::LoginMethod::password;
    domain::Assurance assurance = domain::Assurance::link;
    store::ProvedBy rests_on = store::ProvedBy::tenant;
    base::Instant authenticated_at{};  // the last time that he proved himself
    base::Instant expires_at{};        // the session's end, whatever is done
    base::StaffId staff_id;            // of staff
    bool administers = false;          // of staff: the unit's administrator (C54)
    std::uint32_t uid = 0;             // operator
    bool may_read = false;             // operator
    bool may_write = false;            // operator
    [[nodiscard]] bool is_member() const {
        return kind == patient || kind == relative || kind == staff;
    }
    [[nodiscard]] std::string actor() const;  // for the audit: "member:12", "uid:0", "job"
};

/// What a page's request tells of where it comes from; empty for operators and jobs.
struct Browser {
    std::string network;        // the client's address, or its IPv6 /64
    std::string device;         // "Firefox on Windows"
    base::Secret device_token;  // the cookie of a known device
};

class Session {
  public:
    Session(const Services& services, Principal who, std::optional<store::Tenant> clinic,
            text::Language reader)
        : services_(services),
          who_(std::move(who)),
          tenant_(std::move(clinic)),
          language_(reader) {}

    [[nodiscard]] const Services& services() const { return services_; }
    [[nodiscard]] const Principal& who() const { return who_; }
    [[nodiscard]] bool has_tenant() const { return tenant_.has_value(); }
    /// Only where has_tenant(): operations of the installation have none.
    [[nodiscard]] const store::Tenant& tenant() const { return *tenant_; }
    [[nodiscard]] text::Language language() const { return language_; }
    /// What was chosen before the way led through another site.
    void set_language(text::Language language) { language_ = language; }
    [[nodiscard]] base::Instant now() const { return services_.clock.now(); }
    [[nodiscard]] const Browser& browser() const { return browser_; }
    void set_browser(Browser browser) { browser_ = std::move(browser); }

  private:
    const Services& services_;
    Principal who_;
    std::optional<store::Tenant> tenant_;
    text::Language language_;
    Browser browser_;
};

text::Language to_text(domain::Language language);
domain::Language to_domain(text::Language language);
/// "https://demo.example.org" without a slash at its end.
std::string tenant_url(const Options& options, const store::Tenant& tenant);
/// The clinic that has this host; misdirected when none has.
base::Result<store::Tenant> find_tenant_of_host(const Services& services, std::string_view host);
base::Result<store::Tenant> find_tenant_of_slug(const Services& services, std::string_view slug);

}  // namespace portal::service
