// Invitations, activation letters and the clinic's part in a password reset.
// Source: K20-K22, N14, D14.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/person.hpp"

namespace portal::domain {

struct SendInvitation {
    std::string person;
    bool again = false;
};
BOOST_DESCRIBE_STRUCT(SendInvitation, (), (person, again))
PORTAL_HELP(SendInvitation,
            {"person", "id or e-mail address of a patient, relative or staff member",
             base::kPersonal | base::kPositional, 1, 254},
            {"again", "also when an invitation was sent within the last 24 hours"})

enum class InvitationKind { mail, letter };
BOOST_DESCRIBE_ENUM(InvitationKind, mail, letter)

/// ended: taken back, or made worthless by a newer one or by a login with eID.
enum class InvitationState { open, used, expired, ended };
BOOST_DESCRIBE_ENUM(InvitationState, open, used, expired, ended)

struct InvitationView {
    base::Uuid person;
    std::string name;
    InvitationKind kind = InvitationKind::mail;
    InvitationState state = InvitationState::open;
    std::string sent_to;
    base::Instant created_at{};
    base::Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(InvitationView, (),
                      (person, name, kind, state, sent_to, created_at, expires_at))
PORTAL_HELP(InvitationView, {"person", "the person's id"}, {"name", "name", base::kPersonal},
            {"kind", "mail or letter"}, {"state", "open, used, expired or ended"},
            {"sent_to", "where it went, masked; only when it is sent", base::kWide},
            {"created_at", "when it was made"}, {"expires_at", "until when it can be used"})

struct ListInvitations {
    std::optional<InvitationState> state;
};
BOOST_DESCRIBE_STRUCT(ListInvitations, (), (state))
PORTAL_HELP(ListInvitations, {"state", "only those"})

struct InvitationList {
    std::vector<InvitationView> items;
};
BOOST_DESCRIBE_STRUCT(InvitationList, (), (items))
PORTAL_HELP(InvitationList, {"items", "the newest 500, the newest first"})

struct CancelInvitation {
    std::string person;
};
BOOST_DESCRIBE_STRUCT(CancelInvitation, (), (person))
PORTAL_HELP(CancelInvitation,
            {"person", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254})

struct CancelledView {
    base::Uuid person;
    std::int64_t cancelled = 0;
};
BOOST_DESCRIBE_STRUCT(CancelledView, (), (person, cancelled))
PORTAL_HELP(CancelledView, {"person", "the person's id"},
            {"cancelled", "how many invitations and letters can no longer be used"})

struct MakeLetter {
    std::string person;
    std::string identity_checked_by;
    std::string how;
    bool print = false;
};
BOOST_DESCRIBE_STRUCT(MakeLetter, (), (person, identity_checked_by, how, print))
PORTAL_HELP(MakeLetter,
            {"person", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254},
            {"identity_checked_by", "who at the clinic checked the person's identity",
             base::kPersonal, 1, 100},
            {"how", "how, like: passport shown at the desk", base::kPersonal, 1, 200},
            {"print", "show the code here too"})

struct LetterView {
    base::Uuid person;
    std::string name;
    base::Instant expires_at{};
    std::string code;
    std::string document;
};
BOOST_DESCRIBE_STRUCT(LetterView, (), (person, name, expires_at, code, document))
PORTAL_HELP(LetterView, {"person", "the person's id"}, {"name", "name", base::kPersonal},
            {"expires_at", "until when the code can be used"},
            {"code", "the code, only with --print"},
            {"document", "the letter, an HTML page for A4", base::kDocument})

struct ConfirmReset {
    std::string person;
    std::string identity_checked_by;
    std::string how;
};
BOOST_DESCRIBE_STRUCT(ConfirmReset, (), (person, identity_checked_by, how))
PORTAL_HELP(ConfirmReset,
            {"person", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254},
            {"identity_checked_by", "who at the clinic checked the person's identity",
             base::kPersonal, 1, 100},
            {"how", "how, like: called back on the number in the record", base::kPersonal, 1, 200})

struct ResetView {
    base::Uuid person;
    base::Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(ResetView, (), (person, expires_at))
PORTAL_HELP(ResetView, {"person", "the person's id"},
            {"expires_at", "until when the link that the person has can be used"})

}  // namespace portal::domain
