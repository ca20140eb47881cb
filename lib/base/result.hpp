// A value or an Error. The only way in which lib reports failure.
#pragma once

#include <optional>
#include <utility>
#include <variant>

#include "base/error.hpp"

namespace portal::base {

template <class T>
class [[nodiscard]] Result {
  public:
    using Value = T;
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    T& operator*() & { return std::get<0>(state_); }
    const T& operator*() const& { return std::get<0>(state_); }
    T&& operator*() && { return std::get<0>(std::move(state_)); }
    T* operator->() { return &std::get<0>(state_); }
    const T* operator->() const { return &std::get<0>(state_); }
    const Error& error() const& { return std::get<1>(state_); }
    Error&& error() && { return std::get<1>(std::move(state_)); }

  private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    using Value = void;
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    explicit operator bool() const { return !error_; }
    const Error& error() const& { return *error_; }
    Error&& error() && { return *std::move(error_); }

  private:
    std::optional<Error> error_;
};
using Status = Result<void>;

}  // namespace portal::base

/// PORTAL_TRY(name, expression): declares `name` as the value, or returns the error.
#define PORTAL_TRY(name, ...)                                    \
    auto name##_result = (__VA_ARGS__);                          \
    if (!name##_result) return std::move(name##_result).error(); \
    [[maybe_unused]] auto& name = *name##_result
/// PORTAL_TRYV(expression): for Status, returns the error.
#define PORTAL_TRYV(...) PORTAL_TRYV_NAMED(PORTAL_JOIN(portal_status_, __COUNTER__), __VA_ARGS__)
#define PORTAL_TRYV_NAMED(name, ...)                                          \
    do {                                                                      \
        if (auto name = (__VA_ARGS__); !name) return std::move(name).error(); \
    } while (false)
#define PORTAL_JOIN(a, b) PORTAL_JOIN_(a, b)
#define PORTAL_JOIN_(a, b) a##b
