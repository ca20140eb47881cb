#include "api/status.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun status_noun() {
    static constexpr std::array kRows{make_row(kStatus)};
    return {"status", "the state of the daemon", kRows};
}

}  // namespace portal::api
