// Counters for operators, in Prometheus' text form. Labels are bounded: route patterns and status
// classes, never a tenant, a person or a host.
// Callers: the server observes; other parts of the daemon register gauges by callback.
// Thread rule: add_routes before the server starts, add_* at any time, observe and body from any
// thread; a callback may be run from any thread. Source: architecture.md "Who may what"; hostile
// input 90.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace portal::http {

class Router;

class Metrics {
  public:
    Metrics();
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// Patterns that may become a label; what is not among them counts as "other".
    void add_routes(const Router& router);

    using Read = std::function<double()>;
    using Series = std::vector<std::pair<std::string, double>>;
    using ReadSeries = std::function<Series()>;
    void add_gauge(std::string name, std::string help, Read read);
    void add_counter(std::string name, std::string help, Read read);
    /// One gauge per value of a label; the callback keeps the set of values small.
    void add_gauges(std::string name, std::string help, std::string label, ReadSeries read);

    /// One answered request. `route` is Response::route.
    void observe(std::string_view route, int status, std::chrono::nanoseconds took);
    /// The text for GET /metrics.
    [[nodiscard]] std::string body() const;
    static constexpr std::string_view kContentType = "text/plain; version=0.0.4; charset=utf-8";

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace portal::http
