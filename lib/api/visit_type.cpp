#include "api/visit_type.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun visit_type_noun() {
    static constexpr std::array kRows{make_row(kVisitTypeCreate), make_row(kVisitTypeList),
                                      make_row(kVisitTypeShow), make_row(kVisitTypeSet),
                                      make_row(kVisitTypeDelete)};
    return {"visit-type", "what patients can book", kRows};
}

}  // namespace portal::api
