#include "api/registration.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun registration_noun() {
    static constexpr std::array kRows{make_row(kRegistrationList), make_row(kRegistrationApprove),
                                      make_row(kRegistrationReject)};
    return {"registration", "people who made a profile themselves", kRows};
}

}  // namespace portal::api
