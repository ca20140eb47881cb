#include "api/consent.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun consent_noun() {
    static constexpr std::array kRows{make_row(kConsentSetText), make_row(kConsentShowText),
                                      make_row(kConsentList), make_row(kConsentWithdraw)};
    return {"consent", "the clinic's consent text and what people answered", kRows};
}

}  // namespace portal::api
