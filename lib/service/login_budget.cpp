#include "service/login_budget.hpp"

#include <array>

#include "crypto/seal.hpp"
#include "service/device.hpp"
#include "store/account_budget.hpp"
#include "store/device.hpp"
#include "store/login.hpp"

namespace portal::service {
namespace {

using std::chrono::minutes;

struct Limit {
    std::string_view what;
    int most = 0;
    minutes period{};
};

Limit step_limit(const Session& session) {
    return {"step", session.services().options.steps_per_account, kStepPeriod};
}
Limit try_limit(const Session& session) {
    return {"try", session.services().options.code_tries_per_hour, kCodePeriod};
}
Limit message_limit(const Session& session) {
    return {"code", session.services().options.codes_per_hour, kCodePeriod};
}

base::Bytes subject_of(const Session& session, const Limit& limit, const std::string& whose) {
    return crypto::blind_index(session.services().keys, std::string{limit.what} + "|" + whose);
}

std::string name_of(base::AccountId account, std::optional<std::int64_t> device) {
    return "account:" + std::to_string(account.value) +
           (device ? "|device:" + std::to_string(*device) : "|unknown");
}

base::Result<bool> spend(store::Tx& tx, const Session& session, const Limit& limit,
                         const std::string& whose) {
    const auto now = session.now();
    return store::spend_budget(tx, subject_of(session, limit, whose),
                               {limit.most, now, now - limit.period});
}

/// What one clinic did to a budget that all share. `counted`: the steps of the shared count that
/// are its own, which it may take off again. `tried`: every step at its door, looked at or not, the
/// only count that it is shown: what others did moves neither (P3).
struct Share {
    std::string counted;
    std::string tried;
};
Share share_of(const Session& session, const std::string& whose) {
    const auto clinic = std::to_string(session.tenant().id.value);
    return {whose + "|counted at:" + clinic, whose + "|tried at:" + clinic};
}

base::Result<bool> spend_shared(store::Tx& tx, const Session& session, const Limit& limit,
                                const std::string& whose) {
    const auto share = share_of(session, whose);
    PORTAL_TRY(within, spend(tx, session, limit, whose));
    // The same work beyond the limit, where it counts for nothing.
    PORTAL_TRYV(spend(tx, session, limit, within ? share.counted : whose + "|beyond"));
    PORTAL_TRYV(spend(tx, session, limit, share.tried));
    return within;
}

base::Result<bool> spend_code(store::Tx& tx, const Session& session, const Limit& limit,
                              base::AccountId account) {
    PORTAL_TRY(device, find_device(tx, session, account));
    const auto whose = name_of(account, device);
    return device ? spend(tx, session, limit, whose) : spend_shared(tx, session, limit, whose);
}

/// The steps of a count that still runs.
base::Result<std::optional<store::Budget>> running(store::Tx& tx, const Session& session,
                                                   const Limit& limit, const std::string& whose) {
    PORTAL_TRY(budget, store::find_budget(tx, subject_of(session, limit, whose)));
    if (!budget || budget->last_at + limit.period <= session.now()) budget.reset();
    return budget;
}

base::Status clear_share(store::Tx& tx, const Session& session, const Limit& limit,
                         const std::string& whose) {
    const auto share = share_of(session, whose);
    PORTAL_TRY(counted, running(tx, session, limit, share.counted));
    PORTAL_TRYV(store::take_off_budget(tx, subject_of(session, limit, whose),
                                       counted ? counted->steps : 0));
    PORTAL_TRYV(store::clear_budget(tx, subject_of(session, limit, share.counted)));
    return store::clear_budget(tx, subject_of(session, limit, share.tried));
}

base::Status clear(store::Tx& tx, const Session& session, const std::string& whose) {
    for (const auto& limit : {step_limit(session), try_limit(session), message_limit(session)})
        PORTAL_TRYV(store::clear_budget(tx, subject_of(session, limit, whose)));
    return {};
}

}  // namespace

base::Result<bool> spend_password_step(store::Tx& tx, const Session& session,
                                       const StepSubject& who) {
    const auto account = who.account.value_or(base::AccountId{});
    PORTAL_TRY(device, find_device(tx, session, account));
    const auto whose = who.account
                           ? name_of(account, device)
                           : "typed:" + std::to_string(session.tenant().id.value) + ":" + who.typed;
    return device ? spend(tx, session, step_limit(session), whose)
                  : spend_shared(tx, session, step_limit(session), whose);
}

base::Result<bool> spend_network_step(store::Tx& tx, const Session& session) {
    const auto subject =
        crypto::blind_index(session.services().keys, "network|" + session.browser().network);
    PORTAL_TRY(steps, store::count_login_step(tx, session.tenant().id, subject,
                                              std::chrono::floor<minutes>(session.now())));
    return steps <= session.services().options.steps_per_network;
}

base::Result<bool> spend_code_try(store::Tx& tx, const Session& session, base::AccountId account) {
    return spend_code(tx, session, try_limit(session), account);
}

base::Result<bool> spend_code_message(store::Tx& tx, const Session& session,
                                      base::AccountId account) {
    return spend_code(tx, session, message_limit(session), account);
}

base::Status refill_device(store::Tx& tx, const Session& session, base::AccountId account) {
    PORTAL_TRY(device, find_device(tx, session, account));
    return device ? clear(tx, session, name_of(account, device)) : base::Status{};
}

base::Result<std::optional<base::Instant>> throttled_until(store::Tx& tx, const Session& session,
                                                           base::AccountId account) {
    const auto limit = step_limit(session);
    const auto share = share_of(session, name_of(account, std::nullopt));
    PORTAL_TRY(tried, running(tx, session, limit, share.tried));
    if (!tried || tried->steps < limit.most) return std::optional<base::Instant>{};
    return std::optional{tried->last_at + limit.period};
}

base::Status clear_budgets(store::Tx& tx, const Session& session, base::AccountId account) {
    for (const auto& limit : {step_limit(session), try_limit(session), message_limit(session)})
        PORTAL_TRYV(clear_share(tx, session, limit, name_of(account, std::nullopt)));
    PORTAL_TRY(devices, store::list_devices(tx, session.tenant().id, account));
    for (const auto device : devices) PORTAL_TRYV(clear(tx, session, name_of(account, device)));
    return {};
}

}  // namespace portal::service
