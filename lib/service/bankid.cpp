#include "service/bankid.hpp"

#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "service/bankid_order.hpp"
#include "service/record_audit.hpp"
#include "store/login.hpp"

namespace portal::service {
namespace {

using base::ErrorCode;
using base::N_;
using identity::BankIdFlow;
using identity::BankIdProblem;
using store::EidOrderState;

base::Status count_start(Session& session) {
    const auto& services = session.services();
    const auto subject = crypto::blind_index(services.keys, "bankid|" + session.browser().network);
    const auto window = std::chrono::floor<std::chrono::minutes>(session.now());
    PORTAL_TRY(steps, services.store.write(session.tenant().id, [&](store::Tx& tx) {
        return store::count_login_step(tx, session.tenant().id, subject, window);
    }));
    if (steps <= services.options.steps_per_network) return {};
    return base::make_error(ErrorCode::rate_limited,
                            N_("Too many tries. Wait a minute and try again."));
}

/// What the browser began before is of no use to it any more, and should not stand open in an app.
base::Status cancel_pending(Session& session, const base::Secret& token) {
    if (token.empty()) return {};
    const auto hash = crypto::hash_token(token.reveal());
    PORTAL_TRY(sealed, session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return store::cancel_eid_orders(tx, session.tenant().id, hash, session.now());
    }));
    if (session.services().bankid == nullptr) return {};
    for (const auto& one : sealed) {
        PORTAL_TRY(order, open_order(session, hash, one));
        [[maybe_unused]] const auto told = session.services().bankid->cancel(order.order_ref);
    }
    return {};
}

base::Status save_order(Session& session, const store::EidOrder& order,
                        const BankIdProblem* problem) {
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRYV(store::insert_eid_order(tx, tenant, order));
        if (problem == nullptr) return {};
        PORTAL_TRY(made, store::find_eid_order(tx, tenant, order.browser_hash));
        if (!made) return base::make_error(ErrorCode::internal, {});
        const auto hint = format_problem(problem->error);
        PORTAL_TRY(ended, store::end_eid_order(
                              tx, tenant, made->id,
                              {EidOrderState::failed, hint, std::nullopt, session.now()}));
        return record_act(tx, session, {"login.bankid-failed", "eid_order", made->id, hint});
    });
}

/// What audit keeps of a login that may not be the browser's own person (no addresses).
std::string risks_of(const Session& session, const BankIdBrowser& browser,
                     const store::EidOrder& order, const identity::BankIdPerson& person) {
    std::string risks = person.risk.empty() ? "" : "risk-" + person.risk;
    const auto add = [&](bool is_so, const char* name) {
        if (is_so) risks += (risks.empty() ? "" : " ") + std::string{name};
    };
    add(hash_address(session, browser.address) != order.address_hash, "address-changed");
    add(hash_address(session, person.device_address) != order.address_hash, "app-elsewhere");
    return risks;
}

base::Result<VerifiedPerson> verify(const Session& session, const identity::BankIdPerson& person) {
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    PORTAL_TRY(number,
               domain::parse_national_id(person.personal_number.reveal(), domain::Country::se,
                                         zone.to_local_day(session.now())));
    VerifiedPerson verified;
    verified.method = domain::LoginMethod::bankid;
    verified.national_id = number;
    verified.given_name = person.given_name;
    verified.surname = person.surname;
    return verified;
}

}  // namespace

base::Result<base::Secret> start_bankid(Session& session, const BankIdBrowser& browser,
                                        BankIdFlow flow, const std::string& next) {
    const auto& services = session.services();
    PORTAL_TRYV(check_eid_method(session, domain::LoginMethod::bankid));
    PORTAL_TRYV(count_start(session));
    PORTAL_TRYV(cancel_pending(session, browser.token));
    auto token = crypto::make_token(services.random);
    const auto nonce = crypto::make_token(services.random);
    store::EidOrder order;
    order.same_device = flow == BankIdFlow::same_device;
    const auto answer = services.bankid->auth(
        make_bankid_request(session, browser, order.same_device ? nonce.reveal() : std::string{}));
    const auto* problem = std::get_if<BankIdProblem>(&answer);
    order.browser_hash = crypto::hash_token(token.reveal());
    order.sealed = seal_order(
        session, order.browser_hash,
        problem == nullptr ? std::get<identity::BankIdOrder>(answer) : identity::BankIdOrder{});
    order.nonce_hash = crypto::hash_token(nonce.reveal());
    order.address_hash = hash_address(session, browser.address);
    order.hint = "outstandingTransaction";
    order.next = next;
    order.started_at = session.now();
    order.collect_at = order.started_at + kCollectEvery;
    order.expires_at = order.started_at + kBankIdLifetime;
    PORTAL_TRYV(save_order(session, order, problem));
    return token;
}

base::Result<std::optional<BankIdView>> look_at_bankid(Session& session,
                                                       const BankIdBrowser& browser) {
    PORTAL_TRY(order, find_bankid_order(session, browser.token));
    if (!order) return std::optional<BankIdView>{};
    PORTAL_TRYV(collect_order(session, browser, *order));
    PORTAL_TRY(now, find_bankid_order(session, browser.token));
    if (!now) return std::optional<BankIdView>{};
    PORTAL_TRY(view, view_of_order(session, browser, *now));
    return std::optional{view};
}

base::Result<bool> return_from_bankid(Session& session, const BankIdBrowser& browser,
                                      std::string_view nonce) {
    PORTAL_TRY(order, find_bankid_order(session, browser.token));
    if (!order || !order->same_device ||
        !crypto::constant_time_equal(crypto::hash_token(nonce), order->nonce_hash))
        return false;
    const auto tenant = session.tenant().id;
    const bool moved = hash_address(session, browser.address) != order->address_hash;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<bool> {
        if (moved) {
            PORTAL_TRYV(record_act(
                tx, session, {"login.bankid-failed", "eid_order", order->id, "address-changed"}));
            return false;
        }
        PORTAL_TRYV(store::mark_eid_order_returned(tx, tenant, order->id, session.now()));
        return true;
    });
}

base::Result<BankIdDone> complete_bankid(Session& session, const BankIdBrowser& browser) {
    PORTAL_TRY(order, find_bankid_order(session, browser.token));
    const auto unfit =
        base::make_error(ErrorCode::conflict, N_("This login has been used. Log in again."));
    if (!order || order->state != EidOrderState::complete || session.now() >= order->expires_at)
        return unfit;
    PORTAL_TRY(proved, open_person(session, *order));
    if (!is_proved_here(session, browser, *order, proved)) return unfit;
    PORTAL_TRY(person, verify(session, proved));
    const auto risks = risks_of(session, browser, *order, proved);
    EidLogin login;
    login.person = &person;
    login.device = session.browser().device;
    login.consume = [&](store::Tx& tx) -> base::Result<bool> {
        PORTAL_TRY(first, store::use_eid_order(tx, session.tenant().id, order->id));
        if (first)
            PORTAL_TRYV(record_act(tx, session, {"login.bankid", "eid_order", order->id, risks}));
        return first;
    };
    PORTAL_TRY(answer, complete_eid_login(session, login));
    return BankIdDone{std::move(answer), std::move(person), order->next};
}

base::Status cancel_bankid(Session& session, const BankIdBrowser& browser) {
    return cancel_pending(session, browser.token);
}

}  // namespace portal::service
