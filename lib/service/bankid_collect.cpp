#include "service/bankid_order.hpp"
#include "service/record_audit.hpp"

namespace portal::service {
namespace {

using identity::BankIdCollected;
using identity::BankIdError;
using identity::BankIdProblem;
using store::EidOrder;
using store::EidOrderState;

// Longer than asking and beginning anew may take: nobody else asks meanwhile.
constexpr std::chrono::seconds kLease{20};
constexpr std::chrono::minutes kRestarts{3};

class Collector {
    static constexpr const char* kExpired = "expiredTransaction";

    [[nodiscard]] base::TenantId tenant() const { return session_.tenant().id; }
    template <class F>
    auto write(F&& act) {
        return session_.services().store.write(tenant(), std::forward<F>(act));
    }

  public:
    Collector(Session& session, const BankIdBrowser& browser, const EidOrder& order)
        : session_(session), browser_(browser), order_(order) {}

    base::Status run() {
        if (session_.now() >= order_.expires_at) return end({EidOrderState::failed, kExpired});
        PORTAL_TRY(mine, write([&](store::Tx& tx) {
                       return store::claim_eid_order(tx, tenant(), order_.id, session_.now(),
                                                     session_.now() + kLease);
                   }));
        if (!mine) return {};
        PORTAL_TRY(opened, open_order(session_, order_.browser_hash, order_.sealed));
        const auto answer = session_.services().bankid->collect(opened.order_ref);
        if (const auto* problem = std::get_if<BankIdProblem>(&answer)) return take(*problem);
        return take(std::get<BankIdCollected>(answer));
    }

  private:
    base::Status keep(const std::optional<std::string>& hint, base::Millis wait) {
        return write([&](store::Tx& tx) {
            return store::keep_eid_order(tx, tenant(), order_.id, hint, session_.now() + wait);
        });
    }

    base::Status end(store::EidOrderEnd how) {
        how.at = session_.now();
        return write([&](store::Tx& tx) -> base::Status {
            PORTAL_TRY(ended, store::end_eid_order(tx, tenant(), order_.id, how));
            if (!ended || how.state != EidOrderState::failed) return {};
            return record_act(tx, session_,
                              {"login.bankid-failed", "eid_order", order_.id, how.hint});
        });
    }

    base::Status take(const BankIdCollected& collected) {
        switch (collected.status) {
            case identity::OrderStatus::pending:
                return keep(collected.hint, kCollectEvery);
            case identity::OrderStatus::complete:
                return end({EidOrderState::complete,
                            {},
                            seal_person(session_, order_.browser_hash, *collected.person)});
            case identity::OrderStatus::failed:
                break;
        }
        const bool again = collected.hint == "startFailed" && !order_.same_device &&
                           session_.now() < order_.first_started_at + kRestarts;
        return again ? restart() : end({EidOrderState::failed, collected.hint});
    }

    /// After a network error the order may be alive.
    base::Status take(const BankIdProblem& problem) {
        switch (problem.error) {
            case BankIdError::too_many_requests:
                return keep({}, std::max<base::Millis>(problem.retry_after, kCollectEvery));
            case BankIdError::request_timeout:
            case BankIdError::internal_error:
            case BankIdError::maintenance:
            case BankIdError::busy:
            case BankIdError::unreachable:
            case BankIdError::no_answer:
            case BankIdError::not_understood:
                return keep({}, kCollectEvery);
            case BankIdError::invalid_parameters:  // its end was read, and the answer lost
                return end({EidOrderState::failed, {}});
            default:
                return end({EidOrderState::failed, format_problem(problem.error)});
        }
    }

    /// Nobody has read the code yet: a new order, and the page goes on showing codes.
    base::Status restart() {
        const auto answer =
            session_.services().bankid->auth(make_bankid_request(session_, browser_, {}));
        if (const auto* problem = std::get_if<BankIdProblem>(&answer))
            return end({EidOrderState::failed, format_problem(problem->error)});
        const auto now = session_.now();
        const auto& fresh = std::get<identity::BankIdOrder>(answer);
        return write([&](store::Tx& tx) {
            return store::restart_eid_order(
                tx, tenant(), order_.id,
                {seal_order(session_, order_.browser_hash, fresh), now, now + kCollectEvery});
        });
    }

    Session& session_;
    const BankIdBrowser& browser_;
    const EidOrder& order_;
};

}  // namespace

base::Status collect_order(Session& session, const BankIdBrowser& browser,
                           const store::EidOrder& order) {
    const bool due = order.state == EidOrderState::pending &&
                     (session.now() >= order.collect_at || session.now() >= order.expires_at);
    if (!due || session.services().bankid == nullptr) return {};
    return Collector{session, browser, order}.run();
}

}  // namespace portal::service
