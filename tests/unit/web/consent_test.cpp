// What a room asks before it opens, through every change of a person's consent (C44).
#include "service/consent.hpp"

#include "clinic.hpp"
#include "service/login.hpp"
#include "store/person.hpp"

namespace portal::web {
namespace {

struct Patient {
    Clinic& clinic;
    std::string cookie;

    service::Session session() {
        return {clinic.services,
                must(service::find_principal(clinic.services, clinic.tenant(), cookie)),
                clinic.tenant(), text::Language::sv};
    }
    bool may_enter() {
        auto asking = session();
        return must(clinic.services.store.read(clinic.tenant().id, [&](store::Tx& tx) {
            return service::has_consent(tx, asking, asking.who().person.id);
        }));
    }
    bool is_asked() {
        const auto asking = session();
        return must(service::must_ask_consent(asking, asking.who()));
    }
    void answer(domain::ConsentAnswer answer) {
        auto replying = session();
        const auto own = must(service::show_own_consent(replying));
        REQUIRE(service::answer_consent(replying, {answer, base::format_hex(own.text.hash)}));
    }
};

void set_text(Clinic& clinic, const char* text) {
    auto session = clinic.here();
    must(service::set_consent_text(session, {text, {}, false}));
}

}  // namespace

TEST_CASE("a room opens for a consent to the current text that stands, and for nothing else",
          "[web][C44]") {
    using enum domain::ConsentAnswer;
    Clinic clinic;
    Patient patient{clinic, clinic.log_in(clinic.patient_id)};
    Patient other{clinic, clinic.log_in(clinic.new_patient("olle@s.se"))};
    CHECK(patient.is_asked());
    CHECK_FALSE(patient.may_enter());
    patient.answer(not_now);
    CHECK_FALSE(patient.is_asked());
    CHECK_FALSE(patient.may_enter());
    patient.answer(yes);
    CHECK(patient.may_enter());
    CHECK_FALSE(other.may_enter());
    set_text(clinic, "En egen text.");
    CHECK(patient.is_asked());
    CHECK_FALSE(patient.may_enter());
    patient.answer(yes);
    CHECK(patient.may_enter());
    auto session = patient.session();
    REQUIRE(service::withdraw_own_consent(session));
    CHECK_FALSE(patient.may_enter());
    CHECK_FALSE(patient.is_asked());
    set_text(clinic, "En annan text.");
    patient.answer(yes);
    auto operator_session = clinic.here();
    must(service::withdraw_consent(operator_session, {"marta@s.se", "per brev"}));
    CHECK_FALSE(patient.may_enter());
}

TEST_CASE("staff are never asked for consent and cannot give it", "[web][C44]") {
    Clinic clinic;
    Patient staff{clinic, clinic.log_in(clinic.staff_id)};
    CHECK_FALSE(staff.is_asked());
    auto session = staff.session();
    CHECK(service::show_own_consent(session).error().code == base::ErrorCode::forbidden);
    CHECK(service::answer_consent(session, {}).error().code == base::ErrorCode::forbidden);
}

}  // namespace portal::web
