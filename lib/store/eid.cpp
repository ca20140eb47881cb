#include "store/eid.hpp"

#include "store/store.hpp"

namespace portal::store {
namespace {

constexpr Statement kBySubject{
    "eid_subject.find", "SELECT account, earlier FROM eid_subject WHERE blind_index = $1", true};
constexpr Statement kInsert{"eid_subject.insert",
                            "INSERT INTO eid_subject (account, blind_index, created_at) "
                            "VALUES ($1, $2, $3) ON CONFLICT (blind_index) DO NOTHING"};
constexpr Statement kOfAccount{"eid_subject.of_account",
                               "SELECT id FROM eid_subject WHERE account = $1 LIMIT 1"};
constexpr Statement kIsOf{"eid_subject.is_of",
                          "SELECT id FROM eid_subject WHERE blind_index = $1 AND account = $2"};
constexpr Statement kRepoint{"eid_subject.repoint",
                             "UPDATE eid_subject SET account = $3, earlier = $2 "
                             "WHERE blind_index = $1 AND account = $2"};
constexpr Statement kAll[] = {kBySubject, kInsert, kOfAccount, kIsOf, kRepoint};

}  // namespace

base::Result<std::optional<Subject>> find_subject(Tx& tx, const base::Bytes& index) {
    return tx.find(
        kBySubject,
        [](const Row& row) {
            return Subject{row.id<base::AccountId>(0), row.maybe_id<base::AccountId>(1)};
        },
        index);
}

base::Result<bool> insert_subject(Tx& tx, base::AccountId account, const base::Bytes& index,
                                  base::Instant now) {
    PORTAL_TRY(made, tx.run(kInsert, account, index, now));
    if (made > 0) return true;
    PORTAL_TRY(ours, tx.find(
                         kIsOf, [](const Row& row) { return row.integer(0); }, index, account));
    return ours.has_value();
}

base::Status repoint_subject(Tx& tx, const base::Bytes& index, const SubjectMove& move) {
    PORTAL_TRY(changed, tx.run(kRepoint, index, move.from, move.into));
    return {};
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
