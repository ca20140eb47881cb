// Who may do what: one table, deny by default. Every use case asks it first.
// Thread rule: pure. Source: K1, K4, K26-K28, X1; threat 1 (others' objects by id).
#pragma once

#include <optional>
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
    login_why,
    login_unlock,
    session_list,
    session_end,
    own_sessions,
    staff_create,
    staff_list,
    staff_show,
    staff_set,
    profile_show,
    own_profile,
    patient_create,
    patient_list,
    patient_show,
    user_list,
    user_show,
    user_check,
    user_create,
    user_set,
    user_link,
    user_merge,
    registration_list,
    registration_decide,
    message_read,
    password_link_send,
    invitation_send,
    invitation_list,
    invitation_cancel,
    letter_make,
    reset_confirm,
    visit_type_create,
    visit_type_list,
    visit_type_show,
    visit_type_set,
    availability_set,
    availability_show,
    slot_list,
    booking_list,
    booking_show,
    booking_create,
    booking_confirm,
    booking_move,
    booking_cancel,
    booking_invite,
    booking_set,
    booking_settle,
    room_enter,
    waitlist_list,
    waitlist_join,
    waitlist_leave,
    waitlist_take,
    feed_list,
    feed_make,
    simulate,
    reminder_send,
    outbox_list,
    status_show,
    exemption_create,
    exemption_confirm,
    exemption_end,
    exemption_show,
    exemption_list,
    contact_show,
    contact_change,
    consent_text_set,
    consent_text_show,
    consent_list,
    consent_withdraw,
    consent_answer,
};

/// Whether this kind of person may do this at all. forbidden, or unauthenticated for nobody.
/// A module that the action needs and the tenant lacks: not_found (X1). A session that is worth
/// less than the action's feature asks for: forbidden, and needed_assurance() tells what (X3).
base::Status authorize(const Session& session, Action action);

/// Whether free times are shown to everybody, with whoever gives them and what for (K10).
bool shows_times_to_all(const Session& session);

/// The people whose object it is. Another's object is not_found, as if it did not exist (K28).
struct Owners {
    base::MembershipId patient;
    base::MembershipId staff;
};
base::Status authorize(const Session& session, Action action, const Owners& owners);

/// forbidden where the session is worth less than this clinic asks for the feature; never for
/// operators and jobs, nor for nobody (X3).
base::Status require_assurance(const Session& session, domain::Feature feature);
/// What a login must be worth for what was refused with this error; none for other errors.
std::optional<domain::Assurance> needed_assurance(const base::Error& error);

/// not_found when the tenant has it not.
base::Status require_module(const Session& session, domain::Module module);

}  // namespace portal::service
