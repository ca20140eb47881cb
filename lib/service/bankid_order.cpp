#include "service/bankid_order.hpp"

#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "store/column.hpp"

namespace portal::service {
namespace {

using identity::BankIdError;
using identity::BankIdFlow;
using identity::BankIdMessage;
using store::EidOrderState;

constexpr std::chrono::seconds kReturnWait{15};
constexpr char kOurs = '!';

std::string place(const Session& session, std::string_view column,
                  const base::Bytes& browser_hash) {
    return crypto::associated_data("eid_order", column, session.tenant().id,
                                   base::format_hex(browser_hash));
}

/// Lines; none of the texts has a line end (identity refuses them).
base::Bytes seal_lines(const Session& session, const std::vector<std::string_view>& lines,
                       const std::string& associated) {
    std::string text;
    for (const auto line : lines) text.append(line).append("\n");
    const base::Secret plain{std::move(text)};
    return crypto::seal(session.services().keys, plain.reveal(), associated);
}

base::Result<std::vector<std::string>> open_lines(const Session& session, const base::Bytes& sealed,
                                                  const std::string& associated,
                                                  std::size_t count) {
    PORTAL_TRY(plain, crypto::open(session.services().keys, sealed, associated));
    std::vector<std::string> lines;
    for (const auto line : base::split(plain.reveal(), '\n')) lines.emplace_back(line);
    if (lines.size() != count + 1) return base::make_error(base::ErrorCode::internal, {});
    return lines;
}

BankIdFlow flow_of(const store::EidOrder& order) {
    return order.same_device ? BankIdFlow::same_device : BankIdFlow::qr;
}

BankIdMessage message_of(const store::EidOrder& order, identity::Device device) {
    if (order.hint.starts_with(kOurs))
        return identity::error_message(
            store::text_enum(order.hint.substr(1), BankIdError::not_understood));
    if (order.state == EidOrderState::pending)
        return identity::pending_message(order.hint, flow_of(order), device);
    return identity::failed_message(order.hint, flow_of(order));
}

/// Nobody's app has it yet.
bool is_outstanding(const store::EidOrder& order) {
    return order.hint == "outstandingTransaction" || order.hint == "noClient";
}

base::Status show_ways(const Session& session, const BankIdBrowser& browser,
                       const store::EidOrder& order, BankIdView& view) {
    PORTAL_TRY(opened, open_order(session, order.browser_hash, order.sealed));
    if (!order.same_device) {
        const auto age = std::max(session.now() - order.started_at, base::Millis{0});
        const auto second = std::chrono::floor<std::chrono::seconds>(age).count();
        view.qr_text = identity::qr_text(opened.qr_start_token, opened.qr_start_secret, second);
        return {};
    }
    if (identity::device_of(browser.user_agent) == identity::Device::computer) {
        view.auto_start = opened.auto_start_token.reveal();
        return {};
    }
    const auto page = tenant_url(session.services().options, session.tenant()) + "/login/bankid";
    view.phone_link = identity::phone_start_url(
        opened.auto_start_token.reveal(), identity::return_to_browser(page, browser.user_agent));
    return {};
}

/// The app has not come back to this browser: it may be on its way.
void wait_for_return(const Session& session, const store::EidOrder& order, BankIdView& view) {
    const bool may_come = session.now() < order.ended_at.value_or(session.now()) + kReturnWait;
    view.stage = may_come ? BankIdView::waiting : BankIdView::over;
    view.message = may_come ? BankIdMessage::in_progress : BankIdMessage::not_safe;
}

}  // namespace

base::Bytes seal_order(const Session& session, const base::Bytes& browser_hash,
                       const identity::BankIdOrder& order) {
    return seal_lines(session,
                      {order.order_ref.reveal(), order.auto_start_token.reveal(),
                       order.qr_start_token, order.qr_start_secret.reveal()},
                      place(session, "sealed", browser_hash));
}

base::Result<identity::BankIdOrder> open_order(const Session& session,
                                               const base::Bytes& browser_hash,
                                               const base::Bytes& sealed) {
    PORTAL_TRY(lines, open_lines(session, sealed, place(session, "sealed", browser_hash), 4));
    return identity::BankIdOrder{base::Secret{lines[0]}, base::Secret{lines[1]}, lines[2],
                                 base::Secret{lines[3]}};
}

base::Bytes seal_person(const Session& session, const base::Bytes& browser_hash,
                        const identity::BankIdPerson& person) {
    return seal_lines(session,
                      {person.personal_number.reveal(), person.given_name, person.surname,
                       person.device_address, person.risk},
                      place(session, "person_sealed", browser_hash));
}

base::Result<identity::BankIdPerson> open_person(const Session& session,
                                                 const store::EidOrder& order) {
    if (!order.person_sealed) return base::make_error(base::ErrorCode::internal, {});
    PORTAL_TRY(lines, open_lines(session, *order.person_sealed,
                                 place(session, "person_sealed", order.browser_hash), 5));
    identity::BankIdPerson person;
    person.personal_number = base::NationalId{lines[0]};
    person.given_name = lines[1];
    person.surname = lines[2];
    person.device_address = lines[3];
    person.risk = lines[4];
    return person;
}

base::Bytes hash_address(const Session& session, const std::string& address) {
    return crypto::blind_index(session.services().keys, "address|" + address);
}

base::Result<std::optional<store::EidOrder>> find_bankid_order(const Session& session,
                                                               const base::Secret& token) {
    if (token.empty()) return std::optional<store::EidOrder>{};
    const auto hash = crypto::hash_token(token.reveal());
    return session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return store::find_eid_order(tx, session.tenant().id, hash);
    });
}

std::string format_problem(BankIdError error) {
    return kOurs + store::enum_text(error);
}

bool is_proved_here(const Session& session, const BankIdBrowser& browser,
                    const store::EidOrder& order, const identity::BankIdPerson& person) {
    if (!order.same_device || order.returned_at) return true;
    // Many phones share one address of their carrier, so there it proves nothing.
    return identity::device_of(browser.user_agent) == identity::Device::computer &&
           hash_address(session, person.device_address) == order.address_hash;
}

base::Result<BankIdView> view_of_order(const Session& session, const BankIdBrowser& browser,
                                       const store::EidOrder& order) {
    BankIdView view;
    view.flow = flow_of(order);
    view.next = order.next;
    view.message = message_of(order, identity::device_of(browser.user_agent));
    if (session.now() >= order.expires_at && order.state != EidOrderState::used) {
        view.message = BankIdMessage::no_answer_from_app;
        return view;
    }
    switch (order.state) {
        case EidOrderState::pending:
            view.stage = BankIdView::waiting;
            if (is_outstanding(order)) PORTAL_TRYV(show_ways(session, browser, order, view));
            break;
        case EidOrderState::complete: {
            PORTAL_TRY(person, open_person(session, order));
            view.stage = BankIdView::proved;
            view.message = BankIdMessage::in_progress;
            if (!is_proved_here(session, browser, order, person))
                wait_for_return(session, order, view);
            break;
        }
        case EidOrderState::used:
            view.stage = BankIdView::used;
            break;
        case EidOrderState::failed:
        case EidOrderState::cancelled:
            break;
    }
    return view;
}

identity::BankIdRequest make_bankid_request(const Session& session, const BankIdBrowser& browser,
                                            std::string_view nonce) {
    const auto& services = session.services();
    identity::BankIdRequest request{browser.address};
    request.visible_text = base::fill_arguments(
        services.catalogue.translate(session.language(), base::N_("You are logging in to {1}.")),
        {session.tenant().name});
    request.referring_domain = browser.host;
    if (base::is_utf8(browser.user_agent) && !base::has_control(browser.user_agent, false))
        request.user_agent = browser.user_agent;
    const auto& device = session.browser().device_token;
    if (!device.empty())
        request.device_identifier = base::format_hex(crypto::hash_token(device.reveal()));
    if (nonce.empty()) return request;
    const auto page = tenant_url(services.options, session.tenant()) +
                      "/login/bankid/return?nonce=" + std::string{nonce};
    request.return_url = identity::return_to_browser(page, browser.user_agent);
    return request;
}

}  // namespace portal::service
