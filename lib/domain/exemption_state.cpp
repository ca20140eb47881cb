#include "domain/exemption_state.hpp"

#include <array>

namespace portal::domain {
namespace {

using S = ExemptionState;
using E = ExemptionEvent;
using base::N_;

struct Transition {
    S from;
    E event;
    S to;
};

/// Everything that may happen; what is not here is refused.
constexpr auto kTransitions = std::to_array<Transition>({
    {S::none, E::create, S::active},
    {S::ended, E::create, S::active},
    {S::active, E::change_address, S::suspended},
    {S::suspended, E::change_address, S::suspended},
    {S::active, E::confirm, S::active},
    {S::suspended, E::confirm, S::active},
    {S::active, E::end, S::ended},
    {S::suspended, E::end, S::ended},
});

const char* refusal_of(S state) {
    switch (state) {
        case S::active:
            return N_("This person is exempt from eID already.");
        case S::suspended:
            return N_("The exemption waits for the clinic: confirm it, or end it.");
        case S::ended:
            return N_("The exemption has ended.");
        case S::none:
            break;
    }
    return N_("This person is not exempt from eID.");
}

}  // namespace

base::Result<ExemptionState> decide_exemption(ExemptionState state, ExemptionEvent event) {
    for (const auto& row : kTransitions)
        if (row.from == state && row.event == event) return row.to;
    return base::make_error(base::ErrorCode::conflict, refusal_of(state));
}

}  // namespace portal::domain
