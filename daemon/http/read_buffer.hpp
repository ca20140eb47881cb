// Bytes read and not yet used. Room is not cleared before it is written, unlike a string's.
// Internal. Thread rule: one connection's own.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace portal::http {

class ReadBuffer {
  public:
    [[nodiscard]] std::string_view unread() const { return {data_.get() + start_, end_ - start_}; }
    [[nodiscard]] bool empty() const { return start_ == end_; }
    void consume(std::size_t count) {
        start_ += count;
        if (start_ == end_) start_ = end_ = 0;
    }
    /// Room for at least `size` bytes behind what is unread; moves what is unread.
    char* prepare(std::size_t size) {
        const auto kept = end_ - start_;
        if (capacity_ - kept < size) {
            capacity_ = std::max(kept + size, 2 * capacity_);
            auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
            if (kept > 0) std::memcpy(larger.get(), data_.get() + start_, kept);
            data_ = std::move(larger);
        } else if (start_ > 0) {
            std::memmove(data_.get(), data_.get() + start_, kept);
        }
        start_ = 0;
        end_ = kept;
        return data_.get() + end_;
    }
    void commit(std::size_t count) { end_ += count; }
    /// Gives the memory back while nothing is unread: an idle client costs little.
    void release() {
        if (!empty()) return;
        data_.reset();
        capacity_ = 0;
    }

  private:
    std::unique_ptr<char[]> data_;
    std::size_t capacity_ = 0;
    std::size_t start_ = 0;
    std::size_t end_ = 0;
};

}  // namespace portal::http
