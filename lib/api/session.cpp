#include "api/session.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun session_noun() {
    static constexpr std::array kRows{make_row(kSessionList), make_row(kSessionEnd)};
    return {"session", "who is logged in", kRows};
}

}  // namespace portal::api
