#include "store/engine.hpp"

#include <exception>
#include <typeinfo>

#include "store/failure.hpp"

namespace portal::store {
namespace {

void raise_to(std::atomic<std::int64_t>& highest, std::int64_t value) {
    auto seen = highest.load();
    while (seen < value && !highest.compare_exchange_weak(seen, value)) {
    }
}

/// The act's verdict; an exception names its type only, since its text may hold anything.
Outcome guard(Store::Act act, Tx& tx) {
    try {
        const bool keep = act(tx);
        if (keep && tx.failure()) return {false, tx.failure()};
        return {keep, std::nullopt};
    } catch (const std::exception& thrown) {
        return {false, broken("closure", typeid(thrown).name())};
    }
}

}  // namespace

void Meter::count_write(std::int64_t microseconds, std::int64_t statements) {
    writes_ += 1;
    raise_to(longest_us_, microseconds);
    raise_to(most_statements_, statements);
}

void Meter::count_commit(std::int64_t group) {
    commits_ += 1;
    raise_to(largest_group_, group);
}

StoreStats Meter::read() const {
    StoreStats stats;
    stats.writes = writes_;
    stats.commits = commits_;
    stats.largest_group = largest_group_;
    stats.retries = retries_;
    stats.refused = refused_;
    stats.longest_closure_us = longest_us_;
    stats.most_statements = most_statements_;
    stats.statements = statements_;
    return stats;
}

Outcome Runner::run(Connection& connection, base::TenantId tenant, Store::Act act,
                    Store::Kind kind) {
    Tx tx{connection, tenant, &recorder_};
    if (kind == Store::Kind::read) {
        auto read = guard(act, tx);
        if (tenant) meter_.count_statements(tx.statements());
        return read;
    }
    const auto start = clock_.steady();
    auto outcome = guard(act, tx);
    if (tenant) meter_.count_statements(tx.statements());
    const auto took =
        std::chrono::duration_cast<std::chrono::microseconds>(clock_.steady() - start);
    meter_.count_write(took.count(), tx.statements());
    return outcome;
}

}  // namespace portal::store
