#include "domain/exemption_state.hpp"

#include "catch.hpp"

using namespace portal;
using namespace portal::domain;

namespace {

using S = ExemptionState;
using E = ExemptionEvent;

/// The state after the event, or the sentence of the refusal.
std::string after(S state, E event) {
    const auto decided = decide_exemption(state, event);
    if (decided) return base::type_of<S>().get_text(&*decided);
    CHECK(decided.error().code == base::ErrorCode::conflict);
    return decided.error().key;
}

struct Case {
    S state;
    E event;
    std::string wanted;
};

const std::string kNotExempt = "This person is not exempt from eID.";
const std::string kExempt = "This person is exempt from eID already.";
const std::string kWaits = "The exemption waits for the clinic: confirm it, or end it.";
const std::string kEnded = "The exemption has ended.";

const std::vector<Case> kCases{
    {S::none, E::create, "active"},       {S::none, E::change_address, kNotExempt},
    {S::none, E::confirm, kNotExempt},    {S::none, E::end, kNotExempt},
    {S::active, E::create, kExempt},      {S::active, E::change_address, "suspended"},
    {S::active, E::confirm, "active"},    {S::active, E::end, "ended"},
    {S::suspended, E::create, kWaits},    {S::suspended, E::change_address, "suspended"},
    {S::suspended, E::confirm, "active"}, {S::suspended, E::end, "ended"},
    {S::ended, E::create, "active"},      {S::ended, E::change_address, kEnded},
    {S::ended, E::confirm, kEnded},       {S::ended, E::end, kEnded},
};

}  // namespace

TEST_CASE("every event in every state of an exemption is decided by the table",
          "[exemption][N7][P20]") {
    for (const auto& each : kCases) {
        CAPTURE(static_cast<int>(each.state), static_cast<int>(each.event));
        CHECK(after(each.state, each.event) == each.wanted);
    }
}

TEST_CASE("no pair of state and event is forgotten", "[exemption][N7]") {
    const auto states = base::type_of<S>().choices.size();
    const auto events = base::type_of<E>().choices.size();
    CHECK(kCases.size() == states * events);
    for (std::size_t i = 0; i < kCases.size(); ++i)
        for (std::size_t j = i + 1; j < kCases.size(); ++j)
            CHECK_FALSE((kCases[i].state == kCases[j].state && kCases[i].event == kCases[j].event));
}

TEST_CASE("only an active exemption lets anybody in", "[exemption][P19][P21]") {
    ClinicFacts clinic;
    clinic.client_login = true;
    clinic.policy.eid_first = true;
    PersonFacts person;
    person.has_password = person.has_email = true;
    const auto reason = [&](S state) {
        person.exemption = state;
        return decide_login(clinic, person, LoginMethod::password);
    };
    CHECK(reason(S::none) == LoginReason::eid_first);
    CHECK(reason(S::active) == LoginReason::allowed);
    CHECK(reason(S::suspended) == LoginReason::exemption_suspended);
    CHECK(reason(S::ended) == LoginReason::eid_first);
}
