#include "api/slot.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun slot_noun() {
    static constexpr std::array kRows{make_row(kSlotList)};
    return {"slot", "free times", kRows};
}

}  // namespace portal::api
