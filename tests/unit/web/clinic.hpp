// A clinic with a staff member and a patient behind the real pages, on SQLite in a folder of its
// own; requests go straight to Web::handle.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/encoding.hpp"
#include "catch.hpp"
#include "crypto/token.hpp"
#include "daemon/web/web.hpp"
#include "service/availability.hpp"
#include "service/person.hpp"
#include "service/policy.hpp"
#include "service/slot.hpp"
#include "service/staff.hpp"
#include "service/tenant.hpp"
#include "service/visit_type.hpp"
#include "store/login.hpp"

namespace portal::web {

template <class R>
auto must(R result) {
    if (!result) UNSCOPED_INFO(base::describe(result.error()));
    REQUIRE(result);
    return *std::move(result);
}

struct Ask {
    std::string method = "GET";
    std::string cookie{};
    std::map<std::string, std::string> form{};
    std::map<std::string, std::string> headers{};
    std::string host = "solna.localhost";
};

class Clinic {
  public:
    explicit Clinic(domain::Country country = domain::Country::se) {
        auto asked = operator_session({});
        must(service::create_tenant(
            asked,
            {"Solna husläkare", "Eva", "Berg", base::Email{"e@s.se"}, "solna", country, {}}));
        domain::SetTenant set;
        set.modules = std::vector<domain::Module>{domain::Module::booking};
        set.confirmation = true;
        auto session = here();
        must(service::set_tenant(session, set));
        domain::CreateStaff eva;
        eva.first_name = "Eva";
        eva.last_name = "Berg";
        eva.email = base::Email{"eva@s.se"};
        eva.title = "läkare";
        staff_id = must(service::create_staff(session, eva)).id;
        patient_id = new_patient("marta@s.se");
        domain::CreateVisitType type;
        type.title = "Läkarbesök";
        type.duration_minutes = 30;
        type_id = must(service::create_visit_type(session, type)).id;
        domain::SetAvailability open;
        open.staff = "eva@s.se";
        for (const auto* rule : {"mon 08:00-12:00", "tue 08:00-12:00"})
            open.rule.emplace().push_back(must(base::TextForm<domain::WeeklyRule>::parse(rule)));
        must(service::set_availability(session, open));
        allow_clients(true);
    }
    ~Clinic() {
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Clinic(const Clinic&) = delete;
    Clinic& operator=(const Clinic&) = delete;

    service::Session here() { return operator_session(tenant()); }
    store::Tenant tenant() { return must(service::find_tenant_of_slug(services, "solna")); }
    void set_modules(std::vector<domain::Module> modules) {
        domain::SetTenant set;
        set.modules = std::move(modules);
        auto session = here();
        must(service::set_tenant(session, set));
    }
    void allow_clients(bool allowed) {
        domain::SetPolicy policy;
        policy.client_login = allowed;
        policy.methods = std::vector<domain::LoginMethod>{domain::LoginMethod::password};
        auto session = here();
        must(service::set_policy(session, policy));
    }
    void identify_by_national_id() {
        set_modules({domain::Module::booking, domain::Module::cpr_password});
        domain::SetPolicy policy;
        policy.identifier = domain::LoginIdentifier::national_id;
        auto session = here();
        must(service::set_policy(session, policy));
    }
    void set_now(const char* now) { clock_.set(*base::parse_instant(now)); }
    base::Uuid new_patient(const char* email) {
        domain::CreatePatient patient;
        patient.first_name = "Märta <b>";
        patient.last_name = "Öberg";
        patient.email = base::Email{email};
        auto session = here();
        return must(service::create_patient(session, patient)).id;
    }
    /// A session as logging in makes it; the cookie.
    std::string log_in(const base::Uuid& person) {
        const auto token = crypto::make_token(random_);
        const auto id = tenant().id;
        const auto made = store_->write(id, [&](store::Tx& tx) -> base::Status {
            PORTAL_TRY(member, store::find_membership_by_public_id(tx, id, person));
            store::NewSession row;
            row.membership = member->id;
            row.token_hash = crypto::hash_token(token.reveal());
            row.assurance = "password-code";
            row.language = domain::Language::sv;
            row.now = clock_.now();
            row.expires_at = clock_.now() + std::chrono::hours{12};
            row.public_id = base::make_uuid(random_);
            PORTAL_TRY(session, store::insert_session(tx, id, row));
            return {};
        });
        REQUIRE(made);
        return token.reveal();
    }

    http::Response ask(const std::string& target, const Ask& ask = {}) const {
        http::Request request;
        request.method = ask.method;
        const auto question = target.find('?');
        request.path = target.substr(0, question);
        if (question != std::string::npos)
            request.query = *http::parse_form(target.substr(question + 1));
        request.host = request.authority = ask.host;
        request.client_address = "192.0.2.1";
        request.secure = true;
        request.headers.add("Accept-Language", "sv");
        if (ask.method == "POST") {
            request.headers.add("Sec-Fetch-Site", "same-origin");
            request.headers.add("Content-Type", "application/x-www-form-urlencoded");
        }
        for (const auto& [name, value] : ask.headers) request.headers.set(name, value);
        if (!ask.cookie.empty()) request.headers.add("Cookie", "__Host-sid=" + ask.cookie);
        for (const auto& [name, value] : ask.form)
            request.body += (request.body.empty() ? "" : "&") + http::percent_encode(name) + "=" +
                            http::percent_encode(value);
        return web->handle(request);
    }
    http::Response post(const std::string& target, const std::string& cookie,
                        std::map<std::string, std::string> form) const {
        return ask(target, {"POST", cookie, std::move(form), {}});
    }
    /// Books by the pages; the path of the new visit.
    [[nodiscard]] std::string book(const std::string& cookie, const std::string& starts) const {
        const auto staff = base::format_uuid(staff_id);
        const auto type = base::format_uuid(type_id);
        const auto page = ask("/book?staff=" + staff + "&visit_type=" + type + "&starts=" + starts,
                              {"GET", cookie});
        const auto booked = post("/book", cookie,
                                 {{"form_token", token_of(page, "/book")},
                                  {"staff", staff},
                                  {"visit_type", type},
                                  {"starts", starts}});
        REQUIRE(booked.status == 303);
        const std::string at{*booked.headers.find("Location")};
        return at.substr(0, at.find('?'));
    }
    /// The value of the hidden field in the form that posts to `action`.
    static std::string token_of(const http::Response& page, const std::string& action) {
        const auto form = page.body.find("action=\"" + action);
        const std::string name = "name=\"form_token\" value=\"";
        const auto at = page.body.find(name, form);
        REQUIRE(form != std::string::npos);
        REQUIRE(at != std::string::npos);
        const auto from = at + name.size();
        return page.body.substr(from, page.body.find('"', from) - from);
    }

  private:
    service::Session operator_session(std::optional<store::Tenant> tenant) {
        service::Principal root;
        root.kind = service::Principal::operator_;
        root.may_read = root.may_write = true;
        return {services, root, std::move(tenant), text::Language::en};
    }
    static std::filesystem::path make_folder() {
        std::string name = std::filesystem::temp_directory_path() / "portal_web_XXXXXX";
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        return name;
    }
    std::unique_ptr<store::Store> open_store() const {
        store::StoreOptions options;
        options.url = "sqlite:" + (folder_ / "portal.db").string();
        options.cache_mib = 8;
        return must(store::Store::open(options, clock_));
    }

    std::filesystem::path folder_ = make_folder();
    base::TestClock clock_{*base::parse_instant("2026-11-20T08:00:00Z")};  // a Friday
    base::SystemRandom random_;
    crypto::Keyring keys_ = crypto::Keyring::generate(random_);
    crypto::HashGate hashes_;
    text::Catalogue catalogue_;
    text::Messages messages_ = must(text::Messages::load(catalogue_));
    std::unique_ptr<store::Store> store_ = open_store();

  public:
    service::Services services{*store_,    clock_,    random_, keys_, hashes_,
                               catalogue_, messages_, {},      [] {}};
    std::unique_ptr<Web> web = must(Web::create(services));
    base::Uuid staff_id;
    base::Uuid patient_id;
    base::Uuid type_id;
};

}  // namespace portal::web
