#include "service/tenant.hpp"

#include <algorithm>

#include "base/name.hpp"
#include "base/zone.hpp"
#include "domain/booking_state.hpp"
#include "domain/email.hpp"
#include "domain/slug.hpp"
#include "service/authorize.hpp"
#include "service/policy.hpp"
#include "service/record_audit.hpp"
#include "service/tenant_change.hpp"
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

/// Leads in their plain form, none twice, at most five.
base::Result<std::vector<std::string>> read_leads(const base::Patch<std::vector<std::string>>& all,
                                                  const std::string& name) {
    std::vector<std::string> leads;
    if (all.is_null()) return leads;
    for (std::size_t i = 0; i < all.value().size(); ++i) {
        auto lead = parse_lead(all.value()[i]);
        if (!lead) {
            auto error = std::move(lead).error();
            error.field = name + "[" + std::to_string(i) + "]";
            return error;
        }
        const auto form = format_lead(*lead);
        if (std::find(leads.begin(), leads.end(), form) == leads.end()) leads.push_back(form);
    }
    if (leads.size() > 5) return base::invalid(name, N_("at most five"));
    return leads;
}

base::Status apply_leads(const SetTenant& command, store::Tenant& t) {
    if (!command.reminders.is_absent()) {
        PORTAL_TRY(leads, read_leads(command.reminders, "reminders"));
        t.reminders = leads;
    }
    if (!command.warnings.is_absent()) {
        PORTAL_TRY(leads, read_leads(command.warnings, "warnings"));
        t.warnings = leads;
    }
    if (command.nudge.is_absent()) return {};
    t.nudge.clear();
    if (command.nudge.is_null() || command.nudge.value().empty()) return {};
    auto lead = parse_lead(command.nudge.value());
    if (!lead) {
        auto error = std::move(lead).error();
        error.field = "nudge";
        return error;
    }
    t.nudge = format_lead(*lead);
    return {};
}

void apply_visits(const SetTenant& command, store::Tenant& t) {
    t.booking_login = command.booking_login.apply(t.booking_login);
    t.room_minutes = command.room_minutes.apply(t.room_minutes, 15);
    t.popup_minutes = command.popup_minutes.apply(t.popup_minutes, 5);
    t.visit_max_minutes = command.visit_max_minutes.apply(t.visit_max_minutes, 240);
    t.waitlist = command.waitlist.apply(t.waitlist);
    t.waitlist_minutes = command.waitlist_minutes.apply(t.waitlist_minutes, 120);
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
    PORTAL_TRYV(apply_leads(command, t));
    apply_visits(command, t);
    PORTAL_TRYV(apply_host(session, command, t));
    return check_policy(t);
}

base::Error slug_taken(const std::string& slug) {
    auto error = base::make_error(base::ErrorCode::conflict,
                                  N_("A tenant with the slug '{1}' exists."), {slug});
    error.field = "slug";
    return error.with_hint("choose another with --slug");
}
}  // namespace

TenantView tenant_view(const Session& session, const store::Tenant& t) {
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
    view.booking_login = t.booking_login;
    view.room_minutes = t.room_minutes;
    view.popup_minutes = t.popup_minutes;
    view.visit_max_minutes = t.visit_max_minutes;
    view.warnings = t.warnings;
    view.nudge = t.nudge;
    view.waitlist = t.waitlist;
    view.waitlist_minutes = t.waitlist_minutes;
    view.client_login = t.client_login;
    view.created_at = t.created_at;
    view.version = t.version;
    return view;
}

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
    t.warnings = {"24h"};
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
    return tenant_view(session, t);
}

base::Result<TenantList> list_tenants(Session& session, const ListTenants&) {
    PORTAL_TRYV(authorize(session, Action::tenant_list));
    PORTAL_TRY(rows, session.services().store.system_read(
                         [](store::Tx& tx) { return store::list_tenants(tx); }));
    TenantList list;
    for (const auto& row : rows) list.items.push_back(tenant_view(session, row));
    return list;
}

base::Result<TenantView> show_tenant(Session& session, const ShowTenant&) {
    PORTAL_TRYV(authorize(session, Action::tenant_show));
    return tenant_view(session, session.tenant());
}

base::Result<TenantView> set_tenant(Session& session, const SetTenant& command) {
    PORTAL_TRYV(authorize(session, Action::tenant_set));
    PORTAL_TRY(tenant, change_tenant(session, "tenant.set",
                                     [&](store::Tenant& t) { return apply(session, command, t); }));
    return tenant_view(session, tenant);
}

}  // namespace portal::service
