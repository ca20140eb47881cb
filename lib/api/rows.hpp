// What the noun files give to operations.cpp; nobody else includes this.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "api/operation.hpp"

namespace portal::api {

struct Noun {
    std::string_view name;
    std::string_view help;  // for people, without a full stop
    std::span<const OperationRow> rows;
};

Noun tenant_noun();
Noun staff_noun();
Noun patient_noun();
Noun user_noun();
Noun invite_noun();
Noun reset_noun();
Noun visit_type_noun();
Noun availability_noun();
Noun slot_noun();
Noun booking_noun();
Noun waitlist_noun();
Noun feed_noun();
Noun exemption_noun();
Noun policy_noun();
Noun login_noun();
Noun session_noun();
Noun consent_noun();
Noun registration_noun();
Noun reminder_noun();
Noun outbox_noun();
Noun simulate_noun();
Noun status_noun();

}  // namespace portal::api
