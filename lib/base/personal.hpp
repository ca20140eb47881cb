// Text that must not reach a log, an error or a terminal by accident: it prints as *** unless
// .reveal() is written, which tests/lint counts. Thread rule: plain values.
// Source: docs/architecture.md style rule 5.
#pragma once

#include <fmt/format.h>
#include <strings.h>

#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace portal::base {

template <class Tag>
class Personal {
  public:
    Personal() = default;
    explicit Personal(std::string text) : text_(std::move(text)) {}
    [[nodiscard]] const std::string& reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    bool operator==(const Personal&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Personal&) { return out << "***"; }

  private:
    std::string text_;
};
using Email = Personal<struct EmailTag>;
using Phone = Personal<struct PhoneTag>;
using NationalId = Personal<struct NationalIdTag>;

/// A password, code, token or key; overwritten when it goes.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string text) : text_(std::move(text)) {}
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept : text_(other.text_) { other.wipe(); }
    Secret& operator=(const Secret&) = default;
    Secret& operator=(Secret&& other) noexcept {
        wipe();
        text_ = other.text_;
        other.wipe();
        return *this;
    }
    ~Secret() { wipe(); }
    [[nodiscard]] const std::string& reveal() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    bool operator==(const Secret&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const Secret&) { return out << "***"; }

  private:
    void wipe() {
        ::explicit_bzero(text_.data(), text_.size());
        text_.clear();
    }
    std::string text_;
};

}  // namespace portal::base

template <class Tag>
struct fmt::formatter<portal::base::Personal<Tag>> : fmt::formatter<std::string_view> {
    auto format(const portal::base::Personal<Tag>&, fmt::format_context& out) const {
        return fmt::formatter<std::string_view>::format("***", out);
    }
};
template <>
struct fmt::formatter<portal::base::Secret> : fmt::formatter<std::string_view> {
    auto format(const portal::base::Secret&, fmt::format_context& out) const {
        return fmt::formatter<std::string_view>::format("***", out);
    }
};
