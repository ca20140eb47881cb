#include "api/user.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun user_noun() {
    static constexpr std::array kRows{make_row(kUserSetPassword)};
    return {"user", "the login of staff and patients", kRows};
}

}  // namespace portal::api
