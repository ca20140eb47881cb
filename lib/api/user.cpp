#include "api/user.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun user_noun() {
    static constexpr std::array kRows{
        make_row(kUserList), make_row(kUserShow), make_row(kUserCheck), make_row(kUserCreate),
        make_row(kUserSet),  make_row(kUserLink), make_row(kUserMerge), make_row(kUserSetPassword)};
    return {"user", "everybody of a clinic, and their login", kRows};
}

}  // namespace portal::api
