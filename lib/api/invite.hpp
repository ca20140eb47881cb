// Inviting people to log in, by mail or by letter. Source: K21, K22, N14.
#pragma once

#include "api/operation.hpp"
#include "domain/invitation.hpp"

namespace portal::api {

inline constexpr Operation<domain::SendInvitation, domain::InvitationView> kInviteSend{
    "invite.send",
    "POST",
    "/v1/tenants/{tenant}/invitations",
    Access::write,
    "invite",
    "Mail a person where and how to log in",
    "-T solna bo@example.org\n"
    "-T solna bo@example.org --again"};

inline constexpr Operation<domain::ListInvitations, domain::InvitationList> kInviteList{
    "invite.list",          "GET",    "/v1/tenants/{tenant}/invitations",
    Access::read,           "invite", "List invitations and activation letters",
    "-T solna --state open"};

inline constexpr Operation<domain::CancelInvitation, domain::CancelledView> kInviteCancel{
    "invite.cancel",
    "POST",
    "/v1/tenants/{tenant}/invitations/cancel",
    Access::write,
    "invite",
    "End a person's open invitation or letter",
    "-T solna bo@example.org"};

inline constexpr Operation<domain::MakeLetter, domain::LetterView> kInviteLetter{
    "invite.letter",
    "POST",
    "/v1/tenants/{tenant}/invitations/letter",
    Access::write,
    "invite",
    "Write an activation letter for a person without telephone and e-mail address",
    "-T solna 5b2c7d1e-0f4a-4a56-9c1d-2e8f7a6b5c4d --identity-checked-by 'Anna Lind' "
    "--how 'passport shown at the desk' --out letter.html"};

}  // namespace portal::api
