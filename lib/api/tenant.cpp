#include "api/tenant.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun tenant_noun() {
    static constexpr std::array kRows{make_row(kTenantCreate), make_row(kTenantList),
                                      make_row(kTenantShow), make_row(kTenantSet)};
    return {"tenant", "clinics: address, modules, how visits are booked", kRows};
}

}  // namespace portal::api
