#include "api/waitlist.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun waitlist_noun() {
    static constexpr std::array kRows{make_row(kWaitlistList), make_row(kWaitlistOffers),
                                      make_row(kWaitlistAdd), make_row(kWaitlistRemove)};
    return {"waitlist", "who waits for a time that is freed", kRows};
}

}  // namespace portal::api
