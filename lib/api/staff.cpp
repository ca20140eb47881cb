#include "api/staff.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun staff_noun() {
    static constexpr std::array kRows{make_row(kStaffCreate), make_row(kStaffList),
                                      make_row(kStaffShow), make_row(kStaffSet),
                                      make_row(kStaffDelete)};
    return {"staff", "people who work at a clinic", kRows};
}

}  // namespace portal::api
