// Records of the operator's own acts: reminders by cron, the outbox, the state of the daemon.
// Source: D3, L20.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"

namespace portal::domain {

PORTAL_NO_FIELDS(SendReminders)

struct ReminderReport {
    std::int64_t queued = 0;
    std::int64_t not_sent = 0;
    std::int64_t lapsed = 0;
    std::int64_t done = 0;
    std::int64_t failed = 0;
};
BOOST_DESCRIBE_STRUCT(ReminderReport, (), (queued, not_sent, lapsed, done, failed))
PORTAL_HELP(ReminderReport, {"queued", "reminders that were due and now go out"},
            {"not_sent", "reminders that were due and must not go out any more"},
            {"lapsed", "visits that were not confirmed until their planned end"},
            {"done", "confirmed visits that ended an hour ago or earlier"},
            {"failed", "reminders and visits that could not be settled and stay due"})

struct ListOutbox {
    std::optional<base::Uuid> booking;
    std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ListOutbox, (), (booking, limit))
PORTAL_HELP(ListOutbox, {"booking", "only messages of this booking"},
            {"limit", "how many rows, newest first; 100 when absent", 0, 1, 10000})

struct OutboxView {
    base::Uuid id;
    std::string kind;
    std::string channel;
    std::string state;
    std::string reason;
    std::int64_t attempts = 0;
    base::Instant created_at{};
    base::Instant next_at{};
    std::string provider;
};
BOOST_DESCRIBE_STRUCT(OutboxView, (),
                      (id, kind, channel, state, reason, attempts, created_at, next_at, provider))
PORTAL_HELP(OutboxView, {"id", "id", base::kWide}, {"kind", "what the message is about"},
            {"channel", "email or sms"}, {"state", "queued, sending, sent, not-sent ..."},
            {"reason", "why it stands there"}, {"attempts", "how often it was tried"},
            {"created_at", "when it was made"}, {"next_at", "when it is tried next", base::kWide},
            {"provider", "who took it", base::kWide})

struct OutboxList {
    std::vector<OutboxView> items;
};
BOOST_DESCRIBE_STRUCT(OutboxList, (), (items))
PORTAL_HELP(OutboxList, {"items", "the messages"})

PORTAL_NO_FIELDS(ShowStatus)

struct StatusView {
    std::string version;
    std::string engine;
    std::int64_t schema = 0;
    bool test_hooks = false;
    std::int64_t tenants = 0;
    std::int64_t outbox_waiting = 0;
};
BOOST_DESCRIBE_STRUCT(StatusView, (),
                      (version, engine, schema, test_hooks, tenants, outbox_waiting))
PORTAL_HELP(StatusView, {"version", "portald's version"}, {"engine", "sqlite or postgresql"},
            {"schema", "version of the schema"},
            {"test_hooks", "whether this build can be told another time; never in production"},
            {"tenants", "how many tenants"}, {"outbox_waiting", "messages not yet sent"})

}  // namespace portal::domain
