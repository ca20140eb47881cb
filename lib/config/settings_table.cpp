#include "config/settings_table.hpp"

#include "base/encoding.hpp"

namespace portal::base {

BOOST_DESCRIBE_ENUM(LogLevel, debug, info, warn, error)

template <>
struct TextForm<config::Listen> {
    static constexpr std::string_view name = "address:port";
    static std::string format(const config::Listen& listen) { return format_listen(listen); }
    static Result<config::Listen> parse(std::string_view text) {
        return config::parse_listen(text);
    }
};
template <>
struct TextForm<config::Network> {
    static constexpr std::string_view name = "network";
    static std::string format(const config::Network& network) { return format_network(network); }
    static Result<config::Network> parse(std::string_view text) {
        return config::parse_network(text);
    }
};
template <>
struct TextForm<config::AdminRule> {
    static constexpr std::string_view name = "rule";
    static std::string format(const config::AdminRule& rule) { return format_admin_rule(rule); }
    static Result<config::AdminRule> parse(std::string_view text) {
        return config::parse_admin_rule(text);
    }
};
template <>
struct TextForm<std::filesystem::path> {
    static constexpr std::string_view name = "path";
    static std::string format(const std::filesystem::path& path) { return path.string(); }
    static Result<std::filesystem::path> parse(std::string_view text) {
        if (has_control(text, false) || (!text.empty() && text.front() != '/'))
            return invalid("", N_("Write a path that begins with /."));
        return std::filesystem::path{text};
    }
};

}  // namespace portal::base

namespace portal::config {

using base::kDefaulted;  // text: may be empty
using base::kSecret;

BOOST_DESCRIBE_ENUM(Scheme, https, http)
BOOST_DESCRIBE_ENUM(MailSender, smtp, spool)
BOOST_DESCRIBE_ENUM(SmsSender, none, http, spool)
BOOST_DESCRIBE_ENUM(SmsBody, form, json)
BOOST_DESCRIBE_ENUM(StartTls, required, none)
BOOST_DESCRIBE_ENUM(LogFormat, json, text)
BOOST_DESCRIBE_ENUM(ClientProof, basic, post)

BOOST_DESCRIBE_STRUCT(Database, (), (url, pool))
PORTAL_HELP(Database,
            {"url",
             "Where the data is: sqlite:/PATH, or postgresql://USER@HOST/NAME. A password belongs "
             "into a file that PGPASSFILE names. [one machine or several]",
             kSecret, 1, 1000},
            {"pool", "Readers (SQLite) or connections (PostgreSQL). [one machine or several]", 0, 1,
             256})

BOOST_DESCRIBE_STRUCT(Keys, (), (file))
PORTAL_HELP(Keys,
            {"file",
             "The keys that seal personal numbers, mode 0600, made by portald init. A systemd "
             "credential portal.kek stands before it. [P8]"})

BOOST_DESCRIBE_STRUCT(Http, (),
                      (listen, base_domain, public_scheme, public_port, threads, workers,
                       trusted_proxies, max_connections, max_connections_per_address,
                       requests_per_second, burst, head_seconds, body_seconds, body_bytes,
                       drain_seconds))
PORTAL_HELP(
    Http,
    {"listen",
     "Where pages are served, without TLS. Off loopback only to http.trusted_proxies. [K4]"},
    {"base_domain", "A clinic's host is its short name, a dot and this. [K5]", 0, 1, 253},
    {"public_scheme", "The scheme of links. http is for demonstrations and tests. [C50]"},
    {"public_port", "The port written in links; 0 writes none. [K5]", 0, 0, 65535},
    {"threads", "Threads that read and write connections; 0 is one a core. [P22]", 0, 0, 256},
    {"workers", "Threads that answer requests; 0 is 16. [P22]", 0, 0, 1024},
    {"trusted_proxies", "Networks whose PROXY v2 or X-Forwarded-For and -Proto is believed. [P22]"},
    {"max_connections", "Open connections in all. [P22]", 0, 8, 1'000'000},
    {"max_connections_per_address", "Open connections of one client address. [P22]", 0, 1,
     1'000'000},
    {"requests_per_second", "Lasting rate of one client address. [P22]", 0, 1, 1'000'000},
    {"burst", "Requests that one client address may make at once. [P22]", 0, 1, 1'000'000},
    {"head_seconds", "A request's head must be there after this time. [P22]", 0, 1, 300},
    {"body_seconds", "A request's body must be there after this time. [P22]", 0, 1, 300},
    {"body_bytes", "The largest body of a request. [P22]", 0, 1024, 16'777'216},
    {"drain_seconds", "How long open requests may go on after SIGTERM. [P12]", 0, 0, 300})

BOOST_DESCRIBE_STRUCT(Metrics, (), (listen))
PORTAL_HELP(Metrics, {"listen", "Where /metrics and /readyz are served; loopback only. [P12]"})

BOOST_DESCRIBE_STRUCT(Admin, (), (socket, group, allow, test_clock))
PORTAL_HELP(Admin, {"socket", "The socket of the admin API, mode 0660. [C4]"},
            {"group",
             "The group that may open the socket; admin.allow says what its members may do. Where "
             "there is no such group, or portald is no member of it, the socket keeps portald's "
             "own. Empty does so always. [C52]",
             kDefaulted, 0, 32},
            {"allow",
             "Who may use the admin socket, and how far: uid:NUMBER, uid:self or group:NAME, then "
             "=read or =write. Empty allows root and the user that portald runs as to write. "
             "[C52]"},
            {"test_clock",
             "The time at which a settable clock starts; builds with test hooks only. [P16]"})

BOOST_DESCRIBE_STRUCT(Mail, (), (sender, url, starttls, user, password_file, from))
PORTAL_HELP(
    Mail,
    {"sender", "How mail leaves. spool writes files into spool.folder, for demonstrations. [X2]"},
    {"url", "The mail server: smtp://HOST:587 or smtps://HOST:465. [X2]", kDefaulted, 0, 500},
    {"starttls", "Whether smtp:// must be encrypted. none is for loopback only. [C50]"},
    {"user", "The name to log in to the mail server; empty does not log in. [X2]", kDefaulted},
    {"password_file", "A file of mode 0600 that holds the password. [X2]"},
    {"from", "The address that mail comes from. [X2]", 0, 3, 254})

BOOST_DESCRIBE_STRUCT(Sms, (),
                      (sender, url, body, sender_name, token_file, per_number_hour, per_number_day,
                       per_network_hour, per_tenant_day, per_country_day, per_day))
PORTAL_HELP(
    Sms,
    {"sender",
     "How text messages leave. spool writes files into spool.folder, for demonstrations. "
     "[X2]"},
    {"url", "Where the SMS provider takes a POST; https, or http on loopback. [X2]", kDefaulted, 0,
     500},
    {"body", "How the provider wants the fields from, to and text. [X2]"},
    {"sender_name",
     "The sender that a phone shows: 1 to 11 of A-Z, a-z, 0-9 and inner spaces, or a number "
     "that begins with +. [X2]",
     0, 1, 16},
    {"token_file", "A file of mode 0600 that holds the provider's bearer token. [X2]"},
    {"per_number_hour",
     "Text messages to one number of one clinic in an hour. Codes and messages about visits are "
     "counted apart, each against this figure and the five below. [L9]",
     0, 1, 1'000'000},
    {"per_number_day", "The same in a day; also to one person, whatever the number. [L9]", 0, 1,
     1'000'000},
    {"per_network_hour",
     "Text messages that one client network may cause in an hour; staff who are logged in are not "
     "counted. [L9]",
     0, 1, 1'000'000},
    {"per_tenant_day", "Text messages of one clinic in a day. [L9]", 0, 1, 10'000'000},
    {"per_country_day", "Text messages to one country's numbers in a day, of all clinics. [L9]", 0,
     1, 10'000'000},
    {"per_day", "Text messages in a day, of all clinics. [L9]", 0, 1, 10'000'000})

BOOST_DESCRIBE_STRUCT(Spool, (), (folder))
PORTAL_HELP(Spool, {"folder", "Where the spool senders write, mode 0700. [K29]"})

BOOST_DESCRIBE_STRUCT(Outbox, (), (workers, batch, lease_seconds, attempts, timeout_seconds))
PORTAL_HELP(Outbox, {"workers", "Messages on their way at once. [X2]", 0, 1, 64},
            {"batch", "Messages claimed at once by a worker. [X2]", 0, 1, 100},
            {"lease_seconds", "A claimed message is free again after this time. [P4]", 0, 10, 3600},
            {"attempts", "Tries before a message is dead. [P4]", 0, 1, 100},
            {"timeout_seconds", "Time for one delivery. [P17]", 0, 1, 120})

BOOST_DESCRIBE_STRUCT(Jobs, (), (reminder_seconds, outbox_seconds, cleanup_seconds))
PORTAL_HELP(Jobs,
            {"reminder_seconds",
             "How often due reminders are looked for; 0 leaves it to cron. [D3]", 0, 0, 3600},
            {"outbox_seconds", "How often waiting messages are looked for. [X2]", 0, 1, 60},
            {"cleanup_seconds", "How often what has expired is deleted; 0 never. [G4]", 0, 0,
             86'400})

BOOST_DESCRIBE_STRUCT(Log, (), (format, level))
PORTAL_HELP(Log, {"format", "json for machines, text for people. [operation]"},
            {"level", "The least important lines that are written. [operation]"})

BOOST_DESCRIBE_STRUCT(Login, (),
                      (steps_per_account, steps_per_network, code_tries_per_hour, codes_per_hour,
                       code_minutes, code_attempts, link_hours, invitation_days, hashes,
                       patient_idle_minutes, patient_absolute_minutes, staff_idle_minutes,
                       staff_absolute_minutes))
PORTAL_HELP(
    Login,
    {"steps_per_account",
     "Password steps of one account in 15 minutes, over all networks, from devices that it is not "
     "known on; and as many from each that it is known on. [L6]",
     0, 1, 100'000},
    {"steps_per_network", "Password steps of one client network in a minute. [P9]", 0, 1,
     1'000'000},
    {"code_tries_per_hour", "Tries of one-time codes of one account in an hour. [P9]", 0, 1,
     100'000},
    {"codes_per_hour", "One-time codes sent to one account in an hour. [L9]", 0, 1, 100'000},
    {"code_minutes", "How long a one-time code is good. [P13]", 0, 1, 10},
    {"code_attempts", "Wrong tries before a one-time code is void. [P9]", 0, 1, 5},
    {"link_hours", "How long a link to set a password is good. [R13]", 0, 1, 720},
    {"invitation_days", "How long an invitation or an activation letter is good. [K22, N14]", 0, 1,
     30},
    {"hashes", "Password hashes at once; 0 is one a core. Each takes 19 MiB. [P9]", 0, 0, 1024},
    {"patient_idle_minutes", "A patient's session ends after this time without use. [D12]", 0, 1,
     1440},
    {"patient_absolute_minutes", "A patient's session ends after this time. [D12]", 0, 1, 43'200},
    {"staff_idle_minutes", "A staff member's session ends after this time without use. [D12]", 0, 1,
     1440},
    {"staff_absolute_minutes", "A staff member's session ends after this time. [D12]", 0, 1,
     43'200})

BOOST_DESCRIBE_STRUCT(BankId, (), (url, certificate_file, key_file, key_password_file, ca_file))
PORTAL_HELP(
    BankId,
    {"url",
     "Where BankID answers, with the version of its API: https://appapi2.bankid.com/rp/v6.0, or "
     "https://appapi2.test.bankid.com/rp/v6.0 for tests. [C43]",
     0, 1, 500},
    {"certificate_file",
     "The relying party's certificate that the bank sold, PEM. Empty: there is no BankID here. "
     "[C43]"},
    {"key_file",
     "The certificate's key, PEM, mode 0600; may be the same file. A .p12 file becomes both with "
     "openssl pkcs12 -in FILE.p12 -nodes -legacy. [C43]"},
    {"key_password_file",
     "A file of mode 0600 with the key's password; empty where the key has none. [C43]"},
    {"ca_file",
     "BankID's own root certificate, PEM: it is in no system's store, and no other is trusted. "
     "[C43]"})

BOOST_DESCRIBE_STRUCT(OpenId, (),
                      (issuer, origins, client_id, client_secret_file, client_proof, label, scopes,
                       match_scopes, acr_values, algorithms, extra, levels, eid_level, claim_level,
                       claim_subject, claim_national_id, claim_has_national_id, national_id_country,
                       claim_country, claim_name, claim_given_name, claim_family_name, ca_file))
PORTAL_HELP(
    OpenId,
    {"issuer",
     "The provider's issuer, to the letter as it names itself: https://HOST/PATH. Empty: this "
     "provider is not there. [P1]",
     kDefaulted, 0, 500},
    {"origins",
     "Where else the provider leads browsers during a login, each \"https://HOST\"; browsers "
     "follow "
     "the login button nowhere else. [P1]",
     0, 9, 300},
    {"client_id", "The name that the provider knows this installation by. [P1]", kDefaulted, 0,
     200},
    {"client_secret_file",
     "A file of mode 0600 with the client's secret; empty for a client without one. [P1]"},
    {"client_proof",
     "How the secret is shown: basic (client_secret_basic) or post (client_secret_post). [P1]"},
    {"label", "What the provider is called on the login page. [P1]", kDefaulted, 0, 40},
    {"scopes", "The scopes that are asked for, openid among them. [P1]", 0, 6, 500},
    {"match_scopes",
     "The scopes that are asked for in a second step where nobody is known by the first and the "
     "provider did not tell the national id; empty: there is no such step. [P1]",
     kDefaulted, 0, 500},
    {"acr_values", "The request's acr_values, where the provider chooses the level by them. [X3]",
     kDefaulted, 0, 500},
    {"algorithms", "The signatures that are accepted: of ES256, RS256 and PS256. [C48]", 0, 5, 40},
    {"extra",
     "Further parameters of the request, each \"NAME=VALUE\"; the value {language} becomes sv, da "
     "or en. [P1]",
     0, 1, 1000},
    {"levels", "The provider's levels of assurance, the lowest first. [X3]", kDefaulted, 0, 1000},
    {"eid_level", "The least of these levels that counts as an electronic identification. [X3]",
     kDefaulted, 0, 200},
    {"claim_level", "The claim that holds the level. [X3]", 0, 1, 100},
    {"claim_subject", "The claim that names the person for ever. [P1]", 0, 1, 100},
    {"claim_national_id", "The claim with the verified national id; empty: there is none. [P1]",
     kDefaulted, 0, 100},
    {"claim_has_national_id",
     "The claim that is false for a person without a national id; empty: there is none. [P1]",
     kDefaulted, 0, 100},
    {"national_id_country", "Whose national ids they are: dk or se. [X4]", 0, 2, 2},
    {"claim_country",
     "The claim that names the national id's country (DK, SE) where the provider has several; "
     "empty: there is none. [X4]",
     kDefaulted, 0, 100},
    {"claim_name", "The claim with the whole name. [K16]", kDefaulted, 0, 100},
    {"claim_given_name", "The claim with the given name. [K16]", kDefaulted, 0, 100},
    {"claim_family_name", "The claim with the family name. [K16]", kDefaulted, 0, 100},
    {"ca_file", "The authorities of the provider's TLS, PEM; empty: those of the system. [P1]"})

BOOST_DESCRIBE_STRUCT(Demo, (), (enabled))
PORTAL_HELP(Demo, {"enabled",
                   "Allows the spool senders and links without https; never for a clinic. "
                   "[K29]"})

BOOST_DESCRIBE_STRUCT(Settings, (),
                      (database, keys, http, metrics, admin, mail, sms, spool, outbox, jobs, log,
                       login, bankid, mitid, oidc, demo))
PORTAL_HELP(Settings, {"database", "Where the data is."}, {"keys", "The keys that seal it."},
            {"http", "Web pages."}, {"metrics", "For those who watch over the server."},
            {"admin", "The socket of portalctl."}, {"mail", "Outgoing mail."},
            {"sms", "Outgoing text messages."},
            {"spool", "Files instead of messages, for demonstrations and tests."},
            {"outbox", "How messages are sent."}, {"jobs", "What portald does by itself."},
            {"log", "What is written to standard error."}, {"login", "Logging in."},
            {"bankid", "Swedish electronic identification."},
            {"mitid", "Danish electronic identification, through a broker."},
            {"oidc", "Any other OpenID Connect provider."}, {"demo", "Demonstrations."})

const base::TypeInfo& settings_type() {
    return base::type_of<Settings>();
}

Help split_help(std::string_view help) {
    const auto bracket = help.rfind(" [");
    if (bracket == std::string_view::npos || help.back() != ']') return {help, {}};
    return {help.substr(0, bracket), help.substr(bracket + 2, help.size() - bracket - 3)};
}

}  // namespace portal::config
