// Whom somebody means who is not logged in: the login page and the password reset ask alike.
// Known and unknown people cost the same statements. Thread rule: any; find_candidate inside a
// transaction. Source: K4, K31, P10.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service/login_code.hpp"

namespace portal::service {

/// What was typed, in the form that finds a person.
struct Identifier {
    domain::LoginIdentifier kind = domain::LoginIdentifier::email;
    std::string canonical;  // folded address or login name, or canonical national id
};
/// What patients type here: never the national id without its module (G14).
domain::LoginIdentifier patients_identifier(const store::Tenant& tenant);
/// invalid at "identifier".
base::Result<Identifier> parse_identifier(const Session& session, std::string_view typed);

/// A national id is looked up across the installation, outside of the tenant's transaction.
base::Result<std::optional<base::AccountId>> find_by_number(const Services& services,
                                                            const Identifier& who);

/// Whom the identifier means here, and what the password must match.
struct Candidate {
    std::optional<CodeReceiver> person;
    std::optional<std::string> hash;
    std::optional<base::AccountId> account;  // of whoever was named, blocked or not: for budgets
};
/// `account`: of find_by_number. Nobody who is blocked.
base::Result<Candidate> find_candidate(store::Tx& tx, const Session& session, const Identifier& who,
                                       std::optional<base::AccountId> account);

}  // namespace portal::service
