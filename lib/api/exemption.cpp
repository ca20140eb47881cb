#include "api/exemption.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun exemption_noun() {
    static constexpr std::array kRows{make_row(kExemptionCreate), make_row(kExemptionConfirm),
                                      make_row(kExemptionEnd), make_row(kExemptionShow),
                                      make_row(kExemptionList)};
    return {"exemption", "patients who log in without eID", kRows};
}

}  // namespace portal::api
