#include "daemon/http/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <mutex>

#include "daemon/http/router.hpp"

namespace portal::http {

namespace {

constexpr std::string_view kOther = "other";
constexpr std::array<const char*, 5> kClasses{"1xx", "2xx", "3xx", "4xx", "5xx"};

const prometheus::Histogram::BucketBoundaries& seconds_buckets() {
    static const prometheus::Histogram::BucketBoundaries kBuckets{
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};
    return kBuckets;
}

/// A value that is asked for when /metrics is read.
struct Asked {
    std::string name;
    std::string help;
    std::string label;  // empty: none
    prometheus::MetricType type = prometheus::MetricType::Gauge;
    Metrics::ReadSeries read;
};

prometheus::MetricFamily collect(const Asked& asked) {
    prometheus::MetricFamily family;
    family.name = asked.name;
    family.help = asked.help;
    family.type = asked.type;
    for (const auto& [value_of_label, value] : asked.read()) {
        prometheus::ClientMetric metric;
        if (!asked.label.empty()) metric.label.push_back({asked.label, value_of_label});
        metric.gauge.value = value;
        metric.counter.value = value;
        family.metric.push_back(std::move(metric));
    }
    return family;
}

/// The series of one route, made when first used, so that /metrics stays short.
struct RouteSeries {
    std::array<std::atomic<prometheus::Counter*>, 5> answered{};
    std::atomic<prometheus::Histogram*> seconds{nullptr};
};

}  // namespace

class Metrics::Impl {
  public:
    Impl() { routes_[std::string{kOther}]; }

    void add_route(const std::string& pattern) { routes_[pattern]; }

    void ask(Asked asked) {
        const std::lock_guard lock{mutex_};
        asked_.push_back(std::move(asked));
    }

    void observe(std::string_view route, int status, std::chrono::nanoseconds took) {
        auto found = routes_.find(route);
        if (found == routes_.end()) found = routes_.find(kOther);
        const auto index = static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
        counter(*found, index).Increment();
        seconds(*found).Observe(std::chrono::duration<double>(took).count());
    }

    std::string body() const {
        auto families = registry_.Collect();
        {
            const std::lock_guard lock{mutex_};
            for (const auto& asked : asked_) families.push_back(collect(asked));
        }
        return prometheus::TextSerializer{}.Serialize(families);
    }

  private:
    using Routes = std::map<std::string, RouteSeries, std::less<>>;

    prometheus::Counter& counter(Routes::value_type& route, std::size_t index) {
        auto& slot = route.second.answered.at(index);
        if (auto* ready = slot.load()) return *ready;
        auto& made = requests_.Add({{"route", route.first}, {"status", kClasses.at(index)}});
        slot = &made;  // Add gives the same one for the same labels
        return made;
    }

    prometheus::Histogram& seconds(Routes::value_type& route) {
        if (auto* ready = route.second.seconds.load()) return *ready;
        auto& made = seconds_.Add({{"route", route.first}}, seconds_buckets());
        route.second.seconds = &made;
        return made;
    }

    prometheus::Registry registry_;
    prometheus::Family<prometheus::Counter>& requests_ =
        prometheus::BuildCounter()
            .Name("portal_http_requests_total")
            .Help("Answered requests by route and class of status.")
            .Register(registry_);
    prometheus::Family<prometheus::Histogram>& seconds_ =
        prometheus::BuildHistogram()
            .Name("portal_http_request_seconds")
            .Help("From the end of a request's head to the end of its answer.")
            .Register(registry_);
    Routes routes_;  // fixed once the server runs
    mutable std::mutex mutex_;
    std::vector<Asked> asked_;
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

void Metrics::add_routes(const Router& router) {
    for (const auto& route : router.routes()) impl_->add_route(route->pattern);
}

void Metrics::add_gauge(std::string name, std::string help, Read read) {
    add_gauges(std::move(name), std::move(help), "", [read = std::move(read)] {
        return Series{{"", read()}};
    });
}

void Metrics::add_counter(std::string name, std::string help, Read read) {
    Asked asked;
    asked.name = std::move(name);
    asked.help = std::move(help);
    asked.type = prometheus::MetricType::Counter;
    asked.read = [read = std::move(read)] { return Series{{"", read()}}; };
    impl_->ask(std::move(asked));
}

void Metrics::add_gauges(std::string name, std::string help, std::string label, ReadSeries read) {
    Asked asked;
    asked.name = std::move(name);
    asked.help = std::move(help);
    asked.label = std::move(label);
    asked.read = std::move(read);
    impl_->ask(std::move(asked));
}

void Metrics::observe(std::string_view route, int status, std::chrono::nanoseconds took) {
    impl_->observe(route, status, took);
}

std::string Metrics::body() const {
    return impl_->body();
}

}  // namespace portal::http
