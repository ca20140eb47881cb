#include "service/tenant.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "base/name.hpp"
#include "base/zone.hpp"
#include "crypto/digest.hpp"
#include "domain/booking_state.hpp"
#include "domain/email.hpp"
#include "domain/slug.hpp"
#include "service/authorize.hpp"
#include "service/record_audit.hpp"
#include "store/column.hpp"
#include "text/calendar.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;

std::string default_zone(Country country) {
    return country == Country::dk ? "Europe/Copenhagen" : "Europe/Stockholm";
}
domain::Language default_language(Country country) {
    return country == Country::dk ? domain::Language::da : domain::Language::sv;
}

TenantView view_of(const Session& session, const store::Tenant& t) {
    TenantView view;
    view.slug = t.slug;
    view.name = t.name;
    view.url = tenant_url(session.services().options, t) + "/login";
    view.address = t.address;
    view.phone = t.phone;
    view.accent = t.accent;
    view.zone = t.zone;
    view.language = t.language;
    view.country = t.country;
    view.modules = t.modules;
    view.confirmation = t.confirmation;
    view.reminders = t.reminders;
    view.client_login = t.client_login;
    view.created_at = t.created_at;
    view.version = t.version;
    return view;
}

/// What cannot work as it stands (K3); a policy may be saved so, for a clinic that is being set up.
std::vector<std::string> warnings_of(const store::Tenant& t) {
    std::vector<std::string> warnings;
    if (t.client_login && t.patient_login.methods.empty())
        warnings.emplace_back("no client can log in: client login is on, but no method is allowed");
    if (!t.client_login && !t.patient_login.methods.empty())
        warnings.emplace_back("no client can log in: client login is off");
    return warnings;
}

PolicyView policy_of(const store::Tenant& t) {
    return {t.client_login, t.patient_login.methods, t.login_identifier, t.code_channel,
            warnings_of(t)};
}

/// The line that adds a module and keeps the others.
std::string module_hint(const store::Tenant& t, Module module) {
    std::string words;
    for (const auto each : t.modules) words += std::string{store::enum_text(each)} + ",";
    return "portalctl tenant set " + t.slug + " --modules " + words +
           std::string{store::enum_text(module)};
}

base::Status check_policy(const store::Tenant& t) {
    if (t.login_identifier == LoginIdentifier::national_id && !t.has(Module::cpr_password))
        return base::invalid("identifier", N_("needs the module cpr-password"))
            .with_hint(module_hint(t, Module::cpr_password));
    if (t.code_channel == CodeChannel::sms && !t.has(Module::two_factor_sms))
        return base::invalid("code", N_("sms needs the module two-factor-sms"))
            .with_hint(module_hint(t, Module::two_factor_sms));
    return {};
}

/// A host name of the clinic's own; those under the base domain belong to slugs.
base::Result<std::string> parse_host(const Session& session, std::string_view text) {
    const auto host = base::lower_ascii(text);
    const auto& base_domain = session.services().options.base_domain;
    if (!base::is_public_host_name(host))
        return base::invalid("host", N_("must be a host name like portal.clinic.example"));
    if (host.starts_with("www.")) return base::invalid("host", N_("must not begin with www"));
    if (host == base_domain || host.ends_with("." + base_domain))
        return base::invalid("host", N_("must not be under {1}, where every clinic has its place"),
                             {base_domain})
            .with_hint("portalctl tenant set " + session.tenant().slug +
                       " --host '' goes back to " + session.tenant().slug + "." + base_domain);
    return host;
}

base::Status apply_host(const Session& session, const SetTenant& command, store::Tenant& t) {
    if (command.host.is_absent()) return {};
    t.own_host = command.host.has_value();
    if (!t.own_host) {
        t.host = t.slug + "." + session.services().options.base_domain;
        return {};
    }
    PORTAL_TRY(host, parse_host(session, command.host.value()));
    t.host = host;
    return {};
}

base::Status apply_reminders(const SetTenant& command, store::Tenant& t) {
    if (command.reminders.is_absent()) return {};
    t.reminders.clear();
    if (command.reminders.is_null()) return {};
    std::size_t i = 0;
    for (const auto& text : command.reminders.value()) {
        auto lead = parse_lead(text);
        const auto field = "reminders[" + std::to_string(i++) + "]";
        if (!lead) {
            auto error = std::move(lead).error();
            error.field = field;
            return error;
        }
        const auto form = format_lead(*lead);
        if (std::find(t.reminders.begin(), t.reminders.end(), form) == t.reminders.end())
            t.reminders.push_back(form);
    }
    if (t.reminders.size() > 5) return base::invalid("reminders", N_("at most five"));
    return {};
}

base::Status apply(const Session& session, const SetTenant& command, store::Tenant& t) {
    if (command.name.is_null()) return base::invalid("name", N_("cannot be cleared"));
    if (command.zone.is_null()) return base::invalid("zone", N_("cannot be cleared"));
    if (command.language.is_null()) return base::invalid("language", N_("cannot be cleared"));
    t.name = command.name.apply(t.name);
    t.address = command.address.apply(t.address);
    t.phone = command.phone.apply(t.phone);
    t.accent = command.accent.apply(t.accent);
    if (command.zone.has_value()) {
        PORTAL_TRYV(check_zone(command.zone.value()));
        t.zone = command.zone.value();
    }
    t.language = command.language.apply(t.language);
    t.modules = command.modules.apply(t.modules);
    t.confirmation = command.confirmation.apply(t.confirmation);
    PORTAL_TRYV(apply_reminders(command, t));
    PORTAL_TRYV(apply_host(session, command, t));
    return check_policy(t);
}

base::Error slug_taken(const std::string& slug) {
    auto error = base::make_error(base::ErrorCode::conflict,
                                  N_("A tenant with the slug '{1}' exists."), {slug});
    error.field = "slug";
    return error.with_hint("choose another with --slug");
}
base::Error host_taken(const std::string& host) {
    auto error = base::make_error(base::ErrorCode::conflict,
                                  N_("Another clinic has the host '{1}'."), {host});
    error.field = "host";
    return error;
}

/// Of all that can be changed only the host is a clinic's alone.
base::Status name_taken(base::Status saved, const store::Tenant& t) {
    if (!saved && saved.error().key == store::kUnique) return host_taken(t.host);
    return saved;
}

/// Loads the tenant as it is now, changes it and saves it, with the change in the audit.
template <class Change>
base::Result<store::Tenant> change_tenant(Session& session, std::string_view act, Change change) {
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<store::Tenant> {
            PORTAL_TRY(found, store::lock_tenant(tx, session.tenant().id));
            if (!found) return base::make_error(base::ErrorCode::not_found, {});
            auto tenant = *found;
            PORTAL_TRYV(change(tenant));
            PORTAL_TRYV(name_taken(store::save_tenant(tx, tenant), tenant));
            ++tenant.version;
            const auto digest = [&](const store::Tenant& t) {
                return crypto::sha256(base::to_json(view_of(session, t)) +
                                      base::to_json(policy_of(t)));
            };
            PORTAL_TRYV(record_change(tx, session, {act, "tenant", tenant.id.value},
                                      {digest(*found), digest(tenant)}));
            return tenant;
        });
}

}  // namespace

base::Status check_zone(const std::string& name) {
    const bool place = name.find('/') != std::string::npos && !name.starts_with("Etc/") &&
                       !name.starts_with("posix/") && !name.starts_with("right/");
    if (place && base::Zone::find(name) && text::load_calendar_zone(name)) return {};
    return base::invalid("zone", N_("'{1}' is no time zone of a place"), {name.substr(0, 40)})
        .with_hint("write one like Europe/Stockholm");
}

base::Result<TenantView> create_tenant(Session& session, const CreateTenant& command) {
    PORTAL_TRYV(authorize(session, Action::tenant_create));
    store::Tenant t;
    t.name = command.organisation;
    t.slug = command.slug ? *command.slug : make_slug(command.organisation);
    if (auto fits = check_slug(t.slug); !fits) {
        auto error = std::move(fits).error();
        error.field = "slug";
        return error.with_hint("choose one with --slug");
    }
    auto email = parse_email(command.email.reveal());
    if (!email) {
        auto error = std::move(email).error();
        error.field = "email";
        return error;
    }
    t.contact_email = *email;
    t.contact_name = command.first_name + " " + command.last_name;
    t.country = command.country.value_or(Country::se);
    t.language = command.language.value_or(default_language(t.country));
    t.zone = default_zone(t.country);
    t.host = t.slug + "." + session.services().options.base_domain;
    t.modules = {Module::booking};
    t.reminders = {"30m"};
    t.patient_login.methods = {LoginMethod::password};
    t.relative_login.methods = {LoginMethod::password};
    t.created_at = session.now();
    PORTAL_TRY(
        id,
        session.services().store.system_write([&](store::Tx& tx) -> base::Result<base::TenantId> {
            PORTAL_TRY(made, store::insert_tenant(tx, t));
            if (!made) {
                PORTAL_TRY(namesake, store::find_tenant_by_slug(tx, t.slug));
                return namesake ? slug_taken(t.slug) : host_taken(t.host);
            }
            PORTAL_TRYV(record_act(tx, session, *made, {"tenant.create", "tenant", made->value}));
            return *made;
        }));
    t.id = id;
    return view_of(session, t);
}

base::Result<TenantList> list_tenants(Session& session, const ListTenants&) {
    PORTAL_TRYV(authorize(session, Action::tenant_list));
    PORTAL_TRY(rows, session.services().store.system_read(
                         [](store::Tx& tx) { return store::list_tenants(tx); }));
    TenantList list;
    for (const auto& row : rows) list.items.push_back(view_of(session, row));
    return list;
}

base::Result<TenantView> show_tenant(Session& session, const ShowTenant&) {
    PORTAL_TRYV(authorize(session, Action::tenant_show));
    return view_of(session, session.tenant());
}

base::Result<TenantView> set_tenant(Session& session, const SetTenant& command) {
    PORTAL_TRYV(authorize(session, Action::tenant_set));
    PORTAL_TRY(tenant, change_tenant(session, "tenant.set",
                                     [&](store::Tenant& t) { return apply(session, command, t); }));
    return view_of(session, tenant);
}

base::Result<PolicyView> show_policy(Session& session, const ShowPolicy&) {
    PORTAL_TRYV(authorize(session, Action::policy_show));
    return policy_of(session.tenant());
}

base::Result<PolicyView> set_policy(Session& session, const SetPolicy& command) {
    PORTAL_TRYV(authorize(session, Action::policy_set));
    PORTAL_TRY(tenant, change_tenant(session, "policy.set", [&](store::Tenant& t) -> base::Status {
                   t.client_login = command.client_login.apply(t.client_login);
                   t.patient_login.methods = command.methods.apply(t.patient_login.methods);
                   t.login_identifier = command.identifier.apply(t.login_identifier);
                   t.code_channel = command.code.apply(t.code_channel);
                   return check_policy(t);
               }));
    return policy_of(tenant);
}

}  // namespace portal::service
