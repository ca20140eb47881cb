// Inviting people to log in: by mail, or by a letter (letter.hpp). Thread rule: any; find_ways and
// queue_invitation inside a transaction. Source: K20-K22, K11, K12, N2.
#pragma once

#include "domain/invitation.hpp"
#include "domain/login_policy.hpp"
#include "service/session.hpp"

namespace portal::service {

/// What this person can really log in with, by the one deciding function.
struct WaysIn {
    text::LoginWays ways;
    domain::LoginReason first = domain::LoginReason::allowed;  // why not, where there is none
    [[nodiscard]] bool any() const {
        return ways.bankid || ways.mitid || ways.oidc || ways.password;
    }
};
base::Result<WaysIn> find_ways(store::Tx& tx, const Session& session,
                               const store::Membership& person);

/// The command that tells an operator why this person cannot log in.
std::string why_line(const Session& session, const store::Membership& person);
struct Invited {
    std::string sent_to;  // masked
    base::Instant expires_at{};
};
/// The link's row, the mail and the audit row, in the transaction of their cause. conflict: no
/// address, or no way in. Call services.wake_outbox() after the commit.
base::Result<Invited> queue_invitation(store::Tx& tx, const Session& session,
                                       const store::Membership& person);

base::Result<domain::InvitationView> send_invitation(Session& session,
                                                     const domain::SendInvitation& command);
base::Result<domain::InvitationList> list_invitations(Session& session,
                                                      const domain::ListInvitations& command);
base::Result<domain::CancelledView> cancel_invitation(Session& session,
                                                      const domain::CancelInvitation& command);

}  // namespace portal::service
