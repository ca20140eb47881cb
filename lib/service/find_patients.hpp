// A clinic's patients by name, a page at a time, for its administrators. Thread rule: any.
// Source: C52, C54, G23.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/person.hpp"
#include "service/session.hpp"

namespace portal::service {

inline constexpr std::size_t kPatientsAPage = 50;

struct PatientSearch {
    std::string name;                 // each word of it somewhere in the name; empty: everybody
    std::optional<base::Uuid> after;  // go on behind this patient
};
struct FoundPatients {
    std::vector<domain::PatientView> items;
    std::optional<base::Uuid> next;  // where to go on; none: that was all
};
/// Writes who looked. not_found when nobody is `after`. A page may be short where a search has
/// looked at many names; `next` then goes on.
base::Result<FoundPatients> find_patients(Session& session, const PatientSearch& search);

}  // namespace portal::service
