#include "api/outbox.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun outbox_noun() {
    static constexpr std::array kRows{make_row(kOutboxList)};
    return {"outbox", "messages that go out", kRows};
}

}  // namespace portal::api
