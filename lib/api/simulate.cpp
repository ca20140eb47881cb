#include "api/simulate.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun simulate_noun() {
    static constexpr std::array kRows{make_row(kSimulate)};
    return {"simulate", "what the clock alone would do", kRows};
}

}  // namespace portal::api
