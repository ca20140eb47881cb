// A tenant: one clinic or care provider, with its own host, policy and modules. Commands come from
// portalctl; views go to it. Source: K1, K4, K5, G8, X1, K31.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"
#include "domain/national_id.hpp"
#include "domain/tenant_terms.hpp"

namespace portal::domain {

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
    base::Patch<BookingLogin> booking_login;
    base::Patch<int> room_minutes;
    base::Patch<int> popup_minutes;
    base::Patch<int> visit_max_minutes;
    base::Patch<std::vector<std::string>> warnings;
    base::Patch<std::string> nudge;
    base::Patch<bool> waitlist;
    base::Patch<int> waitlist_minutes;
};
BOOST_DESCRIBE_STRUCT(SetTenant, (),
                      (name, address, phone, accent, zone, language, host, modules, confirmation,
                       reminders, booking_login, room_minutes, popup_minutes, visit_max_minutes,
                       warnings, nudge, waitlist, waitlist_minutes))
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
            {"confirmation", "whether a patient must confirm a visit"},
            {"reminders", "how long before a visit a reminder goes out, like 30m, 24h"},
            {"booking_login",
             "when one logs in to book: first, slot (once a time is chosen) or none"},
            {"room_minutes", "how long before the start a video room opens", 0, 0, 120},
            {"popup_minutes", "how long after the planned end pages still lead to it", 0, 0, 120},
            {"visit_max_minutes", "the longest visit type", 0, 1, 240},
            {"warnings",
             "how long before a visit staff see that it is not confirmed, like 24h, 2h"},
            {"nudge",
             "how long before an unconfirmed visit its patient is asked once more, like "
             "6h; empty: never",
             0, 0, 10},
            {"waitlist", "whether patients may wait for a time that is freed"},
            {"waitlist_minutes", "how long a freed time is held for those who wait", 0, 5, 1440})

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
    BookingLogin booking_login = BookingLogin::first;
    int room_minutes = 15;
    int popup_minutes = 5;
    int visit_max_minutes = 240;
    std::vector<std::string> warnings;
    std::string nudge;
    bool waitlist = false;
    int waitlist_minutes = 120;
    bool client_login = false;
    base::Instant created_at{};
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(TenantView, (),
                      (slug, name, url, address, phone, accent, zone, language, country, modules,
                       confirmation, reminders, booking_login, room_minutes, popup_minutes,
                       visit_max_minutes, warnings, nudge, waitlist, waitlist_minutes, client_login,
                       created_at, version))
PORTAL_HELP(TenantView, {"slug", "the clinic's part of its address"}, {"name", "the clinic's name"},
            {"url", "where everybody logs in"}, {"address", "street address", base::kWide},
            {"phone", "telephone", base::kWide}, {"accent", "colour of the pages", base::kWide},
            {"zone", "time zone", base::kWide}, {"language", "language of pages and messages"},
            {"country", "country", base::kWide}, {"modules", "what the clinic may use"},
            {"confirmation", "whether a patient must confirm a visit", base::kWide},
            {"reminders", "when reminders go out", base::kWide},
            {"booking_login", "when one logs in to book", base::kWide},
            {"room_minutes", "how long before the start a room opens", base::kWide},
            {"popup_minutes", "how long after the end pages lead to it", base::kWide},
            {"visit_max_minutes", "the longest visit type", base::kWide},
            {"warnings", "when staff are warned of unconfirmed visits", base::kWide},
            {"nudge", "when a patient is asked once more", base::kWide},
            {"waitlist", "whether patients may wait for a time", base::kWide},
            {"waitlist_minutes", "how long a freed time is held", base::kWide},
            {"client_login", "whether clients may log in"},
            {"created_at", "when it was made", base::kWide},
            {"version", "row version", base::kWide})

struct TenantList {
    std::vector<TenantView> items;
};
BOOST_DESCRIBE_STRUCT(TenantList, (), (items))
PORTAL_HELP(TenantList, {"items", "the tenants"})

}  // namespace portal::domain
