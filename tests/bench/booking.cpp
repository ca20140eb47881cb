// bench_booking URL KEYS SLUG COUNT THREADS: records the statements of one booking as a patient
// makes it, runs them COUNT times through the driver with other ids and times, and prints the CPU
// (µs) a booking and the mean size of a commit. The reference for bookings over HTTP: the same
// statements, the same driver, nothing around them. The database must be nobody else's; it is
// written to.
#include "service/booking.hpp"

#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>
#include <vector>

#include "base/encoding.hpp"
#include "service/person.hpp"
#include "service/tenant.hpp"
#include "service/visit.hpp"

namespace {

using namespace portal;

/// One bound value, kept.
struct Kept {
    store::Value::Type type;
    std::int64_t integer;
    std::string bytes;
};
struct Step {
    const store::Statement* statement;
    std::vector<Kept> values;
};

template <class T>
T must(base::Result<T> result) {
    if (result) return *std::move(result);
    std::fprintf(stderr, "bench_booking: %s\n", base::describe(result.error()).c_str());
    std::exit(1);
}

bool is(const store::Statement& statement, std::string_view word) {
    return statement.sql.find(word) != std::string_view::npos;
}

/// What differs between the recorded booking and the n-th that is made like it.
class Changes {
  public:
    Changes(const std::vector<Step>& steps, std::int64_t starts, base::Random& random,
            std::int64_t shift)
        : starts_(starts), shift_(shift) {
        for (const auto& step : steps) {
            if (!is(*step.statement, "INSERT")) continue;
            for (const auto& value : step.values) {
                if (value.type != store::Value::Type::blob) continue;
                if (value.bytes.size() != 16 && value.bytes.size() != 32) continue;
                auto& fresh = blobs_[value.bytes];
                if (!fresh.empty()) continue;
                fresh.resize(value.bytes.size());
                random.fill({reinterpret_cast<std::uint8_t*>(fresh.data()), fresh.size()});
            }
        }
    }
    void set_row(std::int64_t old_id, std::int64_t new_id) {
        old_row_ = old_id;
        row_ = new_id;
    }
    [[nodiscard]] Kept apply(Kept value) const {
        constexpr std::int64_t kDay = 86'400'000;
        if (value.type == store::Value::Type::blob) {
            if (const auto found = blobs_.find(value.bytes); found != blobs_.end())
                value.bytes = found->second;
        } else if (value.type == store::Value::Type::integer) {
            if (old_row_ != 0 && value.integer == old_row_) value.integer = row_;
            if (std::abs(value.integer - starts_) <= kDay) value.integer += shift_;
        } else if (value.type == store::Value::Type::text) {
            value.bytes = in_text(std::move(value.bytes));
        }
        return value;
    }

  private:
    [[nodiscard]] std::string in_text(std::string text) const {
        for (const auto& [old, fresh] : blobs_) {
            if (old.size() != 16) continue;
            base::Uuid a;
            base::Uuid b;
            std::copy(old.begin(), old.end(), a.bytes.begin());
            std::copy(fresh.begin(), fresh.end(), b.bytes.begin());
            const auto from = base::format_uuid(a);
            if (const auto at = text.find(from); at != std::string::npos)
                text.replace(at, from.size(), base::format_uuid(b));
        }
        const auto row = std::to_string(old_row_);
        if (const auto at = text.find(row); old_row_ != 0 && at != std::string::npos)
            text.replace(at, row.size(), std::to_string(row_));
        return text;
    }

    std::map<std::string, std::string> blobs_;
    std::int64_t starts_;
    std::int64_t shift_;
    std::int64_t old_row_ = 0;
    std::int64_t row_ = 0;
};

/// What the driver's run and list ask of a parameter.
store::Value to_value(const Kept& kept) {
    return {kept.type, kept.integer, kept.bytes};
}

/// Executes one recorded statement; the first column of its first row where it is a number.
template <std::size_t... I>
base::Result<std::optional<std::int64_t>> execute(store::Tx& tx, const store::Statement& statement,
                                                  const std::vector<Kept>& values,
                                                  std::index_sequence<I...>) {
    if (is(statement, "SELECT") || is(statement, "RETURNING")) {
        const bool id = statement.name == "booking.insert";
        PORTAL_TRY(
            rows, tx.list(
                      statement,
                      [id](const store::Row& row) { return id ? row.integer(0) : std::int64_t{0}; },
                      values[I]...));
        return rows.empty() ? std::nullopt : std::optional{rows.front()};
    }
    PORTAL_TRY(changed, tx.run(statement, values[I]...));
    return std::optional{changed};
}

template <std::size_t N = 0>
base::Result<std::optional<std::int64_t>> execute_any(store::Tx& tx, const store::Statement& of,
                                                      const std::vector<Kept>& values) {
    if constexpr (N > 40) {
        return base::make_error(base::ErrorCode::internal, "too many parameters");
    } else {
        if (values.size() == N) return execute(tx, of, values, std::make_index_sequence<N>{});
        return execute_any<N + 1>(tx, of, values);
    }
}

base::Status replay(store::Tx& tx, const std::vector<Step>& steps, Changes& changes,
                    std::int64_t row) {
    for (const auto& step : steps) {
        std::vector<Kept> values;
        values.reserve(step.values.size());
        for (const auto& value : step.values) values.push_back(changes.apply(value));
        PORTAL_TRY(first, execute_any(tx, *step.statement, values));
        if (step.statement->name == "booking.insert" && first) changes.set_row(row, *first);
    }
    return {};
}

double cpu_us() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto us = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec);
    };
    return us(usage.ru_utime) + us(usage.ru_stime);
}

/// Books through the service: `count` visits from `first` on, one after the other.
class Booker {
  public:
    Booker(const service::Services& services, const std::string& slug)
        : services_(services), tenant_(must(service::find_tenant_of_slug(services, slug))) {
        service::Principal root;
        root.kind = service::Principal::operator_;
        root.may_read = root.may_write = true;
        service::Session session{services, root, tenant_, text::Language::en};
        const auto patient = must(service::list_patients(session, {})).items.at(0);
        staff_ = base::format_uuid(must(service::list_staff(session, {})).items.at(0).id);
        type_ = must(service::list_visit_types(session, {})).items.at(0);
        who_.kind = service::Principal::patient;
        const auto found = must(services.store.read(tenant_.id, [&](store::Tx& tx) {
            return store::find_membership_by_public_id(tx, tenant_.id, patient.id);
        }));
        who_.person = found.value();
    }
    [[nodiscard]] base::TenantId tenant() const { return tenant_.id; }
    [[nodiscard]] base::Millis length() const {
        return std::chrono::minutes{type_.duration_minutes};
    }
    base::Instant first_free() {
        service::Session session{services_, who_, tenant_, text::Language::en};
        domain::ListSlots wanted{staff_, base::format_uuid(type_.id), std::nullopt, 31};
        return must(service::list_slots(session, wanted)).items.at(0).starts;
    }
    void book(base::Instant starts) {
        service::Session session{services_, who_, tenant_, text::Language::en};
        domain::CreateBooking command;
        command.staff = staff_;
        command.visit_type = base::format_uuid(type_.id);
        command.starts = starts;
        command.key = std::to_string(base::to_ms(starts));
        must(service::create_booking(session, command));
    }

  private:
    const service::Services& services_;
    store::Tenant tenant_;
    domain::VisitTypeView type_;
    service::Principal who_;
    std::string staff_;
};

/// So many bookings first that the recorded row's id is no other small number of its statements.
constexpr int kWarmUp = 1000;

struct Run {
    store::Store& store;
    base::TenantId tenant;
    const std::vector<Step>& steps;
    std::int64_t starts;  // of the recorded booking, ms
    std::int64_t length;  // of a visit, ms
    std::int64_t row;     // the recorded booking's id
};

void replay_all(const Run& run, int count, int threads) {
    std::atomic<int> next{0};
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t) {
        all.emplace_back([&] {
            base::SystemRandom random;
            for (int i = ++next; i <= count; i = ++next) {
                Changes changes{run.steps, run.starts, random, i * run.length};
                const auto done = run.store.write(run.tenant, [&](store::Tx& tx) -> base::Status {
                    return replay(tx, run.steps, changes, run.row);
                });
                if (!done) {
                    std::fprintf(stderr, "replay: %s\n", base::describe(done.error()).c_str());
                    std::exit(1);
                }
            }
        });
    }
    for (auto& thread : all) thread.join();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) return 2;
    const int count = std::atoi(argv[4]);
    base::SystemClock clock;
    base::SystemRandom random;
    std::vector<Step> steps;
    std::atomic<bool> recording{false};
    store::StoreOptions with;
    with.url = argv[1];
    with.recorder = [&](const store::Statement& statement, std::span<const store::Value> values,
                        std::int64_t) {
        if (!recording) return;
        Step step{&statement, {}};
        for (const auto& value : values)
            step.values.push_back({value.type, value.integer, std::string{value.bytes}});
        steps.push_back(std::move(step));
    };
    const auto store = must(store::Store::open(std::move(with), clock));
    const auto keys = must(crypto::Keyring::load(argv[2]));
    crypto::HashGate gate;
    const text::Catalogue catalogue;
    const auto messages = must(text::Messages::load(catalogue));
    const service::Services services{*store,    clock,    random, keys, gate,
                                     catalogue, messages, {},     [] {}};
    Booker booker{services, argv[3]};
    auto starts = booker.first_free();
    for (int i = 0; i < kWarmUp; ++i, starts += booker.length()) booker.book(starts);
    recording = true;
    booker.book(starts);
    recording = false;
    const auto row = must(store->read(booker.tenant(), [&](store::Tx& tx) {
        constexpr store::Statement kLast{"bench.last_booking",
                                         "SELECT MAX(id) FROM booking WHERE tenant = $1"};
        return tx.find(
            kLast, [](const store::Row& found) { return found.integer(0); }, booker.tenant());
    }));
    const auto before = store->stats();
    const double cpu = cpu_us();
    replay_all({*store, booker.tenant(), steps, base::to_ms(starts), booker.length().count(),
                row.value_or(0)},
               count, std::atoi(argv[5]));
    const double used = cpu_us() - cpu;
    const auto after = store->stats();
    std::printf("%.1f %.1f %zu\n", used / count,
                static_cast<double>(after.writes - before.writes) /
                    static_cast<double>(std::max<std::int64_t>(1, after.commits - before.commits)),
                steps.size());
}
