#include "api/availability.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun availability_noun() {
    static constexpr std::array kRows{make_row(kAvailabilitySet), make_row(kAvailabilityShow),
                                      make_row(kAvailabilityAddException),
                                      make_row(kAvailabilityRemoveException),
                                      make_row(kAvailabilityClose)};
    return {"availability", "when staff can be booked", kRows};
}

}  // namespace portal::api
