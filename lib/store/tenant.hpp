// Tenants' rows. Thread rule: inside a transaction. Source: K1, K5, G8, X1.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/login_policy.hpp"
#include "domain/tenant.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct Tenant {
    base::TenantId id;
    std::string slug;
    std::string host;       // where everybody logs in; lower case, no port
    bool own_host = false;  // not made from the slug
    std::string name;
    std::string address;
    std::string phone;
    domain::Accent accent = domain::Accent::blue;
    std::string zone;
    domain::Country country = domain::Country::se;
    domain::Language language = domain::Language::sv;
    std::vector<domain::Module> modules;
    bool confirmation = false;
    std::vector<std::string> reminders;                                // "30m", "24h"
    domain::BookingLogin booking_login = domain::BookingLogin::first;  // K10
    int room_minutes = 15;                                             // before the start (C32)
    int popup_minutes = 5;              // after the planned end (C40)
    int visit_max_minutes = 240;        // C11
    std::vector<std::string> warnings;  // leads at which staff see what is unconfirmed (N3)
    std::string nudge;                  // the lead of the patient's one nudge; empty: none (D15)
    bool waitlist = false;              // L31
    int waitlist_minutes = 120;         // how long a freed time is held
    bool client_login = false;
    /// By audience; use policy_for.
    domain::AudiencePolicy patient_login;
    domain::AudiencePolicy relative_login;
    domain::AudiencePolicy staff_login;
    domain::FeatureMinima features;  // what a feature asks where it asks more than a login
    domain::Registration registration = domain::Registration::none;
    bool unknown_by_eid = false;  // K13: whoever comes by eID gets a profile
    std::string welcome;          // K17: to new patients; empty: none
    domain::LoginIdentifier login_identifier = domain::LoginIdentifier::email;
    domain::CodeChannel code_channel = domain::CodeChannel::email;
    std::string contact_name;
    base::Email contact_email;
    base::Instant created_at{};
    std::int64_t version = 1;

    [[nodiscard]] bool has(domain::Module module) const;
    [[nodiscard]] const domain::AudiencePolicy& policy_for(domain::Audience audience) const;
};

/// Answers the new id; nullopt when the slug or host is taken.
base::Result<std::optional<base::TenantId>> insert_tenant(Tx& tx, const Tenant& tenant);
base::Result<std::optional<Tenant>> find_tenant_by_host(Tx& tx, std::string_view host);
base::Result<std::optional<Tenant>> find_tenant_by_slug(Tx& tx, std::string_view slug);
base::Result<std::optional<Tenant>> find_tenant(Tx& tx, base::TenantId id);
/// Locked until the transaction ends (PostgreSQL).
base::Result<std::optional<Tenant>> lock_tenant(Tx& tx, base::TenantId id);
base::Result<std::vector<Tenant>> list_tenants(Tx& tx);
base::Result<std::int64_t> count_tenants(Tx& tx);
/// Saves every changeable column and raises the version; stale when the version moved.
base::Status save_tenant(Tx& tx, const Tenant& tenant);

std::span<const Statement> tenant_statements();

}  // namespace portal::store
