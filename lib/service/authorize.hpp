// Who may do what: one table, deny by default. Every use case asks it first.
// Thread rule: pure. Source: K1, K4, K26-K28, X1; threat 1 (others' objects by id).
#pragma once

#include <string_view>

#include "service/session.hpp"

namespace portal::service {

enum class Action {
    tenant_create,
    tenant_list,
    tenant_show,
    tenant_set,
    policy_show,
    policy_set,
    staff_create,
    staff_list,
    patient_create,
    patient_list,
    patient_show,
    password_link_send,
    visit_type_create,
    visit_type_list,
    availability_set,
    availability_show,
    slot_list,
    booking_list,
    booking_show,
    booking_create,
    booking_confirm,
    booking_move,
    booking_cancel,
    reminder_send,
    outbox_list,
    status_show,
};
BOOST_DESCRIBE_ENUM(Action, tenant_create, tenant_list, tenant_show, tenant_set, policy_show,
                    policy_set, staff_create, staff_list, patient_create, patient_list,
                    patient_show, password_link_send, visit_type_create, visit_type_list,
                    availability_set, availability_show, slot_list, booking_list, booking_show,
                    booking_create, booking_confirm, booking_move, booking_cancel, reminder_send,
                    outbox_list, status_show)

/// Whether this kind of person may do this at all. forbidden, or unauthenticated for nobody.
/// A module that the action needs and the tenant lacks: not_found (X1).
base::Status authorize(const Session& session, Action action);

/// The people whose object it is. Another's object is not_found, as if it did not exist (K28).
struct Owners {
    base::MembershipId patient;
    base::MembershipId staff;
};
base::Status authorize(const Session& session, Action action, const Owners& owners);

/// not_found when the tenant has it not.
base::Status require_module(const Session& session, domain::Module module);

}  // namespace portal::service
