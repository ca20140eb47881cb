// The life of an exemption from eID: one table. Pure; any thread. Source: N7, P15, P19-P22, D2.
#pragma once

#include "base/result.hpp"
#include "domain/login_policy.hpp"

namespace portal::domain {

enum class ExemptionEvent {
    create,          // the clinic ticks "no eID"
    change_address,  // the code address is no longer the person's (D2)
    confirm,         // the clinic has checked the person and the address again
    end,             // the clinic unticks
};
BOOST_DESCRIBE_ENUM(ExemptionEvent, create, change_address, confirm, end)

/// The state after `event`, or a conflict that says why not.
base::Result<ExemptionState> decide_exemption(ExemptionState state, ExemptionEvent event);

}  // namespace portal::domain
