// Settings -> parts. The list of members is the architecture of the running daemon: each refers
// only to those above it. Thread rule: made and destroyed on the main thread.
#pragma once

#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "config/settings.hpp"
#include "daemon/http/metrics.hpp"
#include "daemon/http/router.hpp"
#include "daemon/http/server.hpp"
#include "daemon/jobs/job.hpp"
#include "daemon/jobs/outbox.hpp"
#include "daemon/web/web.hpp"
#include "identity/bankid.hpp"
#include "service/oidc.hpp"

namespace portal::daemon {

struct Parts {
    explicit Parts(const config::Settings& from) : settings(from) {}

    const config::Settings& settings;
    std::unique_ptr<base::Clock> clock;
    base::SystemRandom random;
    std::unique_ptr<crypto::Keyring> keys;
    std::unique_ptr<store::Store> store;
    text::Catalogue catalogue;
    std::unique_ptr<text::Messages> messages;
    std::unique_ptr<crypto::HashGate> hashes;
    std::unique_ptr<identity::OidcProvider> mitid;
    std::unique_ptr<identity::OidcProvider> oidc;
    std::unique_ptr<identity::BankId> bankid;
    service::OidcProviders providers;
    std::unique_ptr<service::Services> services;
    std::unique_ptr<jobs::OutboxWorkers> outbox;
    std::vector<std::unique_ptr<jobs::Job>> jobs;
    http::Router admin;
    std::unique_ptr<web::Web> web;
    http::Metrics metrics;
    std::unique_ptr<http::Server> server;
};

/// Everything made, nothing started.
base::Result<std::unique_ptr<Parts>> make_parts(const config::Settings& settings);
/// Binds and serves, then starts the jobs.
base::Status start(Parts& parts);
/// Where the database is, and leave to make what is not there: only for init.
store::StoreOptions store_options(const config::Settings& settings, bool create = false);

}  // namespace portal::daemon
