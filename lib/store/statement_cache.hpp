// Prepared statements of one connection by their SQL text, the least recently used one dropped at
// the bound. Thread rule: that of its connection.
#pragma once

#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace portal::store {

template <class Prepared>
class StatementCache {
  public:
    explicit StatementCache(std::size_t bound) : bound_(bound) {}

    Prepared* find(std::string_view sql) {
        const auto at = index_.find(sql);
        if (at == index_.end()) return nullptr;
        order_.splice(order_.begin(), order_, at->second);
        return &at->second->second;
    }
    Prepared* insert(std::string_view sql, Prepared prepared) {
        order_.emplace_front(std::string{sql}, std::move(prepared));
        index_.emplace(order_.front().first, order_.begin());
        return &order_.front().second;
    }
    /// What must go to make room for one more; null: nothing.
    Prepared* victim() { return order_.size() < bound_ ? nullptr : &order_.back().second; }
    void drop_victim() {
        index_.erase(order_.back().first);
        order_.pop_back();
    }
    void clear() {
        index_.clear();
        order_.clear();
    }
    [[nodiscard]] std::size_t size() const { return order_.size(); }

  private:
    std::size_t bound_;
    std::list<std::pair<std::string, Prepared>> order_;
    std::unordered_map<std::string_view, typename decltype(order_)::iterator> index_;
};

}  // namespace portal::store
