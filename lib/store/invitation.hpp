// Invitations and activation letters: rows of password_link that were sent or handed out.
// Thread rule: inside a transaction. Source: K20, K21, N14.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/credential.hpp"
#include "store/person.hpp"

namespace portal::store {

struct Invitation {
    base::Uuid person;
    std::string first_name;
    std::string last_name;
    LinkPurpose purpose = LinkPurpose::invite;
    std::string ended;  // "used", "void", "cancelled"; empty: open or expired
    base::Instant created_at{};
    base::Instant expires_at{};
    [[nodiscard]] std::string full_name() const { return first_name + " " + last_name; }
};
/// Newest first, at most 500.
base::Result<std::vector<Invitation>> list_invitations(Tx& tx, base::TenantId tenant);
/// When the person was last invited by mail.
base::Result<std::optional<base::Instant>> find_last_invitation(Tx& tx, base::TenantId tenant,
                                                                base::MembershipId person);
/// Open invitations and letters of the person; answers how many.
base::Result<std::int64_t> cancel_invitations(Tx& tx, base::TenantId tenant,
                                              base::MembershipId person, base::Instant now);

/// The open letter whose code this is; `code_hash` is a blind index.
base::Result<std::optional<PasswordLink>> find_letter(Tx& tx, base::TenantId tenant,
                                                      const base::Bytes& code_hash,
                                                      base::Instant now);
/// The browser in which the code was typed goes on by a token of its own.
base::Status set_link_token(Tx& tx, base::TenantId tenant, std::int64_t id,
                            const base::Bytes& token_hash);

std::span<const Statement> invitation_statements();

}  // namespace portal::store
