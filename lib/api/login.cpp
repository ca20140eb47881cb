#include "api/login.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun login_noun() {
    static constexpr std::array kRows{make_row(kLoginWhy), make_row(kLoginUnlock)};
    return {"login", "whether a person can log in", kRows};
}

}  // namespace portal::api
