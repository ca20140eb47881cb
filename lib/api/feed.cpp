#include "api/feed.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun feed_noun() {
    static constexpr std::array kRows{make_row(kFeedList), make_row(kFeedRevoke)};
    return {"feed", "calendars that staff subscribe to", kRows};
}

}  // namespace portal::api
