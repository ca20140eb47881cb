#include "api/patient.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun patient_noun() {
    static constexpr std::array kRows{make_row(kPatientCreate), make_row(kPatientList),
                                      make_row(kPatientShow)};
    return {"patient", "people who are treated at a clinic", kRows};
}

}  // namespace portal::api
