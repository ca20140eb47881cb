// bench_hashes SECONDS: argon2id checks on all cores for so long; prints checks a second and the
// CPU (µs) of one. The reference for password steps over HTTP.
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "base/random.hpp"
#include "crypto/password.hpp"

namespace {

double cpu_us() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto us = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec);
    };
    return us(usage.ru_utime) + us(usage.ru_stime);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    portal::base::SystemRandom random;
    const portal::base::Secret password{"a password of the usual length"};
    const std::string encoded = portal::crypto::hash_password(password, random);
    std::atomic<int> done{0};
    const auto started = std::chrono::steady_clock::now();
    const auto end = started + std::chrono::seconds{std::atoi(argv[1])};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
        threads.emplace_back([&] {
            for (; std::chrono::steady_clock::now() < end; ++done)
                if (!portal::crypto::verify_password(password, encoded)) std::abort();
        });
    }
    for (auto& thread : threads) thread.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::printf("%.2f %.0f\n", done / took.count(), cpu_us() / done);
}
