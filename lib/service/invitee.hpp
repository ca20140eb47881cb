// Whom an invitation to a visit is for: a patient or colleague who is found, or a patient who is
// made, in the invitation's own transaction. Thread rule: parse_invitee any; find_or_add_invitee
// inside a write transaction. Source: C15, C19, C20, D1, P2, P3.
#pragma once

#include <optional>

#include "domain/visit_invitation.hpp"
#include "service/new_person.hpp"
#include "service/session.hpp"

namespace portal::service {

/// The new patient that the command describes, if it describes one. invalid at the field that is
/// missing or wrong; nobody is looked up here.
base::Result<std::optional<NewPerson>> parse_invitee(const Session& session,
                                                     const domain::InviteToVisit& command);

/// Whether a patient who is here can be invited as the records have him: what a new one must have
/// too, a mobile number and a personal number, or else an eID or an exemption's check. conflict at
/// "patient".
base::Status check_named_patient(store::Tx& tx, const Session& session,
                                 const store::Membership& member);

struct Invitee {
    const domain::InviteToVisit& command;
    const std::optional<NewPerson>& person;  // as parse_invitee answered
    std::optional<base::AccountId> known;    // whose number it is, as find_known answered
    const store::Staff& host;                // whom the visit is with
};
/// Never the host or whoever invites (C19). Somebody who is a patient here already is taken as the
/// records have him; what was typed and differs is refused at its field. kIdentityRaced.
base::Result<store::Membership> find_or_add_invitee(store::Tx& tx, const Session& session,
                                                    const Invitee& invitee);

}  // namespace portal::service
