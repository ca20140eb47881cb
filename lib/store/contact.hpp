// How a person is reached: the columns of the membership, and the codes that prove a new address.
// Whoever changes an e-mail address also moves its identifier and calls note_address_change of
// service/exemption.hpp. Thread rule: inside a transaction. Source: K30, D2.
#pragma once

#include <optional>
#include <span>

#include "store/login.hpp"

namespace portal::store {

struct Contact {
    base::Email email;   // empty: none
    base::Phone mobile;  // E.164; empty: none
    domain::Language language = domain::Language::sv;
};
/// The row's version rises.
base::Status set_contact(Tx& tx, base::TenantId tenant, base::MembershipId member,
                         const Contact& contact);

struct ContactAttempt {
    LoginAttempt attempt;
    base::Bytes token_hash;  // what its detail is sealed to
};
/// The newest attempt of this person to prove a new address, whatever became of it.
base::Result<std::optional<ContactAttempt>> find_contact_attempt(Tx& tx, base::TenantId tenant,
                                                                 base::MembershipId member);

std::span<const Statement> contact_statements();

}  // namespace portal::store
