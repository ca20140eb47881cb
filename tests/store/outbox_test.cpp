// The outbox and its dispatcher with providers that do as the test says. One body, both engines.
#include "store/outbox.hpp"

#include <map>
#include <set>
#include <stdexcept>
#include <thread>

#include "crypto/seal.hpp"
#include "harness.hpp"
#include "outbox/dispatcher.hpp"
#include "store/tenant.hpp"

namespace portal::outbox {
namespace {

using namespace std::chrono_literals;
using base::Result;
using base::TenantId;
using store::NewMessage;
using store::Tx;
using test::ok;

const base::Instant kStart = base::from_ms(1'800'000'000'000);

/// What has reached the outside, of all fakes of a test.
struct World {
    std::mutex mutex;
    std::vector<std::pair<std::string, std::string>> taken;  // provider, text
    std::int64_t asked = 0;

    [[nodiscard]] std::vector<std::string> texts() {
        const std::lock_guard lock{mutex};
        std::vector<std::string> all;
        for (const auto& [provider, text] : taken) all.push_back(text);
        return all;
    }
    [[nodiscard]] std::size_t count() {
        const std::lock_guard lock{mutex};
        return taken.size();
    }
};

class Fake final : public Provider {
  public:
    using Answer = std::function<Outcome(const Message&)>;
    Fake(World& world, std::string name, Answer answer, bool idempotent = false)
        : world_(world),
          name_(std::move(name)),
          answer_(std::move(answer)),
          idempotent_(idempotent) {}
    [[nodiscard]] std::string_view name() const override { return name_; }
    [[nodiscard]] std::string_view channel() const override { return "sms"; }
    [[nodiscard]] bool idempotent() const override { return idempotent_; }
    Outcome send(const Message& message) override {
        auto outcome = answer_ ? answer_(message) : Outcome{Outcome::accepted, "its-id", {}, {}};
        const std::lock_guard lock{world_.mutex};
        ++world_.asked;
        if (outcome.kind == Outcome::accepted)
            world_.taken.emplace_back(name_, message.body.reveal());
        return outcome;
    }

  private:
    World& world_;
    std::string name_;
    Answer answer_;
    bool idempotent_;
};

Fake::Answer always(Outcome::Kind kind, base::Millis wait = 0ms) {
    return [=](const Message&) { return Outcome{kind, {}, "as told", wait}; };
}

struct RowState {
    std::string state;
    std::string reason;
    std::string provider_id;
    bool has_body = false;
    std::int64_t attempts = 0;
    base::Instant next_at{};
};
constexpr store::Statement kLook{"test.look", R"sql(
SELECT state, reason, provider_id, body_sealed, attempts, next_at FROM outbox
WHERE tenant = $1 AND dedupe = $2)sql"};

class House {
  public:
    explicit House(test::Database& database, int tenant_count = 1) : store(database.open()) {
        for (int i = 0; i < tenant_count; ++i) add_tenant("clinic-" + std::to_string(i));
    }

    NewMessage message(TenantId tenant, const std::string& cause, std::string kind = "notice") {
        NewMessage made;
        made.id = base::make_uuid(random);
        made.kind = std::move(kind);
        made.channel = "sms";
        made.dedupe = cause;
        made.language = "sv";
        const auto id = base::format_uuid(made.id);
        const auto seal = [&](std::string_view text, std::string_view column) {
            return crypto::seal(keys, text, crypto::associated_data("outbox", column, tenant, id));
        };
        made.recipient_sealed = seal("+46701234567", "recipient");
        made.body_sealed = seal(cause, "body");
        made.created_at = clock.now();
        made.expires_at = clock.now() + 24h;
        return made;
    }
    bool add(TenantId tenant, const NewMessage& made) {
        const auto added =
            store->write(tenant, [&](Tx& tx) { return store::enqueue(tx, tenant, made); });
        REQUIRE(ok(added));
        return *added;
    }
    bool add(const std::string& cause, std::string kind = "notice") {
        return add(tenants[0], message(tenants[0], cause, std::move(kind)));
    }
    RowState look(const std::string& cause) {
        const auto row = store->read(tenants[0], [&](Tx& tx) {
            return tx.find(
                kLook,
                [](const store::Row& each) {
                    return RowState{each.text(0),     each.text(1),    each.text(2),
                                    !each.is_null(3), each.integer(4), each.instant(5)};
                },
                tenants[0], cause);
        });
        REQUIRE(ok(row));
        REQUIRE(*row);
        return **row;
    }
    DispatcherOptions options(std::unique_ptr<Provider> first = nullptr) {
        DispatcherOptions made;
        made.channel = "sms";
        if (first == nullptr) first = std::make_unique<Fake>(world, "fake", nullptr);
        made.providers.push_back(std::move(first));
        return made;
    }
    std::unique_ptr<Provider> fake(Fake::Answer answer, bool idempotent = false) {
        return std::make_unique<Fake>(world, "fake", std::move(answer), idempotent);
    }
    Dispatcher dispatcher(DispatcherOptions with) {
        return {std::move(with), Parts{*store, keys, clock, random, breakers}};
    }
    Dispatcher dispatcher() { return dispatcher(options()); }
    RunCounts run(Dispatcher& one) {
        const auto counts = one.run_once();
        REQUIRE(ok(counts));
        return *counts;
    }
    RunCounts run(Dispatcher&& one) { return run(one); }

    std::unique_ptr<store::Store> store;
    base::TestClock clock{kStart};
    base::SystemRandom random;
    crypto::Keyring keys = crypto::Keyring::generate(random);
    Breakers breakers;
    World world;
    std::vector<TenantId> tenants;

  private:
    void add_tenant(const std::string& slug) {
        store::Tenant tenant;
        tenant.slug = slug;
        tenant.host = slug + ".localhost";
        tenant.name = slug;
        tenant.zone = "Europe/Stockholm";
        const auto added =
            store->system_write([&](Tx& tx) { return store::insert_tenant(tx, tenant); });
        REQUIRE(ok(added));
        tenants.push_back(added->value());
    }
};

}  // namespace

ENGINE_TEST("a cause has one message, in each tenant", "[outbox][D3]") {
    House house{database, 2};
    CHECK(house.add("a"));
    CHECK(!house.add("a"));
    CHECK(house.add(house.tenants[1], house.message(house.tenants[1], "a")));
    CHECK(house.run(house.dispatcher()).sent == 2);
    CHECK(house.world.texts() == std::vector<std::string>{"a", "a"});
}

ENGINE_TEST("a decision not to send is a row, and the cause is used up", "[outbox][L20]") {
    House house{database};
    const auto tenant = house.tenants[0];
    const auto made = house.message(tenant, "a", "booking-reminder");
    const auto recorded = house.store->write(tenant, [&](Tx& tx) {
        return store::record_not_sent(tx, tenant, made, "booked inside the lead");
    });
    REQUIRE(ok(recorded));
    CHECK(*recorded);
    CHECK(!house.add("a"));
    CHECK(house.run(house.dispatcher()).sent == 0);
    const auto listed = house.store->read(
        tenant, [&](Tx& tx) { return store::list_outbox(tx, tenant, std::nullopt, 10); });
    REQUIRE(ok(listed));
    REQUIRE(listed->size() == 1);
    CHECK(listed->front().state == "not-sent");
    CHECK(listed->front().reason == "booked inside the lead");
}

ENGINE_TEST("a sent message is final, and a secret one loses its body", "[outbox]") {
    House house{database};
    house.add("open");
    auto secret = house.message(house.tenants[0], "code", "login-code");
    secret.secret = true;
    house.add(house.tenants[0], secret);
    auto dispatcher = house.dispatcher();
    while (house.run(dispatcher).more) {
    }
    CHECK(house.world.texts() == std::vector<std::string>{"code", "open"});
    CHECK(house.look("open").state == "sent");
    CHECK(house.look("open").provider_id == "its-id");
    CHECK(house.look("open").has_body);
    CHECK(house.look("code").state == "sent");
    CHECK(!house.look("code").has_body);
    CHECK(house.run(dispatcher).sent == 0);
    const auto counts = house.store->system_read([](Tx& tx) { return store::count_outbox(tx); });
    REQUIRE(ok(counts));
    CHECK(counts->empty());
}

ENGINE_TEST("dispatchers side by side send each message once", "[outbox][L21]") {
    House house{database, 3};
    constexpr int kEach = 60;
    for (const auto tenant : house.tenants)
        for (int i = 0; i < kEach; ++i)
            house.add(tenant, house.message(tenant, std::to_string(tenant.value * 1000 + i)));
    std::atomic<int> failures = 0;
    const auto work = [&] {
        auto dispatcher = house.dispatcher();
        for (int idle = 0; idle < 3;) {
            const auto counts = dispatcher.run_once();
            if (!counts) ++failures;
            idle = counts && counts->more ? 0 : idle + 1;
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) threads.emplace_back(work);
    }
    CHECK(failures == 0);
    const auto texts = house.world.texts();
    CHECK(texts.size() == 3 * kEach);
    CHECK(std::set(texts.begin(), texts.end()).size() == texts.size());
}

ENGINE_TEST("killed between the provider's answer and its record, a message goes out once more",
            "[outbox][P4]") {
    House house{database};
    house.add("code", "login-code");
    house.add("reminder", "booking-reminder");
    const auto die = [&](const Message& message) -> Outcome {
        const std::lock_guard lock{house.world.mutex};
        house.world.taken.emplace_back("fake", message.body.reveal());
        throw std::runtime_error{"killed"};
    };
    auto first = house.dispatcher(house.options(house.fake(die)));
    CHECK_THROWS(first.run_once());
    CHECK(house.run(house.dispatcher()).sent == 0);  // still leased
    house.clock.advance(121s);
    CHECK(house.run(house.dispatcher()).sent == 2);
    CHECK(house.look("code").state == "sent");
    CHECK(house.look("reminder").state == "sent");  // claimed with it, but not begun
    CHECK(house.world.texts() == std::vector<std::string>{"code", "code", "reminder"});
}

ENGINE_TEST("a reminder that may have gone is not sent again", "[outbox][L22][D3]") {
    House house{database};
    house.add("killed", "booking-reminder");
    const auto die = [](const Message&) -> Outcome { throw std::runtime_error{"killed"}; };
    auto first = house.dispatcher(house.options(house.fake(die)));
    CHECK_THROWS(first.run_once());
    house.clock.advance(121s);
    CHECK(house.run(house.dispatcher()).unknown == 1);
    CHECK(house.look("killed").state == "unknown");

    house.add("silence", "booking-reminder");
    house.add("notice");
    auto silent = house.dispatcher(house.options(house.fake(always(Outcome::unknown))));
    CHECK(house.run(silent).unknown == 1);
    CHECK(house.look("silence").state == "unknown");
    CHECK(house.look("notice").state == "deferred");
    house.clock.advance(1h);
    CHECK(house.run(house.dispatcher()).sent == 1);
    CHECK(house.world.texts() == std::vector<std::string>{"notice"});
}

ENGINE_TEST("where the provider drops repeats, an unknown outcome is repeated by the same one",
            "[outbox][P4]") {
    House house{database};
    house.add("reminder", "booking-reminder");
    auto silent = house.dispatcher(house.options(house.fake(always(Outcome::unknown), true)));
    CHECK(house.run(silent).unknown == 0);
    house.clock.advance(121s);
    auto with = house.options(std::make_unique<Fake>(house.world, "other", nullptr));
    with.providers.push_back(house.fake(nullptr, true));
    CHECK(house.run(house.dispatcher(std::move(with))).sent == 1);
    CHECK(house.world.taken.at(0).first == "fake");
}

ENGINE_TEST("what was claimed and not begun is sent after the lease, once", "[outbox][L21]") {
    House house{database};
    house.add("reminder", "booking-reminder");
    const auto tenant = house.tenants[0];
    const store::Lease gone{"gone", kStart, kStart + 120s};
    const auto claimed = house.store->write(
        tenant, [&](Tx& tx) { return store::claim(tx, tenant, "sms", false, gone); });
    REQUIRE(ok(claimed));
    REQUIRE(claimed->size() == 1);
    CHECK(house.run(house.dispatcher()).sent == 0);
    house.clock.advance(120s);
    CHECK(house.run(house.dispatcher()).sent == 1);
    const auto late = house.store->write(tenant, [&](Tx& tx) {
        return store::mark_sending(tx, tenant, claimed->front().row, "fake", gone);
    });
    REQUIRE(ok(late));
    CHECK(!*late);
    CHECK(house.world.count() == 1);
}

ENGINE_TEST("that the provider took a message holds whatever others thought meanwhile",
            "[outbox][L21]") {
    House house{database};
    house.add("reminder", "booking-reminder");
    // While the slow provider answers, another dispatcher with a fast clock ends the lease.
    const auto slow = [&](const Message&) {
        house.clock.advance(121s);
        auto other = house.dispatcher();
        CHECK(house.run(other).unknown == 1);
        return Outcome{Outcome::accepted, "late", {}, {}};
    };
    CHECK(house.run(house.dispatcher(house.options(house.fake(slow)))).sent == 1);
    CHECK(house.look("reminder").state == "sent");
    CHECK(house.look("reminder").provider_id == "late");
    CHECK(house.world.count() == 1);
}

ENGINE_TEST("what is too late expires and is never sent", "[outbox][L24]") {
    House house{database};
    auto code = house.message(house.tenants[0], "code", "login-code");
    code.secret = true;
    code.expires_at = kStart + 10min;
    house.add(house.tenants[0], code);
    house.clock.advance(10min);
    CHECK(house.run(house.dispatcher()).expired == 1);
    CHECK(house.look("code").state == "expired");
    CHECK(house.look("code").reason == "too late");
    CHECK(!house.look("code").has_body);
    CHECK(house.world.count() == 0);
}

ENGINE_TEST("failures are tried again later and later, and as late as asked", "[outbox][P17]") {
    House house{database};
    house.add("a");
    auto failing = house.dispatcher(house.options(house.fake(always(Outcome::temporary))));
    CHECK(house.run(failing).deferred == 1);
    auto row = house.look("a");
    CHECK(row.state == "deferred");
    CHECK(row.reason == "as told");
    CHECK(row.attempts == 1);
    CHECK(row.next_at > kStart + 2s);
    CHECK(row.next_at <= kStart + 5s);
    CHECK(house.run(failing).deferred == 0);
    house.clock.advance(5s);
    auto asking =
        house.dispatcher(house.options(house.fake(always(Outcome::temporary, base::Millis{77s}))));
    CHECK(house.run(asking).deferred == 1);
    CHECK(house.look("a").next_at == house.clock.now() + 77s);
}

ENGINE_TEST("a refused recipient is dead at once, a poisonous message after its attempts",
            "[outbox]") {
    House house{database};
    house.add("nobody");
    auto refusing =
        house.dispatcher(house.options(house.fake(always(Outcome::permanent_recipient))));
    CHECK(house.run(refusing).dead == 1);
    CHECK(house.look("nobody").state == "dead");

    house.add("poison");
    auto with = house.options(house.fake([](const Message& message) {
        const bool bad = message.body.reveal() == "poison";
        return Outcome{bad ? Outcome::temporary : Outcome::accepted, {}, "bad", {}};
    }));
    with.attempts = 3;
    auto dispatcher = house.dispatcher(std::move(with));
    for (int i = 0; i < 4; ++i) {
        house.add("good " + std::to_string(i));
        house.run(dispatcher);
        house.clock.advance(1min);
    }
    CHECK(house.look("poison").state == "dead");
    CHECK(house.look("poison").attempts == 3);
    CHECK(house.world.count() == 4);
}

ENGINE_TEST("a backlog of one tenant does not keep the others waiting", "[outbox]") {
    House house{database, 3};
    for (int i = 0; i < 200; ++i)
        house.add(house.tenants[0], house.message(house.tenants[0], "many " + std::to_string(i)));
    for (const auto& cause : {"one", "two"})
        house.add(house.tenants[1], house.message(house.tenants[1], cause));
    house.add(house.tenants[2], house.message(house.tenants[2], "three"));
    auto with = house.options();
    with.batch = 10;
    auto dispatcher = house.dispatcher(std::move(with));
    for (int i = 0; i < 3; ++i) house.run(dispatcher);
    const auto texts = house.world.texts();
    const std::set<std::string> sent{texts.begin(), texts.end()};
    CHECK(sent.contains("one"));
    CHECK(sent.contains("two"));
    CHECK(sent.contains("three"));
    CHECK(texts.size() < 40);
}

ENGINE_TEST("a reminder is asked about just before it goes", "[outbox][L19]") {
    House house{database};
    house.add("gone", "booking-reminder");
    house.add("still", "booking-reminder");
    auto with = house.options();
    with.veto = [&](Tx& tx, TenantId tenant, const store::ClaimedMessage& message,
                    base::Instant) -> Result<std::string> {
        PORTAL_TRY(listed, store::list_outbox(tx, tenant, std::nullopt, 10));
        CHECK(message.kind == "booking-reminder");
        return std::string{listed.back().id == message.id ? "cancelled" : ""};
    };
    const auto counts = house.run(house.dispatcher(std::move(with)));
    CHECK(counts.sent == 1);
    CHECK(counts.not_sent == 1);
    CHECK(house.look("gone").state == "not-sent");
    CHECK(house.look("gone").reason == "cancelled");
    CHECK(house.world.texts() == std::vector<std::string>{"still"});
}

ENGINE_TEST("a provider that refuses us is passed over at once, one that fails after some tries",
            "[outbox][L23]") {
    House house{database};
    house.add("a");
    const auto two = [&](Outcome::Kind kind) {
        auto with = house.options(house.fake(always(kind)));
        with.providers.push_back(std::make_unique<Fake>(house.world, "second", nullptr));
        return house.dispatcher(std::move(with));
    };
    auto refused = two(Outcome::permanent_provider);
    house.run(refused);
    CHECK(house.run(refused).sent == 1);
    CHECK(house.world.taken.at(0).first == "second");

    house.breakers.succeeded("fake");
    house.add("b");
    auto failing = two(Outcome::temporary);
    for (int i = 0; i < 4; ++i) {
        house.run(failing);
        house.clock.advance(1min);
    }
    CHECK(house.look("b").state == "sent");
    CHECK(house.look("b").attempts == 4);
}

ENGINE_TEST("a day without the provider loses nothing and asks it seldom", "[outbox][P17][L24]") {
    House house{database};
    bool down = true;
    const auto answer = [&](const Message&) {
        return Outcome{down ? Outcome::temporary : Outcome::accepted, {}, "down", {}};
    };
    auto dispatcher = house.dispatcher(house.options(house.fake(answer)));
    for (int i = 0; i < 30; ++i) {
        auto notice = house.message(house.tenants[0], "notice " + std::to_string(i));
        notice.expires_at = kStart + 72h;
        house.add(house.tenants[0], notice);
        auto code = house.message(house.tenants[0], "code " + std::to_string(i), "login-code");
        code.expires_at = kStart + 10min;
        house.add(house.tenants[0], code);
    }
    const auto tick = [&](base::Millis length, base::Millis step) {
        for (base::Millis gone{0}; gone < length; gone += step) {
            house.run(dispatcher);
            house.clock.advance(step);
        }
    };
    tick(24h, 1min);
    CHECK(house.world.count() == 0);
    CHECK(house.world.asked < 700);  // 60 messages, 1440 minutes
    down = false;
    tick(10min, 2s);
    CHECK(house.world.count() == 30);
    for (int i = 0; i < 30; ++i) {
        CHECK(house.look("notice " + std::to_string(i)).state == "sent");
        CHECK(house.look("code " + std::to_string(i)).state == "expired");
    }
}

ENGINE_TEST("stopped in a run, the message in hand is recorded and the rest given back",
            "[outbox]") {
    House house{database};
    for (int i = 0; i < 5; ++i) house.add(std::to_string(i));
    Dispatcher* running = nullptr;
    auto dispatcher = house.dispatcher(house.options(house.fake([&](const Message&) {
        running->stop();
        return Outcome{Outcome::accepted, {}, {}, {}};
    })));
    running = &dispatcher;
    CHECK(house.run(dispatcher).sent == 1);
    CHECK(house.run(house.dispatcher()).sent == 4);
    CHECK(house.world.count() == 5);
}

ENGINE_TEST("a message sealed for another place is dead, not sent", "[outbox]") {
    House house{database};
    auto moved = house.message(house.tenants[0], "a");
    moved.id = base::make_uuid(house.random);
    house.add(house.tenants[0], moved);
    CHECK(house.run(house.dispatcher()).dead == 1);
    CHECK(house.look("a").reason == "cannot be unsealed");
    CHECK(house.world.asked == 0);
}

}  // namespace portal::outbox
