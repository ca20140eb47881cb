#include "service/find_patients.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "service/authorize.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "store/staff.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using store::Membership;

constexpr std::size_t kMostNames = 50'000;  // looked at for one page

base::Result<std::vector<std::string>> words_of(std::string_view name) {
    std::vector<std::string> words;
    for (const auto word : base::split(name, ' ')) {
        PORTAL_TRY(folded, text::fold(word));
        if (!folded.empty()) words.push_back(folded);
    }
    return words;
}

bool has_words(const Membership& patient, const std::vector<std::string>& words) {
    if (words.empty()) return true;
    const auto name = text::fold(patient.full_name());
    return name && std::all_of(words.begin(), words.end(), [&](const std::string& word) {
               return name->find(word) != std::string::npos;
           });
}

base::Result<store::AfterPatient> start_of(store::Tx& tx, const Session& session,
                                           const PatientSearch& search) {
    if (!search.after) return store::AfterPatient{};
    PORTAL_TRY(last, store::find_membership_by_public_id(tx, session.tenant().id, *search.after));
    if (!last || last->role != store::Role::patient)
        return base::make_error(base::ErrorCode::not_found, {});
    return store::AfterPatient{last->last_name, last->first_name, last->id};
}

struct Walk {
    std::vector<std::string> words;
    FoundPatients found{};
    std::size_t looked_at = 0;
};

/// Where a protected person is reached stands in no list (X5).
domain::PatientView line_of(const Membership& patient) {
    auto view = patient_view(patient);
    if (patient.is_protected) view.email = view.mobile = {};
    return view;
}

/// False: the page is full.
bool take(Walk& walk, const Membership& patient) {
    if (walk.found.items.size() == kPatientsAPage || walk.looked_at == kMostNames) return false;
    walk.looked_at += 1;
    if (has_words(patient, walk.words)) walk.found.items.push_back(line_of(patient));
    walk.found.next = patient.public_id;
    return true;
}

base::Result<FoundPatients> look(store::Tx& tx, const Session& session,
                                 const PatientSearch& search) {
    PORTAL_TRY(words, words_of(search.name));
    Walk walk{std::move(words)};
    PORTAL_TRY(from, start_of(tx, session, search));
    while (true) {
        PORTAL_TRY(batch, store::list_patients_after(tx, session.tenant().id, from));
        for (const auto& patient : batch)
            if (!take(walk, patient)) return walk.found;
        if (batch.size() < store::kPatientBatch) break;
        from = {batch.back().last_name, batch.back().first_name, batch.back().id};
    }
    walk.found.next.reset();
    return walk.found;
}

}  // namespace

base::Result<FoundPatients> find_patients(Session& session, const PatientSearch& search) {
    PORTAL_TRYV(authorize(session, Action::patient_list));
    const auto tenant = session.tenant().id;
    PORTAL_TRYV(session.services().store.write(tenant, [&](store::Tx& tx) {
        return record_act(tx, session,
                          {search.name.empty() ? "patient.list" : "patient.find", "", 0});
    }));
    return session.services().store.read(tenant,
                                         [&](store::Tx& tx) { return look(tx, session, search); });
}

}  // namespace portal::service
