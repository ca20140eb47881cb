#include "outbox/breaker.hpp"

#include "catch.hpp"
#include "outbox/dispatcher.hpp"

using namespace portal;
using namespace std::chrono_literals;
using outbox::Breakers;

namespace {
const base::Instant kNow = base::from_ms(1'800'000'000'000);
void fail(Breakers& breakers, int times) {
    for (int i = 0; i < times; ++i) breakers.failed("sms", kNow);
}
}  // namespace

TEST_CASE("a breaker opens after failures in a row and only for its provider", "[outbox][L23]") {
    Breakers breakers;
    fail(breakers, Breakers::kFailures - 1);
    CHECK(breakers.may_try("sms", kNow));
    breakers.succeeded("sms");
    fail(breakers, Breakers::kFailures - 1);
    CHECK(breakers.may_try("sms", kNow));
    fail(breakers, 1);
    CHECK(!breakers.may_try("sms", kNow));
    CHECK(!breakers.is_closed("sms"));
    CHECK(breakers.may_try("smtp", kNow));
    CHECK(breakers.reopens("sms") == kNow + Breakers::kPause);
}

TEST_CASE("after the pause one trial is allowed, and its result decides", "[outbox][L23]") {
    Breakers breakers;
    fail(breakers, Breakers::kFailures);
    const auto later = kNow + Breakers::kPause;
    CHECK(breakers.may_try("sms", later));
    CHECK(!breakers.may_try("sms", later));
    breakers.failed("sms", later);
    CHECK(breakers.reopens("sms") == later + 2 * Breakers::kPause);
    const auto again = breakers.reopens("sms");
    CHECK(breakers.may_try("sms", again));
    breakers.succeeded("sms");
    CHECK(breakers.may_try("sms", again));
    CHECK(breakers.is_closed("sms"));
}

TEST_CASE("a trial that did not take place may be taken by the next", "[outbox]") {
    Breakers breakers;
    fail(breakers, Breakers::kFailures);
    const auto later = kNow + Breakers::kPause;
    REQUIRE(breakers.may_try("sms", later));
    breakers.forgo("sms", later);
    CHECK(breakers.may_try("sms", later));
}

TEST_CASE("a refused account opens at once and the pause is bounded", "[outbox]") {
    Breakers breakers;
    breakers.failed("sms", kNow, true);
    CHECK(!breakers.may_try("sms", kNow));
    fail(breakers, 100);
    CHECK(breakers.reopens("sms") == kNow + Breakers::kLongestPause);
}

TEST_CASE("the backoff doubles with jitter, is bounded and respects what was asked",
          "[outbox][P17]") {
    base::SeededRandom random{1};
    for (int attempt = 1; attempt < 100; ++attempt) {
        const auto full = std::min<base::Millis>(5s * (1 << std::min(attempt - 1, 10)), 8min);
        const auto delay = outbox::backoff(attempt, 0ms, random);
        CHECK(delay > full / 2);
        CHECK(delay <= full);
    }
    CHECK(outbox::backoff(1, 90s, random) == 90s);
    CHECK(outbox::backoff(1, 3s, random) <= 5s);
    CHECK(outbox::backoff(1, 0ms, random) != outbox::backoff(1, 0ms, random));
}
