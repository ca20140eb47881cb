// A bounded pool of connections, opened when first needed; the last one returned is lent first, so
// that caches stay warm. Thread rule: any method from any thread; a Lease belongs to one thread.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/clock.hpp"
#include "store/connection.hpp"

namespace portal::store {

class Pool {
  public:
    using Factory = std::function<base::Result<std::unique_ptr<Connection>>()>;
    Pool(Factory factory, int limit, base::Millis patience);

    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<Connection> connection, bool reused);
        Lease(Lease&& other) noexcept;
        Lease& operator=(Lease&&) = delete;
        ~Lease();
        Connection& operator*() { return *connection_; }
        Connection* operator->() { return connection_.get(); }
        /// It has served before, and may have broken since.
        [[nodiscard]] bool reused() const { return reused_; }
        /// Closes the connection instead of giving it back.
        void discard() { connection_.reset(); }

      private:
        Pool* pool_;  // null after a move
        bool reused_;
        std::unique_ptr<Connection> connection_;
    };

    /// kBusy when none was free within the patience; the factory's error when one cannot be opened.
    base::Result<Lease> acquire();
    /// Makes a connection that is open already part of the pool; before the first acquire().
    void adopt(std::unique_ptr<Connection> connection);

  private:
    void give_back(std::unique_ptr<Connection> connection);

    Factory factory_;
    int limit_;
    base::Millis patience_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::vector<std::unique_ptr<Connection>> idle_;
    int lent_ = 0;
};

}  // namespace portal::store
