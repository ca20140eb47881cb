// What /etc/portal/portald.toml may say: a struct a table, the initial values are the defaults.
// Each member has its row (check, sentence of help, requirement) in settings_table.cpp; from the
// rows come parsing, `portald check-config`, man/portald.toml.5 and etc/portald.toml.
// Thread rule: plain values, read once at start. Source: docs/architecture.md section 3.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/personal.hpp"
#include "config/openid.hpp"
#include "config/values.hpp"

namespace portal::config {

enum class Scheme { https, http };
enum class MailSender { smtp, spool };
enum class SmsSender { none, http, spool };
enum class SmsBody { form, json };
enum class StartTls { required, none };
enum class LogFormat { json, text };

struct Database {
    base::Secret url{"sqlite:/var/lib/portal/portal.db"};  // may hold a password
    int pool = 8;
};
struct Keys {
    std::filesystem::path file = "/var/lib/portal/portal.kek";
};
struct Http {
    Listen listen{"127.0.0.1", 8080};
    std::string base_domain = "localhost";
    Scheme public_scheme = Scheme::https;
    int public_port = 0;  // 0: the scheme's own, not written in links
    int threads = 0;      // 0: one a core
    int workers = 0;      // 0: 16
    std::vector<Network> trusted_proxies;
    int max_connections = 4096;
    int max_connections_per_address = 50;
    int requests_per_second = 20;  // per address
    int burst = 100;
    int head_seconds = 5;
    int body_seconds = 10;
    int body_bytes = 65536;
    int drain_seconds = 25;
};
struct Metrics {
    Listen listen{"127.0.0.1", 9464};
};
/// Whom the admin socket obeys where admin.allow is absent or empty: root and portald's own user.
inline constexpr std::string_view kAdminDefault[] = {"uid:0=write", "uid:self=write"};
struct Admin {
    std::filesystem::path socket = "/run/portal/admin.sock";
    std::string group = "portal-admin";       // empty: the socket stays with portald's own group
    std::vector<AdminRule> allow;             // after reading never empty: see kAdminDefault
    std::optional<base::Instant> test_clock;  // builds with test hooks only
};
struct Mail {
    MailSender sender = MailSender::smtp;
    std::string url = "smtp://127.0.0.1:25";
    StartTls starttls = StartTls::none;
    std::string user;
    std::filesystem::path password_file;  // empty: no login
    std::string from = "portal@localhost";
};
struct Sms {
    SmsSender sender = SmsSender::none;
    std::string url;
    SmsBody body = SmsBody::form;
    std::string sender_name = "Portal";
    std::filesystem::path token_file;
    int per_number_hour = 6;
    int per_number_day = 20;
    int per_network_hour = 60;
    int per_tenant_day = 2000;
    int per_country_day = 5000;
    int per_day = 10'000;
};
struct Spool {
    std::filesystem::path folder = "/var/lib/portal/spool";
};
struct Outbox {
    int workers = 2;
    int batch = 20;
    int lease_seconds = 120;
    int attempts = 12;
    int timeout_seconds = 20;  // of one delivery
};
struct Jobs {
    int reminder_seconds = 20;
    int outbox_seconds = 2;
    int cleanup_seconds = 3600;
};
struct Log {
    LogFormat format = LogFormat::json;
    base::LogLevel level = base::LogLevel::info;
};
struct Login {
    int steps_per_account = 10;    // in 15 minutes, over all networks
    int steps_per_network = 50;    // in a minute, over all accounts
    int code_tries_per_hour = 20;  // of an account
    int codes_per_hour = 10;       // sent to an account
    int code_minutes = 10;
    int code_attempts = 5;
    int link_hours = 72;      // set-password links
    int invitation_days = 7;  // activation letters too
    int hashes = 0;           // at once; 0: one a core
    int patient_idle_minutes = 30;
    int patient_absolute_minutes = 720;
    int staff_idle_minutes = 60;
    int staff_absolute_minutes = 720;
};
/// Empty files: BankID is not there.
struct BankId {
    std::string url = "https://appapi2.bankid.com/rp/v6.0";
    std::filesystem::path certificate_file;
    std::filesystem::path key_file;
    std::filesystem::path key_password_file;  // empty: the key has none
    std::filesystem::path ca_file;
};
struct Demo {
    bool enabled = false;
};

struct Settings {
    Database database;
    Keys keys;
    Http http;
    Metrics metrics;
    Admin admin;
    Mail mail;
    Sms sms;
    Spool spool;
    Outbox outbox;
    Jobs jobs;
    Log log;
    Login login;
    BankId bankid;
    OpenId mitid = mitid_defaults();
    OpenId oidc;
    Demo demo;
};

}  // namespace portal::config
