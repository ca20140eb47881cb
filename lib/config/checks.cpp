#include <algorithm>
#include <string_view>

#include "base/encoding.hpp"
#include "base/name.hpp"
#include "config/settings_table.hpp"

namespace portal::config {
namespace {

using base::invalid;
using base::N_;

/// The host of "scheme://user@host:port/path", brackets off; empty where there is none.
std::string_view host_of(std::string_view url) {
    const auto start = url.find("://");
    if (start == std::string_view::npos) return {};
    auto rest = url.substr(start + 3);
    rest = rest.substr(0, rest.find('/'));
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
    if (!rest.empty() && rest.front() == '[') return rest.substr(1, rest.find(']') - 1);
    return rest.substr(0, rest.find(':'));
}

bool is_loopback(std::string_view url) {
    const auto host = host_of(url);
    return host == "localhost" || Listen{std::string{host}, 0}.is_loopback();
}

bool is_mail_address(std::string_view address) {
    const auto at = address.find('@');
    const auto graphic = [](char c) { return c > ' ' && c < 0x7f && c != '<' && c != '>'; };
    return at != 0 && at != std::string_view::npos && base::is_host_name(address.substr(at + 1)) &&
           std::all_of(address.begin(), address.end(), graphic);
}

/// Collects what does not fit.
class Check {
  public:
    void that(bool fine, const char* field, const char* key) {
        if (!fine) errors_.push_back(invalid(field, key));
    }
    void has_path(const std::filesystem::path& path, const char* field) {
        that(!path.empty(), field, N_("Write a path that begins with /."));
    }
    std::vector<base::Error> take() { return std::move(errors_); }

  private:
    std::vector<base::Error> errors_;
};

void check_storage(const Settings& settings, Check& check) {
    const std::string_view url = settings.database.url.reveal();
    check.that(url.starts_with("sqlite:/") || url.starts_with("postgresql://"), "database.url",
               N_("Write sqlite:/PATH or postgresql://USER@HOST/NAME."));
    check.has_path(settings.keys.file, "keys.file");
    check.has_path(settings.admin.socket, "admin.socket");
}

void check_http(const Settings& settings, bool plain_allowed, Check& check) {
    const auto& http = settings.http;
    check.that(base::is_host_name(http.base_domain), "http.base_domain",
               N_("Write a host name in small letters, without a dot at its ends."));
    check.that(http.public_scheme == Scheme::https || plain_allowed, "http.public_scheme",
               N_("Links without https are for demonstrations: they need demo.enabled."));
    check.that(http.listen.is_loopback() || !http.trusted_proxies.empty(), "http.listen",
               N_("Pages are served without TLS on loopback only, or to the proxies that "
                  "http.trusted_proxies names."));
    check.that(settings.metrics.listen.is_loopback(), "metrics.listen",
               N_("Metrics are served on loopback only."));
}

void check_mail(const Mail& mail, bool spool_allowed, Check& check) {
    check.that(is_mail_address(mail.from), "mail.from", N_("Write an address, name@host."));
    if (mail.sender == MailSender::spool) {
        check.that(spool_allowed, "mail.sender",
                   N_("The spool sender is for demonstrations: it needs demo.enabled."));
        return;
    }
    const std::string_view url = mail.url;
    const bool plain = url.starts_with("smtp://");
    const bool known = plain || url.starts_with("smtps://");
    check.that(known && !host_of(url).empty() && url.find('@') == std::string_view::npos,
               "mail.url", N_("Write smtp://HOST:587 or smtps://HOST:465, without a name."));
    check.that(!plain || mail.starttls == StartTls::required || is_loopback(url), "mail.starttls",
               N_("Mail leaves this machine encrypted only: write \"required\"."));
    check.that(mail.user.empty() == mail.password_file.empty(), "mail.password_file",
               N_("mail.user and mail.password_file stand together or not at all."));
}

void check_sms(const Sms& sms, bool spool_allowed, Check& check) {
    check.that(base::is_sms_sender(sms.sender_name), "sms.sender_name",
               N_("Write 1 to 11 letters, digits and inner spaces of A-Z, a-z and 0-9, or a number "
                  "like +46701740605."));
    if (sms.sender == SmsSender::spool)
        check.that(spool_allowed, "sms.sender",
                   N_("The spool sender is for demonstrations: it needs demo.enabled."));
    if (sms.sender != SmsSender::http) return;
    const std::string_view url = sms.url;
    const bool plain = url.starts_with("http://");
    check.that((plain || url.starts_with("https://")) && !host_of(url).empty(), "sms.url",
               N_("Write https://HOST/PATH."));
    check.that(!plain || is_loopback(url), "sms.url",
               N_("Text messages leave this machine encrypted only: write https."));
}

void check_bankid(const BankId& bankid, Check& check) {
    check.that(bankid.url.starts_with("https://") && !host_of(bankid.url).empty(), "bankid.url",
               N_("Write https://HOST/PATH."));
    const bool configured = !bankid.certificate_file.empty();
    check.that(bankid.key_file.empty() != configured, "bankid.key_file",
               N_("bankid.certificate_file, bankid.key_file and bankid.ca_file stand together or "
                  "not at all."));
    check.that(bankid.ca_file.empty() != configured, "bankid.ca_file",
               N_("bankid.certificate_file, bankid.key_file and bankid.ca_file stand together or "
                  "not at all."));
}

bool holds_word(std::string_view words, std::string_view word) {
    const auto all = base::split(words, ' ');
    return !word.empty() && std::find(all.begin(), all.end(), word) != all.end();
}

void check_openid(const OpenId& provider, const std::string& table, bool test_hooks, Check& check) {
    if (provider.issuer.empty()) return;
    const auto that = [&](bool fine, const char* name, const char* key) {
        check.that(fine, (table + "." + name).c_str(), key);
    };
    const std::string_view url = provider.issuer;
    const bool plain = test_hooks && url.starts_with("http://") && is_loopback(url);
    that((plain || url.starts_with("https://")) && !host_of(url).empty() &&
             url.find_first_of(" ?#@;,") == std::string_view::npos,
         "issuer", N_("Write https://HOST/PATH."));
    for (const auto& origin : provider.origins)
        that(origin.starts_with("https://") && !host_of(origin).empty() &&
                 origin.find_first_of(" ;,/", 8) == std::string::npos,
             "origins", N_("Write https://HOST."));
    that(!provider.client_id.empty(), "client_id", N_("This provider needs a client id."));
    that(holds_word(provider.scopes, "openid"), "scopes", N_("openid must be among the scopes."));
    that(provider.match_scopes.empty() || holds_word(provider.match_scopes, "openid"),
         "match_scopes", N_("openid must be among the scopes."));
    for (const auto word : base::split(provider.algorithms, ' '))
        that(word == "ES256" || word == "RS256" || word == "PS256", "algorithms",
             N_("Write some of ES256, RS256 and PS256, with a space between them."));
    that(holds_word(provider.levels, provider.eid_level), "eid_level",
         N_("Write one of the provider's levels."));
    that(provider.national_id_country == "dk" || provider.national_id_country == "se",
         "national_id_country", N_("Write dk or se."));
    for (const auto& parameter : provider.extra)
        that(parameter.find('=') != 0 && parameter.find('=') != std::string::npos, "extra",
             N_("Write NAME=VALUE."));
}

void check_times(const Settings& settings, Check& check) {
    const auto& login = settings.login;
    check.that(login.patient_idle_minutes <= login.patient_absolute_minutes,
               "login.patient_idle_minutes", N_("This is longer than the session may last."));
    check.that(login.staff_idle_minutes <= login.staff_absolute_minutes, "login.staff_idle_minutes",
               N_("This is longer than the session may last."));
    const auto& outbox = settings.outbox;
    check.that(outbox.lease_seconds > outbox.timeout_seconds, "outbox.lease_seconds",
               N_("A lease must be longer than outbox.timeout_seconds."));
}

}  // namespace

std::vector<base::Error> check_together(const Settings& settings, bool test_hooks) {
    const bool demo = settings.demo.enabled || test_hooks;
    Check check;
    check_storage(settings, check);
    check_http(settings, demo, check);
    check_mail(settings.mail, demo, check);
    check_sms(settings.sms, demo, check);
    const bool spools =
        settings.mail.sender == MailSender::spool || settings.sms.sender == SmsSender::spool;
    if (spools) check.has_path(settings.spool.folder, "spool.folder");
    check_bankid(settings.bankid, check);
    check_openid(settings.mitid, "mitid", test_hooks, check);
    check_openid(settings.oidc, "oidc", test_hooks, check);
    check_times(settings, check);
    check.that(!settings.admin.test_clock || test_hooks, "admin.test_clock",
               N_("This portald was built without test hooks."));
    return check.take();
}

void complete(Settings& settings) {
    if (!settings.admin.allow.empty()) return;
    for (const auto rule : kAdminDefault) settings.admin.allow.push_back(*parse_admin_rule(rule));
}

}  // namespace portal::config
