// What making a person takes, whoever makes one: patients, staff, relatives, registrations, links.
// Thread rule: parse_* any; the others inside a write transaction. Source: P1, P2, R12, R13, K31.
#pragma once

#include <optional>
#include <string>

#include "domain/national_id.hpp"
#include "domain/person.hpp"
#include "service/session.hpp"

namespace portal::service {

/// As a command says it.
struct PersonFields {
    std::string first_name;
    std::string last_name;
    std::optional<base::Email> email{};
    std::optional<base::Phone> mobile{};
    std::optional<domain::Language> language{};
    std::optional<std::string> login_name{};
    std::optional<base::NationalId> national_id{};
    bool protected_identity = false;
};
/// Parsed; the account is not yet known.
struct NewPerson {
    store::Membership member;
    std::string folded_email;  // empty: none
    std::string folded_login;  // empty: none
    std::optional<domain::ParsedNationalId> national_id;
};
base::Result<NewPerson> parse_person(const Session& session, store::Role role,
                                     const PersonFields& fields);

// Parts of it; the error names the field.
base::Status check_name(const char* field, const std::string& name);
base::Result<base::Email> parse_address(const base::Email& typed);
base::Result<base::Phone> parse_mobile(const Session& session, const base::Phone& typed);
base::Result<std::string> fold_address(const base::Email& email);
/// As it is unique.
base::Result<std::string> parse_login(std::string_view typed);
base::Result<domain::ParsedNationalId> parse_number(const Session& session,
                                                    const base::NationalId& typed);

/// Whose account a new membership is of: `known`, else a new one, with the national id if there is
/// one. Never that of an address: two people may share it. conflict kIdentityRaced.
base::Result<base::AccountId> choose_account(store::Tx& tx, const Session& session,
                                             const NewPerson& person,
                                             std::optional<base::AccountId> known);
/// The account (that of `known` or a new one), the membership and its identifiers. conflict: the
/// role exists here already (its id in the hint, P2), or somebody else has an identifier (whose,
/// and the mend, for operators and staff); kIdentityRaced.
base::Result<base::MembershipId> add_member(store::Tx& tx, const Session& session,
                                            NewPerson& person,
                                            std::optional<base::AccountId> known);
/// The installation's log alone says that this was somebody already known (P2, P3).
base::Status note_known_account(store::Tx& tx, const Session& session, base::AccountId account);
/// conflict, naming the membership that stands in the way.
base::Error here_already(const Session& session, const store::Membership& member);

/// Runs `add(known account)` again where another made the same person meanwhile.
template <class F>
base::Status add_identified(Session& session, const std::optional<domain::ParsedNationalId>& id,
                            F&& add);
base::Result<std::optional<base::AccountId>> find_known(
    const Session& session, const std::optional<domain::ParsedNationalId>& id);
bool is_race(const base::Status& added);

template <class F>
base::Status add_identified(Session& session, const std::optional<domain::ParsedNationalId>& id,
                            F&& add) {
    constexpr int kRounds = 3;
    for (int round = 1;; ++round) {
        PORTAL_TRY(known, find_known(session, id));
        base::Status added = session.services().store.write(
            session.tenant().id, [&](store::Tx& tx) -> base::Status { return add(tx, known); });
        if (!is_race(added) || round == kRounds) return added;
    }
}

}  // namespace portal::service
