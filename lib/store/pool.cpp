#include "store/pool.hpp"

#include <utility>

#include "store/failure.hpp"

namespace portal::store {

Pool::Lease::Lease(Pool& pool, std::unique_ptr<Connection> connection, bool reused)
    : pool_(&pool), reused_(reused), connection_(std::move(connection)) {}

Pool::Lease::Lease(Lease&& other) noexcept
    : pool_(std::exchange(other.pool_, nullptr)),
      reused_(other.reused_),
      connection_(std::move(other.connection_)) {}

Pool::Lease::~Lease() {
    if (pool_ != nullptr) pool_->give_back(std::move(connection_));
}

Pool::Pool(Factory factory, int limit, base::Millis patience)
    : factory_(std::move(factory)), limit_(limit), patience_(patience) {}

void Pool::adopt(std::unique_ptr<Connection> connection) {
    idle_.push_back(std::move(connection));
}

base::Result<Pool::Lease> Pool::acquire() {
    std::unique_lock lock{mutex_};
    if (!free_.wait_for(lock, patience_, [this] { return lent_ < limit_; })) {
        return to_error({Failure::Kind::busy, "pool", {}}, "acquire");
    }
    ++lent_;
    if (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        return Lease{*this, std::move(connection), true};
    }
    lock.unlock();
    auto opened = factory_();
    if (!opened) {
        give_back(nullptr);
        return std::move(opened).error();
    }
    return Lease{*this, *std::move(opened), false};
}

void Pool::give_back(std::unique_ptr<Connection> connection) {
    {
        const std::lock_guard lock{mutex_};
        --lent_;
        if (connection) idle_.push_back(std::move(connection));
    }
    free_.notify_one();
}

}  // namespace portal::store
