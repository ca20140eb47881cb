#include "store/eid.hpp"

#include "store/store.hpp"

namespace portal::store {
namespace {

constexpr Statement kBySubject{"eid_subject.find",
                               "SELECT account FROM eid_subject WHERE blind_index = $1", true};
constexpr Statement kInsert{"eid_subject.insert",
                            "INSERT INTO eid_subject (account, blind_index, created_at) "
                            "VALUES ($1, $2, $3) ON CONFLICT (blind_index) DO NOTHING"};
constexpr Statement kOfAccount{"eid_subject.of_account",
                               "SELECT id FROM eid_subject WHERE account = $1 LIMIT 1"};
constexpr Statement kAll[] = {kBySubject, kInsert, kOfAccount};

}  // namespace

base::Result<std::optional<base::AccountId>> find_account_by_subject(Tx& tx,
                                                                     const base::Bytes& index) {
    return tx.find(
        kBySubject, [](const Row& row) { return row.id<base::AccountId>(0); }, index);
}

base::Result<bool> insert_subject(Tx& tx, base::AccountId account, const base::Bytes& index,
                                  base::Instant now) {
    PORTAL_TRY(made, tx.run(kInsert, account, index, now));
    return made > 0;
}

base::Result<bool> has_subject(Tx& tx, base::AccountId account) {
    PORTAL_TRY(found, tx.find(
                          kOfAccount, [](const Row& row) { return row.integer(0); }, account));
    return found.has_value();
}

std::span<const Statement> eid_statements() {
    return kAll;
}

}  // namespace portal::store
