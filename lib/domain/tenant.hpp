// A tenant: one clinic or care provider, with its own host, policy and modules. Commands come from
// portalctl; views go to it. Source: K1, K4, K5, G8, X1, K31.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"
#include "domain/national_id.hpp"

namespace portal::domain {

/// What a tenant may use; a route or message of a module that is off does not exist (X1).
enum class Module {
    booking,
    communication,
    sms,
    two_factor_sms,
    cpr_password,
    bankid,
    mitid,
    oidc
};
BOOST_DESCRIBE_ENUM(Module, booking, communication, sms, two_factor_sms, cpr_password, bankid,
                    mitid, oidc)

/// The language of a tenant's pages and messages unless a person chose another.
enum class Language { sv, da, en };
BOOST_DESCRIBE_ENUM(Language, sv, da, en)

/// What one types at the password step (K31).
enum class LoginIdentifier { email, login_name, national_id };
BOOST_DESCRIBE_ENUM(LoginIdentifier, email, login_name, national_id)

/// How one may log in (K2): password and code; Swedish BankID; MitID through its broker; any other
/// OpenID Connect provider.
enum class LoginMethod { password, bankid, mitid, oidc };
BOOST_DESCRIBE_ENUM(LoginMethod, password, bankid, mitid, oidc)

/// How sure we are who it is, in rising order (X3).
enum class Assurance { link, password, password_code, eid };
BOOST_DESCRIBE_ENUM(Assurance, link, password, password_code, eid)

/// Whom a login policy speaks of.
enum class Audience { patient, relative, staff };
BOOST_DESCRIBE_ENUM(Audience, patient, relative, staff)

/// Whether people may make a profile of their own here (P4-P7).
enum class Registration { none, approval, open };
BOOST_DESCRIBE_ENUM(Registration, none, approval, open)

enum class CodeChannel { email, sms };
BOOST_DESCRIBE_ENUM(CodeChannel, email, sms)

/// The colours that the style sheet has, each with enough contrast.
enum class Accent { blue, teal, green, plum, red, slate };
BOOST_DESCRIBE_ENUM(Accent, blue, teal, green, plum, red, slate)

struct CreateTenant {
    std::string organisation;
    std::string first_name;
    std::string last_name;
    base::Email email;
    std::optional<std::string> slug;
    std::optional<Country> country;
    std::optional<Language> language;
};
BOOST_DESCRIBE_STRUCT(CreateTenant, (),
                      (organisation, first_name, last_name, email, slug, country, language))
PORTAL_HELP(CreateTenant, {"organisation", "the clinic's name as patients know it", 0, 1, 100},
            {"first_name", "first name of the person who answers for the clinic", base::kPersonal,
             1, 60},
            {"last_name", "last name of that person", base::kPersonal, 1, 60},
            {"email", "where to write to that person", base::kPersonal, 3, 254},
            {"slug", "the clinic's part of its address; made from the name when absent", 0, 1, 40},
            {"country", "whose numbers and time zone are meant: se (default) or dk"},
            {"language", "language of pages and messages: sv, da or en; the country's when absent"})

struct SetTenant {
    base::Patch<std::string> name;
    base::Patch<std::string> address;
    base::Patch<std::string> phone;
    base::Patch<Accent> accent;
    base::Patch<std::string> zone;
    base::Patch<Language> language;
    base::Patch<std::string> host;
    base::Patch<std::vector<Module>> modules;
    base::Patch<bool> confirmation;
    base::Patch<std::vector<std::string>> reminders;
};
BOOST_DESCRIBE_STRUCT(SetTenant, (),
                      (name, address, phone, accent, zone, language, host, modules, confirmation,
                       reminders))
PORTAL_HELP(SetTenant, {"name", "the clinic's name as patients know it", 0, 1, 100},
            {"address", "street address, shown with every visit", 0, 0, 200},
            {"phone", "telephone for questions, as people dial it", 0, 0, 40},
            {"accent", "colour of the pages: blue, teal, green, plum, red or slate"},
            {"zone", "time zone, like Europe/Stockholm", 0, 1, 40},
            {"language", "language of pages and messages: sv, da or en"},
            {"host", "the clinic's own host name instead of slug and base domain", 0, 1, 253},
            {"modules",
             "exactly these modules: booking, communication, sms, two-factor-sms, cpr-password, "
             "bankid, mitid, oidc"},
            {"confirmation", "whether a patient must confirm a visit (C23)"},
            {"reminders", "how long before a visit a reminder goes out, like 30m, 24h (D3)"})

PORTAL_NO_FIELDS(ShowTenant)
PORTAL_NO_FIELDS(ListTenants)

struct TenantView {
    std::string slug;
    std::string name;
    std::string url;
    std::string address;
    std::string phone;
    Accent accent = Accent::blue;
    std::string zone;
    Language language = Language::sv;
    Country country = Country::se;
    std::vector<Module> modules;
    bool confirmation = false;
    std::vector<std::string> reminders;
    bool client_login = false;
    base::Instant created_at{};
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(TenantView, (),
                      (slug, name, url, address, phone, accent, zone, language, country, modules,
                       confirmation, reminders, client_login, created_at, version))
PORTAL_HELP(TenantView, {"slug", "the clinic's part of its address"}, {"name", "the clinic's name"},
            {"url", "where everybody logs in"}, {"address", "street address", base::kWide},
            {"phone", "telephone", base::kWide}, {"accent", "colour of the pages", base::kWide},
            {"zone", "time zone", base::kWide}, {"language", "language of pages and messages"},
            {"country", "country", base::kWide}, {"modules", "what the clinic may use"},
            {"confirmation", "whether a patient must confirm a visit", base::kWide},
            {"reminders", "when reminders go out", base::kWide},
            {"client_login", "whether clients may log in"},
            {"created_at", "when it was made", base::kWide},
            {"version", "row version", base::kWide})

struct TenantList {
    std::vector<TenantView> items;
};
BOOST_DESCRIBE_STRUCT(TenantList, (), (items))
PORTAL_HELP(TenantList, {"items", "the tenants"})

}  // namespace portal::domain
