// People who make a profile of their own: the form, the link that proves the address, the clinic's
// approval. Known and unknown people get the same answers by the same work. Whom an eID proves
// needs no form: complete_eid_login registers. Thread rule: any; functions with a Tx& inside a
// write transaction. Source: P2-P8, P14, P24, K13-K16, L7, L8.
#pragma once

#include <string>
#include <string_view>

#include "domain/registration.hpp"
#include "service/eid.hpp"
#include "service/mail_proof.hpp"

namespace portal::service {

struct RegistrationForm {
    std::string first_name;
    std::string last_name;
    base::Email email;
    base::Phone mobile;            // empty: none
    base::NationalId national_id;  // empty: none
    base::Bytes key;               // of the form: sent twice, it is one registration
};
/// forbidden, with the sentence that leads to the clinic (P4).
base::Status check_registration_open(const Session& session);
/// Whether this clinic asks for the national id here (G14).
bool asks_national_id(const Session& session);
/// invalid at a field; rate_limited; forbidden as above. Otherwise one message goes out, whoever is
/// known: a link that proves the address, or "you have a profile already". The browser's mark comes
/// back.
base::Result<base::Secret> register_person(Session& session, const RegistrationForm& form);

struct RegistrationLink {
    std::string name;
    bool needs_approval = false;
    bool asks_code = false;  // another browser than the one that registered
};
/// GET of the proving link: looks, consumes nothing (L8). not_found when used or too old.
base::Result<RegistrationLink> show_registration_link(Session& session, std::string_view token,
                                                      const LinkOpener& opener);
/// The button of that page: the registration waits for the clinic (approval), or the profile is
/// made at once, unverified, so that its first login needs an eID (open; P6, P14). The same answer
/// where the person has a profile here already. Errors of check_opener.
base::Result<RegistrationLink> confirm_registration(Session& session, std::string_view token,
                                                    const LinkOpener& opener);

/// Somebody whom an eID has proved waits for the clinic's yes; asking again changes nothing.
base::Status ask_approval(store::Tx& tx, const Session& session, base::AccountId account,
                          const VerifiedPerson& person);
/// The first eID login of a profile that somebody made for himself: the addresses were told by
/// whoever made it, and no eID proved them, so codes must not go there (L7). The code address of an
/// active exemption stays: the clinic has checked it. What is removed is told there.
base::Status forget_told_addresses(store::Tx& tx, const Session& session,
                                   const store::Membership& member);

// What operators call.

base::Result<domain::RegistrationList> list_registrations(Session& session,
                                                          const domain::ListRegistrations& command);
base::Result<domain::RegistrationView> approve_registration(
    Session& session, const domain::ApproveRegistration& command);
base::Result<domain::RegistrationView> reject_registration(
    Session& session, const domain::RejectRegistration& command);

}  // namespace portal::service
