// Patients of a tenant, and finding people. Source: K11, K12, K31, C15, D1, P2, P3, R12, R13.
// Thread rule: any; one call, one transaction.
#pragma once

#include <string_view>

#include "domain/person.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<domain::PatientView> create_patient(Session& session,
                                                 const domain::CreatePatient& command);
base::Result<domain::PatientList> list_patients(Session& session,
                                                const domain::ListPatients& command);
base::Result<domain::PatientView> show_patient(Session& session,
                                               const domain::ShowPatient& command);
/// Without what other tables know.
domain::PatientView patient_view(const store::Membership& member);
/// Makes a one-time link for a first or new password and mails it, or answers it (`print`).
base::Result<domain::PasswordLinkView> send_password_link(Session& session,
                                                          const domain::SendPasswordLink& command);

struct Wanted {
    std::string_view reference;  // id or e-mail address
    store::Role role;
    std::string_view field;  // what the error names
};
/// A person of the tenant; not_found at `field`.
base::Result<store::Membership> resolve_member(store::Tx& tx, const Session& session,
                                               const Wanted& wanted);
/// conflict at `field` when the person is blocked or was merged into another: nobody could see or
/// confirm the visit.
base::Status check_profile_open(const store::Membership& member, std::string_view field);
/// Whom an act is for: a patient himself, whatever `reference` says; else the one that it names,
/// not_found or check_profile_open's conflict at "patient".
base::Result<store::Membership> resolve_booker(store::Tx& tx, const Session& session,
                                               std::string_view reference);
base::Result<store::Staff> resolve_staff(store::Tx& tx, const Session& session,
                                         std::string_view reference, std::string_view field);

}  // namespace portal::service
