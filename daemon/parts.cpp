#include "daemon/parts.hpp"

#include <algorithm>
#include <thread>

#include "config/values.hpp"
#include "crypto/hash_meter.hpp"
#include "daemon/admin/admin.hpp"
#include "daemon/bankid.hpp"
#include "daemon/oidc.hpp"
#include "service/operation.hpp"
#include "service/schedule.hpp"
#include "service/sms_quota.hpp"
#include "store/outbox.hpp"
#include "text/calendar.hpp"

namespace portal::daemon {
namespace {

using config::Settings;

std::unique_ptr<base::Clock> make_clock(const Settings& settings) {
    if (settings.admin.test_clock)
        return std::make_unique<base::TestClock>(*settings.admin.test_clock);
    return std::make_unique<base::SystemClock>();
}

service::Options service_options(const Settings& s) {
    service::Options options;
    options.base_domain = s.http.base_domain;
    options.public_scheme = s.http.public_scheme == config::Scheme::http ? "http" : "https";
    options.public_port = s.http.public_port;
    options.mail_from = s.mail.from;
    options.steps_per_account = s.login.steps_per_account;
    options.steps_per_network = s.login.steps_per_network;
    options.code_tries_per_hour = s.login.code_tries_per_hour;
    options.codes_per_hour = s.login.codes_per_hour;
    options.sms_quotas = {s.sms.per_number_hour, s.sms.per_number_day,  s.sms.per_network_hour,
                          s.sms.per_tenant_day,  s.sms.per_country_day, s.sms.per_day};
    options.code_minutes = s.login.code_minutes;
    options.code_attempts = s.login.code_attempts;
    options.link_hours = s.login.link_hours;
    options.invitation_days = s.login.invitation_days;
    options.patient_idle_minutes = s.login.patient_idle_minutes;
    options.patient_absolute_minutes = s.login.patient_absolute_minutes;
    options.staff_idle_minutes = s.login.staff_idle_minutes;
    options.staff_absolute_minutes = s.login.staff_absolute_minutes;
    options.engine = s.database.url.reveal().starts_with("sqlite:") ? "sqlite" : "postgresql";
    options.sms = s.sms.sender != config::SmsSender::none;
    if (!s.mitid.issuer.empty()) options.eid_methods.push_back(domain::LoginMethod::mitid);
    if (!s.bankid.certificate_file.empty())
        options.eid_methods.push_back(domain::LoginMethod::bankid);
    if (!s.oidc.issuer.empty()) options.eid_methods.push_back(domain::LoginMethod::oidc);
    options.mitid_label = s.mitid.label;
    options.oidc_label = s.oidc.label;
    return options;
}

/// Null where no issuer is set.
base::Status make_provider(std::unique_ptr<identity::OidcProvider>& provider,
                           const config::OpenId& from, const std::string& table,
                           const base::Clock& clock) {
    PORTAL_TRY(options, oidc_options(from, table));
    if (options) provider = std::make_unique<identity::OidcProvider>(*std::move(options), clock);
    return {};
}

/// A form's way may lead on to the providers, and to nobody else.
http::SecurityOptions security_options(const Settings& s) {
    http::SecurityOptions options;
    for (const auto* provider : {&s.mitid, &s.oidc}) {
        if (provider->issuer.empty()) continue;
        options.form_action += " " + origin_of(provider->issuer);
        for (const auto& origin : provider->origins) options.form_action += " " + origin;
    }
    return options;
}

http::ServerOptions server_options(const Settings& s) {
    http::ServerOptions options;
    options.io_threads = static_cast<unsigned>(s.http.threads);
    if (s.http.workers > 0) options.workers = static_cast<unsigned>(s.http.workers);
    // The gate bounds the hashes; more threads than that keep its cores busy while a login's own
    // writes wait for the disk.
    constexpr unsigned kBesideHashes = 4;
    options.hash_workers = std::max(1U, std::thread::hardware_concurrency()) + kBesideHashes;
    options.max_connections = static_cast<std::size_t>(s.http.max_connections);
    for (const auto& network : s.http.trusted_proxies)
        options.trusted_proxies.push_back(config::format_network(network));
    options.head_timeout = std::chrono::seconds{s.http.head_seconds};
    options.body_timeout = std::chrono::seconds{s.http.body_seconds};
    return options;
}

/// None where the setting is 0: cron does it, or nobody.
void add_job(Parts& parts, std::string name, int seconds, jobs::Work work) {
    if (seconds == 0) return;
    parts.jobs.push_back(std::make_unique<jobs::Job>(
        jobs::JobOptions{std::move(name), std::move(work), std::chrono::seconds{seconds}},
        *parts.clock));
}

void make_timers(Parts& parts) {
    const auto& s = parts.settings;
    add_job(parts, "reminders", s.jobs.reminder_seconds,
            [&parts] { return service::run_schedule(*parts.services); });
    add_job(parts, "cleanup", s.jobs.cleanup_seconds,
            [&parts]() -> base::Result<std::optional<base::Instant>> {
                PORTAL_TRY(removed, service::remove_stale(*parts.services));
                return std::optional<base::Instant>{};
            });
}

base::Status make_admin(Parts& parts) {
    PORTAL_TRY(allow, admin::AllowList::make(parts.settings.admin.allow));
    auto options = admin::make_options(*parts.services, std::move(allow));
#ifdef PORTAL_TEST_HOOKS
    if (auto* clock = dynamic_cast<base::TestClock*>(parts.clock.get()))
        options.set_clock = [clock, &parts](base::Instant at) {
            clock->set(at);
            parts.outbox->wake();
            for (const auto& job : parts.jobs) job->wake();
        };
    options.pages = [&parts]() -> const http::Router& { return parts.web->router(); };
#endif
    return admin::mount(parts.admin, std::move(options));
}

void make_gauges(Parts& parts) {
    auto& metrics = parts.metrics;
    auto& store = *parts.store;
    metrics.add_counter("portal_store_writes_total", "Write closures run",
                        [&store] { return static_cast<double>(store.stats().writes); });
    metrics.add_counter("portal_store_commits_total", "Commits; one may hold many writes",
                        [&store] { return static_cast<double>(store.stats().commits); });
    metrics.add_gauge("portal_store_longest_write_microseconds", "The longest write closure",
                      [&store] { return static_cast<double>(store.stats().longest_closure_us); });
    metrics.add_gauge("portal_store_most_statements", "The most statements in a write closure",
                      [&store] { return static_cast<double>(store.stats().most_statements); });
    metrics.add_counter("portal_store_statements_total",
                        "Statements run for tenants, read and write",
                        [&store] { return static_cast<double>(store.stats().statements); });
    metrics.add_counter("portal_password_hashes_total", "Password hashes computed",
                        [&parts] { return static_cast<double>(parts.hashes->entered()); });
    metrics.add_counter("portal_password_hash_seconds_total", "Time in password hashes", [] {
        return std::chrono::duration<double>(crypto::time_in_hashes()).count();
    });
    metrics.add_gauge("portal_store_waiting", "Writes that wait for their turn",
                      [&store] { return static_cast<double>(store.stats().waiting); });
    metrics.add_gauges(
        "portal_sms_over_quota", "Text messages that a quota kept back", "quota", [&parts] {
            http::Metrics::Series series;
            const auto counts = service::count_refused_sms(*parts.services);
            if (!counts) return series;
            for (std::size_t i = 0; i < counts->size(); ++i)
                series.emplace_back(service::kSmsQuotas.at(i), static_cast<double>(counts->at(i)));
            return series;
        });
    metrics.add_gauges("portal_outbox_waiting", "Messages not yet sent", "channel", [&store] {
        http::Metrics::Series series;
        const auto counts =
            store.system_read([](store::Tx& tx) { return store::count_outbox(tx); });
        if (!counts) return series;
        for (const auto& count : *counts) {
            if (series.empty() || series.back().first != count.channel)
                series.emplace_back(count.channel, 0.0);
            series.back().second += static_cast<double>(count.rows);
        }
        return series;
    });
}

http::Response readiness(Parts& parts) {
    if (parts.server->draining()) return http::text("draining\n", 503);
    if (parts.store->failed()) return http::text("the database's disk failed\n", 503);
    if (const auto healthy = parts.store->health(); !healthy)
        return http::text(describe(healthy.error()) + "\n", 503);
    return http::text("ready\n");
}

http::Listener page_listener(Parts& parts) {
    const auto& s = parts.settings.http;
    http::Listener listener;
    listener.address = config::format_listen(s.listen);
    listener.handler = [&parts](const http::Request& request) {
        if (request.path == "/healthz") return http::text("ok\n");
        return parts.web->handle(request);
    };
    listener.lane = [&parts](const http::Request& request) {
        return request.path == "/healthz" ? http::Lane::inline_ok : parts.web->lane(request);
    };
    listener.limits.body_bytes = static_cast<std::size_t>(s.body_bytes);
    listener.limits.connections_per_address =
        static_cast<std::size_t>(s.max_connections_per_address);
    listener.limits.requests_per_second = s.requests_per_second;
    listener.limits.request_burst = s.burst;
    return listener;
}

http::Listener admin_listener(Parts& parts) {
    http::Listener listener;
    listener.address = "unix:" + parts.settings.admin.socket.string();
    listener.handler = [&parts](const http::Request& request) {
        return parts.admin.handle(request);
    };
    listener.limits = {1024 * 1024, 0, 0, 0};
    listener.socket_group = parts.settings.admin.group;
    return listener;
}

http::Listener operator_listener(Parts& parts) {
    http::Listener listener;
    listener.address = config::format_listen(parts.settings.metrics.listen);
    listener.handler = [&parts](const http::Request& request) {
        if (request.path == "/readyz") return readiness(parts);
        if (request.path == "/healthz") return http::text("ok\n");
        if (request.path != "/metrics") return http::error_response(404);
        auto response = http::text(parts.metrics.body());
        response.content_type = http::Metrics::kContentType;
        return response;
    };
    // While draining the workers may all be busy, and the answer is known without them.
    listener.lane = [&parts](const http::Request&) {
        return parts.server->draining() ? http::Lane::inline_ok : http::Lane::worker;
    };
    listener.close_on_drain = false;
    return listener;
}

}  // namespace

store::StoreOptions store_options(const Settings& settings, bool create) {
    store::StoreOptions options;
    options.url = settings.database.url.reveal();
    options.connections = settings.database.pool;
    options.create = create;
    return options;
}

base::Result<std::unique_ptr<Parts>> make_parts(const Settings& settings) {
    auto parts = std::make_unique<Parts>(settings);
    parts->clock = make_clock(settings);
    PORTAL_TRY(keys, crypto::Keyring::load(settings.keys.file));
    parts->keys = std::make_unique<crypto::Keyring>(std::move(keys));
    PORTAL_TRY(store, store::Store::open(store_options(settings), *parts->clock));
    parts->store = std::move(store);
    PORTAL_TRY(messages, text::Messages::load(parts->catalogue));
    parts->messages = std::make_unique<text::Messages>(std::move(messages));
    for (const char* zone : {"Europe/Stockholm", "Europe/Copenhagen"})
        PORTAL_TRYV(text::load_calendar_zone(zone));
    parts->hashes = std::make_unique<crypto::HashGate>(settings.login.hashes);
    PORTAL_TRYV(make_provider(parts->mitid, settings.mitid, "mitid", *parts->clock));
    PORTAL_TRYV(make_provider(parts->oidc, settings.oidc, "oidc", *parts->clock));
    PORTAL_TRY(bankid, bankid_options(settings, base::SystemClock{}.now()));  // as TLS does
    if (bankid)
        parts->bankid = std::make_unique<identity::BankId>(*std::move(bankid), *parts->clock);
    parts->providers = {parts->mitid.get(), parts->oidc.get()};
    parts->services = std::make_unique<service::Services>(
        service::Services{*parts->store, *parts->clock, parts->random, *parts->keys, *parts->hashes,
                          parts->catalogue, *parts->messages, service_options(settings),
                          [raw = parts.get()] { raw->outbox->wake(); }, &parts->providers});
    parts->services->bankid = parts->bankid.get();
    PORTAL_TRY(outbox,
               jobs::OutboxWorkers::make(settings, {*parts->store, *parts->keys, *parts->clock,
                                                    parts->random, service::veto_message}));
    parts->outbox = std::move(outbox);
    make_timers(*parts);
    PORTAL_TRYV(make_admin(*parts));
    PORTAL_TRY(web, web::Web::create(*parts->services, security_options(settings)));
    parts->web = std::move(web);
    parts->metrics.add_routes(parts->web->router());
    parts->metrics.add_routes(parts->admin);
    make_gauges(*parts);
    parts->server =
        std::make_unique<http::Server>(server_options(settings), *parts->clock, parts->metrics);
    return parts;
}

base::Status start(Parts& parts) {
    PORTAL_TRYV(parts.server->start(
        {page_listener(parts), admin_listener(parts), operator_listener(parts)}));
    parts.outbox->start();
    for (const auto& job : parts.jobs) job->start();
    return {};
}

}  // namespace portal::daemon
