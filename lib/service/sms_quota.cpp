#include "service/sms_quota.hpp"

#include "crypto/seal.hpp"
#include "domain/phone.hpp"
#include "store/column.hpp"
#include "store/sms_quota.hpp"

namespace portal::service {
namespace {

using std::chrono::days;
using std::chrono::hours;

struct Quota {
    std::string_view name;  // of kSmsQuotas
    std::string whose;
    base::Instant window_start{};
    int most = 0;
};

std::array<Quota, kSmsQuotas.size()> quotas_of(const Session& session,
                                               const store::Membership& to) {
    const auto& most = session.services().options.sms_quotas;
    const base::Instant hour = std::chrono::floor<hours>(session.now());
    const base::Instant day = std::chrono::floor<days>(session.now());
    const auto tenant = std::to_string(session.tenant().id.value);
    // Of one clinic: another's messages to the same number are none of its business (P2).
    const auto number = tenant + ":" + to.mobile.reveal();
    return {
        {{kSmsQuotas[0], number, hour, most.per_number_hour},
         {kSmsQuotas[1], number, day, most.per_number_day},
         {kSmsQuotas[2], tenant + ":" + std::to_string(to.account.value), day, most.per_number_day},
         {kSmsQuotas[3], session.browser().network, hour, most.per_network_hour},
         {kSmsQuotas[4], tenant, day, most.per_tenant_day},
         {kSmsQuotas[5], std::string{domain::calling_code(to.mobile)}, day, most.per_country_day},
         {kSmsQuotas[6], {}, day, most.per_day}}};
}

std::string_view class_of(text::MessageKind kind) {
    using enum text::MessageKind;
    if (kind == booking_code) return "code";
    if (kind == waitlist_offer) return "visit";
    return store::enum_text(kind).starts_with("booking") ? "visit" : "code";
}

/// Not counted: a job has no network, a guest who waits for a code no account; and the staff of a
/// region, behind one address, pump nothing when they cancel a day's visits (L9).
bool has_subject(const Session& session, const store::Membership& to, std::string_view name) {
    if (name == kSmsQuotas[2]) return to.account.value != 0;
    if (name != kSmsQuotas[3]) return true;
    return !session.browser().network.empty() && session.who().kind != Principal::staff;
}

}  // namespace

base::Result<std::string_view> spend_sms_quotas(store::Tx& tx, const Session& session,
                                                text::MessageKind kind,
                                                const store::Membership& to) {
    for (const auto& quota : quotas_of(session, to)) {
        if (!has_subject(session, to, quota.name)) continue;
        const auto subject = crypto::blind_index(session.services().keys,
                                                 "sms|" + std::string{class_of(kind)} + "|" +
                                                     std::string{quota.name} + "|" + quota.whose);
        PORTAL_TRY(within, store::spend_sms(tx, subject, quota.window_start, quota.most));
        if (!within) return quota.name;
    }
    return std::string_view{};
}

base::Result<std::array<std::int64_t, kSmsQuotas.size()>> count_refused_sms(
    const Services& services) {
    using Counts = std::array<std::int64_t, kSmsQuotas.size()>;
    return services.store.system_read([](store::Tx& tx) -> base::Result<Counts> {
        Counts counts{};
        for (std::size_t i = 0; i < counts.size(); ++i) {
            PORTAL_TRY(refused, store::find_refused_sms(tx, kSmsQuotas.at(i)));
            counts.at(i) = refused;
        }
        return counts;
    });
}

}  // namespace portal::service
