// People who make a profile of their own: the form, the link that proves the address, the clinic's
// approval, and those whom an eID proved. Known and unknown people get the same answers by the same
// work. Thread rule: any; one call, one transaction, but where a number is looked up first.
// Source: P2-P8, P14, P24, K13-K16, L7, L8.
#pragma once

#include <string>
#include <string_view>

#include "domain/registration.hpp"
#include "service/eid.hpp"

namespace portal::service {

// What the pages call.

struct RegistrationForm {
    std::string first_name;
    std::string last_name;
    base::Email email;
    base::Phone mobile;            // empty: none
    base::NationalId national_id;  // empty: none
    std::string network;           // the client's network, for the budget
    base::Bytes key;               // of the form: sent twice, it is one registration
};
/// Whether this clinic asks for the national id here (G14).
bool asks_national_id(const Session& session);
/// invalid at a field; rate_limited; not_found where the clinic takes no registrations (P4).
/// Otherwise one message goes out, whoever is known: a link that proves the address, or "you have a
/// profile already".
base::Status register_person(Session& session, const RegistrationForm& form);

/// GET of the proving link: looks, consumes nothing (L8). not_found when used or too old.
struct RegistrationLink {
    std::string name;
    bool needs_approval = false;
};
base::Result<RegistrationLink> show_registration_link(Session& session, std::string_view token);
/// The button of that page: the registration waits for the clinic (approval), or the profile is
/// made at once, unverified (open). The same answer where the person has a profile here already.
base::Result<RegistrationLink> confirm_registration(Session& session, std::string_view token);

/// What became of somebody whom an eID has just proved and complete_eid_login answered
/// `may_register` for. Called in the same request; no password is asked (P24).
struct Registered {
    std::optional<LoggedIn> login;  // open: the profile is made, and this is its session
    bool waiting = false;           // approval: the clinic has been told, or was before
};
/// not_found where the clinic takes no registrations.
base::Result<Registered> register_verified(Session& session, const VerifiedPerson& person,
                                           const std::string& device);

// What operators call.

base::Result<domain::RegistrationList> list_registrations(Session& session,
                                                          const domain::ListRegistrations& command);
base::Result<domain::RegistrationView> approve_registration(
    Session& session, const domain::ApproveRegistration& command);
base::Result<domain::RegistrationView> reject_registration(
    Session& session, const domain::RejectRegistration& command);

}  // namespace portal::service
