#include "api/reset.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun reset_noun() {
    static constexpr std::array kRows{make_row(kResetConfirm)};
    return {"reset", "forgotten passwords that wait for the clinic", kRows};
}

}  // namespace portal::api
