// bench_hashes COUNT: so many argon2id checks on all cores; prints checks a second. The reference
// for password steps over HTTP.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

#include "base/random.hpp"
#include "crypto/password.hpp"

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 200;
    portal::base::SystemRandom random;
    const portal::base::Secret password{"a password of the usual length"};
    const std::string encoded = portal::crypto::hash_password(password, random);
    std::atomic<int> left{count};
    const auto started = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) {
        threads.emplace_back([&] {
            while (left.fetch_sub(1) > 0) {
                if (!portal::crypto::verify_password(password, encoded)) std::abort();
            }
        });
    }
    for (auto& thread : threads) thread.join();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    std::printf("%.2f\n", count / took.count());
}
