#include "daemon/jobs/outbox.hpp"

#include "base/log.hpp"
#include "base/private_file.hpp"
#include "outbox/providers.hpp"

namespace portal::jobs {
namespace {

using base::Result;
using ProviderPointer = std::unique_ptr<outbox::Provider>;

base::Millis seconds(int count) {
    return std::chrono::seconds{count};
}

Result<ProviderPointer> make_mail(const config::Settings& settings) {
    const auto& mail = settings.mail;
    if (mail.sender == config::MailSender::spool)
        return outbox::make_spool({settings.spool.folder, "email"});
    outbox::SmtpProviderOptions options;
    PORTAL_TRY(server, net::parse_smtp_url(mail.url));
    options.server = server;
    options.envelope_from = mail.from;
    options.server.timeout = seconds(settings.outbox.timeout_seconds);
    options.server.user = mail.user;
    options.server.ehlo_name = settings.http.base_domain;
    const bool plain = options.server.tls == net::MailTls::starttls;
    if (plain && mail.starttls == config::StartTls::none) options.server.tls = net::MailTls::none;
    if (!mail.password_file.empty()) {
        PORTAL_TRY(password, base::read_secret(mail.password_file));
        options.server.password = password;
    }
    return outbox::make_smtp(std::move(options));
}

Result<ProviderPointer> make_sms(const config::Settings& settings) {
    const auto& sms = settings.sms;
    if (sms.sender == config::SmsSender::none) return ProviderPointer{};
    if (sms.sender == config::SmsSender::spool)
        return outbox::make_spool({settings.spool.folder, "sms"});
    outbox::HttpSmsOptions options;
    options.url = sms.url;
    options.form = sms.body == config::SmsBody::form;
    options.from = sms.sender_name;
    options.timeout = seconds(settings.outbox.timeout_seconds);
    if (!sms.token_file.empty()) {
        PORTAL_TRY(token, base::read_secret(sms.token_file));
        options.token = token;
    }
    return outbox::make_http_sms(std::move(options));
}

base::log::Fields to_fields(std::string_view channel, const outbox::RunCounts& counts) {
    return {{"channel", std::string{channel}},
            {"sent", std::to_string(counts.sent)},
            {"deferred", std::to_string(counts.deferred)},
            {"dead", std::to_string(counts.dead)},
            {"unknown", std::to_string(counts.unknown)},
            {"expired", std::to_string(counts.expired)},
            {"not_sent", std::to_string(counts.not_sent)}};
}

bool is_worth_a_line(const outbox::RunCounts& counts) {
    return counts.sent + counts.deferred + counts.dead + counts.unknown + counts.expired +
               counts.not_sent >
           0;
}

}  // namespace

struct OutboxWorkers::Worker {
    Worker(std::string_view name, outbox::DispatcherOptions options, outbox::Parts parts)
        : channel(name), dispatcher(std::move(options), parts) {}
    std::string channel;
    outbox::Dispatcher dispatcher;
    std::unique_ptr<Job> job;
};

Result<std::unique_ptr<OutboxWorkers>> OutboxWorkers::make(const config::Settings& settings,
                                                           const OutboxParts& parts) {
    std::unique_ptr<OutboxWorkers> all{new OutboxWorkers};
    for (int i = 0; i < settings.outbox.workers; ++i) {
        PORTAL_TRY(mail, make_mail(settings));
        PORTAL_TRY(sms, make_sms(settings));
        for (auto* provider : {&mail, &sms}) {
            if (*provider == nullptr) continue;
            outbox::DispatcherOptions options;
            options.channel = (*provider)->channel();
            options.providers.push_back(std::move(*provider));
            options.veto = parts.veto;
            options.lease = seconds(settings.outbox.lease_seconds);
            options.batch = settings.outbox.batch;
            options.attempts = settings.outbox.attempts;
            const auto channel = options.channel;
            auto worker = std::make_unique<Worker>(
                channel, std::move(options),
                outbox::Parts{parts.store, parts.keys, parts.clock, parts.random, all->breakers_});
            auto work = [owner = all.get(), one = worker.get(), &clock = parts.clock] {
                return owner->work(*one, clock);
            };
            worker->job = std::make_unique<Job>(
                JobOptions{"outbox-" + channel, work, seconds(settings.jobs.outbox_seconds)},
                parts.clock);
            all->workers_.push_back(std::move(worker));
        }
    }
    return all;
}

OutboxWorkers::~OutboxWorkers() {
    stop();
}

void OutboxWorkers::start() {
    for (const auto& worker : workers_) worker->job->start();
}

void OutboxWorkers::wake() {
    for (const auto& worker : workers_) worker->job->wake();
}

void OutboxWorkers::stop() {
    for (const auto& worker : workers_) worker->dispatcher.stop();
    for (const auto& worker : workers_) worker->job->stop();
}

Result<std::optional<base::Instant>> OutboxWorkers::work(Worker& worker, const base::Clock& clock) {
    PORTAL_TRY(counts, worker.dispatcher.run_once());
    if (is_worth_a_line(counts)) base::log::info("outbox.run", to_fields(worker.channel, counts));
    const std::lock_guard lock{mutex_};
    (worker.channel == "email" ? mail_ : sms_) += counts;
    return counts.more ? std::optional{clock.now()} : std::nullopt;
}

outbox::RunCounts OutboxWorkers::totals(std::string_view channel) const {
    const std::lock_guard lock{mutex_};
    return channel == "email" ? mail_ : sms_;
}

}  // namespace portal::jobs
