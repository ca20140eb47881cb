// The daemon's senders: a job per channel and worker, each with a dispatcher and providers of its
// own, made from the settings. Called by main; service wakes it after a commit that queued
// something. Thread rule: any thread after make(). Source: X2, settings [outbox], [mail], [sms].
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "daemon/jobs/job.hpp"
#include "outbox/dispatcher.hpp"

namespace portal::jobs {

/// What main gives; everything outlives the workers.
struct OutboxParts {
    store::Store& store;
    const crypto::Keyring& keys;
    const base::Clock& clock;
    base::Random& random;
    outbox::Veto veto;
};

class OutboxWorkers {
  public:
    /// invalid: a setting or a password file.
    static base::Result<std::unique_ptr<OutboxWorkers>> make(const config::Settings& settings,
                                                             const OutboxParts& parts);
    ~OutboxWorkers();

    void start();
    void wake();
    /// Waits for the messages in hand; what else was claimed is given back.
    void stop();
    /// Since the start, of one channel ("email", "sms"); for metrics.
    [[nodiscard]] outbox::RunCounts totals(std::string_view channel) const;

  private:
    struct Worker;
    OutboxWorkers() = default;
    base::Result<std::optional<base::Instant>> work(Worker& worker, const base::Clock& clock);

    outbox::Breakers breakers_;
    mutable std::mutex mutex_;
    outbox::RunCounts mail_;
    outbox::RunCounts sms_;
    std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace portal::jobs
