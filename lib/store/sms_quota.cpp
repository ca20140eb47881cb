#include "store/sms_quota.hpp"

#include "store/store.hpp"

namespace portal::store {
namespace {

constexpr Statement kSpend{
    "sms_quota.spend",
    "INSERT INTO sms_quota (subject, window_start, sent) VALUES ($1, $2, 1) "
    "ON CONFLICT (subject) DO UPDATE SET sent = CASE WHEN sms_quota.window_start = "
    "excluded.window_start THEN sms_quota.sent + 1 ELSE 1 END, "
    "window_start = excluded.window_start "
    "WHERE sms_quota.window_start <> excluded.window_start OR sms_quota.sent < $3"};
// Counted for as long as the installation lives: cleaning looks for windows that have passed.
constexpr Statement kRefused{
    "sms_quota.count_refused",
    "INSERT INTO sms_quota (subject, window_start, sent) VALUES ($1, 9223372036854775807, 1) "
    "ON CONFLICT (subject) DO UPDATE SET sent = sms_quota.sent + 1"};
constexpr Statement kFindRefused{"sms_quota.find_refused",
                                 "SELECT sent FROM sms_quota WHERE subject = $1"};
constexpr Statement kClean{"sms_quota.clean", "DELETE FROM sms_quota WHERE window_start < $1"};
constexpr Statement kAll[] = {kSpend, kRefused, kFindRefused, kClean};

base::Bytes refused_subject(std::string_view quota) {
    const auto text = "refused:" + std::string{quota};
    return {text.begin(), text.end()};
}

}  // namespace

base::Result<bool> spend_sms(Tx& tx, const base::Bytes& subject, base::Instant window_start,
                             std::int64_t most) {
    PORTAL_TRY(counted, tx.run(kSpend, subject, window_start, most));
    return counted > 0;
}

base::Status count_refused_sms(Tx& tx, std::string_view quota) {
    PORTAL_TRY(counted, tx.run(kRefused, refused_subject(quota)));
    return {};
}

base::Result<std::int64_t> find_refused_sms(Tx& tx, std::string_view quota) {
    PORTAL_TRY(found, tx.find(
                          kFindRefused, [](const Row& row) { return row.integer(0); },
                          refused_subject(quota)));
    return found.value_or(0);
}

base::Result<std::int64_t> remove_stale_sms_quotas(Tx& tx, base::Instant before) {
    return tx.run(kClean, before);
}

std::span<const Statement> sms_quota_statements() {
    return kAll;
}

}  // namespace portal::store
