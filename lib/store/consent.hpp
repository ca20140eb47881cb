// The clinics' consent texts and what people answered. Rows are added and withdrawn, never changed.
// Thread rule: inside a transaction. Source: C44.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "domain/consent.hpp"
#include "store/tx.hpp"

namespace portal::store {

struct ConsentText {
    std::int64_t version = 0;
    domain::Language language = domain::Language::sv;
    std::string body;
};
/// False when this version has this language.
base::Result<bool> insert_consent_text(Tx& tx, base::TenantId tenant, const ConsentText& text,
                                       base::Instant now);
/// The newest version in every language it has, in the order in which they came; empty: none.
base::Result<std::vector<ConsentText>> list_current_texts(Tx& tx, base::TenantId tenant);
/// 0: none.
base::Result<std::int64_t> find_text_version(Tx& tx, base::TenantId tenant);

struct Consent {
    base::MembershipId membership;
    std::string version;
    base::Bytes text_hash;
    domain::Language language = domain::Language::sv;
    domain::LoginMethod method = domain::LoginMethod::password;
    domain::ConsentAnswer answer = domain::ConsentAnswer::yes;
    base::Instant answered_at{};
    std::optional<base::Instant> withdrawn_at{};
    std::string reason{};
    // When read:
    std::int64_t id = 0;
    base::Uuid person{};
    std::string name{};
};
/// The new row's id; nullopt when a consent to this version stands already.
base::Result<std::optional<std::int64_t>> insert_consent(Tx& tx, base::TenantId tenant,
                                                         const Consent& consent);
/// What this person answered, newest first.
base::Result<std::vector<Consent>> list_consents_of(Tx& tx, base::TenantId tenant,
                                                    base::MembershipId person);
/// Newest first, at most 10,000.
base::Result<std::vector<Consent>> list_consents(Tx& tx, base::TenantId tenant);
/// Every consent of this person that stands; answers how many.
base::Result<std::int64_t> withdraw_consents(Tx& tx, base::TenantId tenant,
                                             base::MembershipId person, std::string_view reason,
                                             base::Instant now);

struct ConsentCount {
    std::int64_t asked = 0;  // people
    std::int64_t given = 0;
};
base::Result<ConsentCount> count_consents(Tx& tx, base::TenantId tenant, std::string_view version);

std::span<const Statement> consent_statements();

}  // namespace portal::store
