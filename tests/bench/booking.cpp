// bench_booking URL KEYS SLUG COUNT GROUP: books as a patient does, recording the statements of one
// booking, then runs them COUNT times through the driver with other ids and times, GROUP writes in
// a commit. Prints the CPU (µs) a booking, the mean size of a commit and the number of statements.
// The reference for bookings over HTTP: the same statements, the same driver, nothing around them.
// The database must be nobody else's; it is written to.
#include "service/booking.hpp"

#include <sys/resource.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <thread>
#include <vector>

#include "base/encoding.hpp"
#include "service/availability.hpp"
#include "service/person.hpp"
#include "service/slot.hpp"
#include "service/staff.hpp"
#include "service/tenant.hpp"
#include "service/visit_type.hpp"

namespace {

using namespace portal;
using store::Value;

/// One bound value, kept.
struct Kept {
    Value::Type type = Value::Type::null;
    std::int64_t integer = 0;
    std::string bytes{};
    bool is_row = false;  // the booking's own number, known when it is inserted
};
struct Step {
    const store::Statement* statement = nullptr;
    std::vector<Kept> values{};
    bool makes_row = false;
    bool answers = false;  // rows
};
using Steps = std::vector<Step>;

template <class T>
T must(base::Result<T> result) {
    if (result) return *std::move(result);
    std::fprintf(stderr, "bench_booking: %s\n", base::describe(result.error()).c_str());
    std::exit(1);
}

bool has(const store::Statement& statement, std::string_view word) {
    return statement.sql.find(word) != std::string_view::npos;
}

std::string uuid_text(std::string_view bytes) {
    base::Uuid id;
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
    return base::format_uuid(id);
}

void replace(std::string& text, const std::string& old, const std::string& fresh) {
    if (const auto at = text.find(old); at != std::string::npos)
        text.replace(at, old.size(), fresh);
}

struct Recorded {
    Steps steps{};
    std::int64_t starts = 0;  // ms
    std::int64_t length = 0;  // ms
    std::int64_t row = 0;
};

/// Makes of the recorded booking the n-th one like it: fresh ids and keys, the n-th time after it.
class Copier {
  public:
    Copier(const Recorded& of, int n, base::Random& random) : of_(of), n_(n) {
        for (const auto& step : of.steps) {
            if (!has(*step.statement, "INSERT")) continue;
            for (const auto& value : step.values) {
                const bool id = value.bytes.size() == 16 || value.bytes.size() == 32;
                if (value.type != Value::Type::blob || !id || blobs_.contains(value.bytes))
                    continue;
                auto& fresh = blobs_[value.bytes];
                fresh.resize(value.bytes.size());
                random.fill({reinterpret_cast<std::uint8_t*>(fresh.data()), fresh.size()});
            }
        }
    }
    [[nodiscard]] Steps copy() const {
        Steps copied = of_.steps;
        for (auto& step : copied)
            for (auto& value : step.values) change(value);
        return copied;
    }

  private:
    void change(Kept& value) const {
        constexpr std::int64_t kDay = 86'400'000;
        if (value.type == Value::Type::blob) {
            if (const auto found = blobs_.find(value.bytes); found != blobs_.end())
                value.bytes = found->second;
        } else if (value.type == Value::Type::integer) {
            value.is_row = value.integer == of_.row;
            if (std::abs(value.integer - of_.starts) <= kDay) value.integer += n_ * of_.length;
        } else if (value.type == Value::Type::text) {
            for (const auto& [old, fresh] : blobs_)
                if (old.size() == 16) replace(value.bytes, uuid_text(old), uuid_text(fresh));
            replace(value.bytes, std::to_string(of_.row), std::to_string(of_.row + n_));
        }
    }

    const Recorded& of_;
    int n_;
    std::map<std::string, std::string> blobs_;
};

/// What the driver's run and find ask of a parameter.
Value to_value(const Kept& kept) {
    return {kept.type, kept.integer, kept.bytes};
}

/// The booking's number where the statement makes one, else 0.
template <std::size_t... I>
base::Result<std::int64_t> execute(store::Tx& tx, const Step& step, std::index_sequence<I...>) {
    const auto first = [&step](const store::Row& row) {
        return step.makes_row ? row.integer(0) : std::int64_t{0};
    };
    if (step.answers) {
        PORTAL_TRY(rows, tx.list(*step.statement, first, step.values[I]...));
        return rows.empty() ? 0 : rows.front();
    }
    PORTAL_TRY(changed, tx.run(*step.statement, step.values[I]...));
    return 0;
}

/// The driver takes its parameters one by one: finds the instance for so many.
template <std::size_t N = 0>
base::Result<std::int64_t> execute_any(store::Tx& tx, const Step& step) {
    constexpr std::size_t kMost = 40;
    if constexpr (N > kMost) {
        return base::make_error(base::ErrorCode::internal, "too many parameters");
    } else {
        if (step.values.size() == N) return execute(tx, step, std::make_index_sequence<N>{});
        return execute_any<N + 1>(tx, step);
    }
}

base::Status replay(store::Tx& tx, Steps& steps) {
    std::int64_t row = 0;
    for (auto& step : steps) {
        for (auto& value : step.values)
            if (value.is_row) value.integer = row;
        PORTAL_TRY(made, execute_any(tx, step));
        if (step.makes_row) row = made;
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

/// Books visits of the clinic's first patient with its first staff member.
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
        who_.assurance = domain::Assurance::password_code;
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
        const domain::ListSlots wanted{{staff_}, base::format_uuid(type_.id), std::nullopt, 7};
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
    std::int64_t last_row() {
        constexpr store::Statement kLast{"bench.last_booking",
                                         "SELECT MAX(id) FROM booking WHERE tenant = $1"};
        const auto row = must(services_.store.read(tenant_.id, [&](store::Tx& tx) {
            return tx.find(
                kLast, [](const store::Row& found) { return found.integer(0); }, tenant_.id);
        }));
        return row.value_or(0);
    }

  private:
    const service::Services& services_;
    store::Tenant tenant_;
    domain::VisitTypeView type_;
    service::Principal who_;
    std::string staff_;
};

class Recorder {
  public:
    void see(const store::Statement& statement, std::span<const Value> values) {
        if (!on_) return;
        Step step{&statement};
        step.makes_row = statement.name == "booking.insert";
        step.answers = has(statement, "SELECT") || has(statement, "RETURNING");
        for (const auto& value : values)
            step.values.push_back({value.type, value.integer, std::string{value.bytes}});
        recorded_.steps.push_back(std::move(step));
    }
    /// So many bookings first that the row's number is no other small number of its statements.
    Recorded record(Booker& booker) {
        constexpr int kBefore = 1000;
        auto starts = booker.first_free();
        for (int i = 0; i < kBefore; ++i, starts += booker.length()) booker.book(starts);
        on_ = true;
        booker.book(starts);
        on_ = false;
        recorded_.starts = base::to_ms(starts);
        recorded_.length = booker.length().count();
        recorded_.row = booker.last_row();
        return std::move(recorded_);
    }

  private:
    Recorded recorded_;
    std::atomic<bool> on_{false};
};

void run_all(store::Store& store, base::TenantId tenant, std::vector<Steps>& bookings,
             std::size_t threads) {
    std::atomic<std::size_t> next{0};
    std::vector<std::thread> all;
    for (std::size_t t = 0; t < threads; ++t) {
        all.emplace_back([&] {
            for (auto i = next++; i < bookings.size(); i = next++) {
                const auto done =
                    store.write(tenant, [&](store::Tx& tx) { return replay(tx, bookings[i]); });
                if (done) continue;
                std::fprintf(stderr, "replay: %s\n", base::describe(done.error()).c_str());
                std::exit(1);
            }
        });
    }
    for (auto& thread : all) thread.join();
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 6) return 2;
    const int count = std::atoi(argv[4]);
    const auto group = static_cast<std::size_t>(std::max(1, std::atoi(argv[5])));
    base::SystemClock clock;
    base::SystemRandom random;
    Recorder recorder;
    store::StoreOptions with;
    with.url = argv[1];
    with.group_limit = group;
    with.recorder = [&](const store::Statement& statement, std::span<const Value> values,
                        std::int64_t) { recorder.see(statement, values); };
    const auto store = must(store::Store::open(std::move(with), clock));
    const auto keys = must(crypto::Keyring::load(argv[2]));
    crypto::HashGate gate;
    const text::Catalogue catalogue;
    const auto messages = must(text::Messages::load(catalogue));
    service::Options options;
    options.sms = true;
    const service::Services services{*store,    clock,    random,  keys, gate,
                                     catalogue, messages, options, [] {}};
    Booker booker{services, argv[3]};
    const auto recorded = recorder.record(booker);
    std::vector<Steps> bookings;
    for (int n = 1; n <= count; ++n) bookings.push_back(Copier{recorded, n, random}.copy());

    const auto before = store->stats();
    const double cpu = cpu_us();
    // While one group commits, the next one waits.
    run_all(*store, booker.tenant(), bookings, group == 1 ? 1 : 2 * group);
    const double used = cpu_us() - cpu;
    const auto after = store->stats();
    std::printf("%.1f %.2f %zu\n", used / count,
                static_cast<double>(after.writes - before.writes) /
                    static_cast<double>(std::max<std::int64_t>(1, after.commits - before.commits)),
                recorded.steps.size());
}
