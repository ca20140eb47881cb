#include "crypto/password.hpp"

#include <thread>
#include <vector>

#include "catch.hpp"

using namespace portal;
using base::Secret;

TEST_CASE("a hash of the reference implementation verifies", "[P10]") {
    constexpr std::string_view kReference =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    CHECK(crypto::verify_password(Secret{"password"}, kReference));
    CHECK_FALSE(crypto::verify_password(Secret{"Password"}, kReference));
    CHECK(crypto::needs_rehash(kReference));
}

TEST_CASE("a password verifies against its own hash and no other", "[P10]") {
    base::SeededRandom random{1};
    const Secret password{"correct horse battery staple åäö"};
    const auto hash = crypto::hash_password(password, random);
    CHECK_THAT(hash, Catch::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    CHECK(hash.size() == 97);
    CHECK(crypto::verify_password(password, hash));
    CHECK_FALSE(crypto::verify_password(Secret{"correct horse battery staple åäo"}, hash));
    CHECK_FALSE(crypto::verify_password(Secret{""}, hash));
    CHECK(crypto::hash_password(password, random) != hash);
    CHECK_FALSE(crypto::needs_rehash(hash));
}

TEST_CASE("text that is no hash verifies nothing") {
    for (const std::string_view text :
         {"", "x", "$argon2id$", "$argon2i$v=19$m=19456,t=2,p=1$AA$AA"}) {
        CHECK_FALSE(crypto::verify_password(Secret{"password"}, text));
        CHECK(crypto::needs_rehash(text));
    }
    CHECK_FALSE(crypto::verify_password(Secret{"password"}, std::string(10'000, '$')));
    CHECK_FALSE(crypto::verify_password(Secret{""}, std::string_view("\0", 1)));
}

TEST_CASE("nobody's password is the same work and always wrong", "[P10]") {
    using Clock = std::chrono::steady_clock;
    base::SeededRandom random{1};
    const auto hash = crypto::hash_password(Secret{"a password"}, random);
    const auto time = [](auto work) {
        auto best = std::chrono::nanoseconds::max();
        for (int i = 0; i < 5; ++i) {
            const auto start = Clock::now();
            work();
            best = std::min<std::chrono::nanoseconds>(best, Clock::now() - start);
        }
        return std::chrono::duration<double, std::milli>(best).count();
    };
    CHECK_FALSE(crypto::verify_against_nobody(Secret{"a password"}));
    const auto known = time([&] { (void)crypto::verify_password(Secret{"b password"}, hash); });
    const auto nobody = time([&] { (void)crypto::verify_against_nobody(Secret{"b password"}); });
    CAPTURE(known, nobody);
    CHECK(nobody > known / 4);  // the hash is really made; the fine comparison is the bench's
}

TEST_CASE("the gate lets only so many hashes run at once") {
    crypto::HashGate gate{2};
    using namespace std::chrono_literals;
    auto first = gate.enter(0ms);
    auto second = gate.enter(0ms);
    REQUIRE(first);
    REQUIRE(second);
    CHECK_FALSE(gate.enter(1ms));
    first.reset();
    CHECK(gate.enter(0ms));
    CHECK(gate.entered() == 3);
    CHECK(crypto::HashGate{}.width() >= 1);
}

TEST_CASE("the gate counts right from many threads") {
    crypto::HashGate gate{3};
    std::atomic<int> inside{0};
    std::atomic<int> most{0};
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                const auto pass = gate.enter(std::chrono::seconds{10});
                const int now = ++inside;
                for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {
                }
                --inside;
            }
        });
    threads.clear();
    CHECK(most <= 3);
    CHECK(gate.entered() == 1600);
}
