// What a BankID order's row holds sealed, and when it may be used. Private to the BankID use cases.
// Thread rule: pure but for find_bankid_order, which opens its own read. Source: C43, L10.
#pragma once

#include <optional>

#include "identity/bankid.hpp"
#include "service/bankid.hpp"
#include "store/bankid.hpp"

namespace portal::service {

base::Bytes seal_order(const Session& session, const base::Bytes& browser_hash,
                       const identity::BankIdOrder& order);
base::Result<identity::BankIdOrder> open_order(const Session& session,
                                               const base::Bytes& browser_hash,
                                               const base::Bytes& sealed);
base::Bytes seal_person(const Session& session, const base::Bytes& browser_hash,
                        const identity::BankIdPerson& person);
base::Result<identity::BankIdPerson> open_person(const Session& session,
                                                 const store::EidOrder& order);

/// What an address is compared by; its network for IPv6 is not looked at.
base::Bytes hash_address(const Session& session, const std::string& address);

base::Result<std::optional<store::EidOrder>> find_bankid_order(const Session& session,
                                                               const base::Secret& token);

/// A code of BankID's, or "!" and an error of ours; as rows keep it.
std::string format_problem(identity::BankIdError error);

/// Whether the browser that began may end a proved order: always after a scanned code; on the same
/// device when the app has come back to it, or on a computer ran at its address. Otherwise a link
/// of a stranger's order, opened by somebody else's app, would log the stranger in.
bool is_proved_here(const Session& session, const BankIdBrowser& browser,
                    const store::EidOrder& order, const identity::BankIdPerson& person);

base::Result<BankIdView> view_of_order(const Session& session, const BankIdBrowser& browser,
                                       const store::EidOrder& order);

/// Asks BankID and writes down what it says; nothing when it is not yet time.
base::Status collect_order(Session& session, const BankIdBrowser& browser,
                           const store::EidOrder& order);

/// What BankID is told of a browser and the clinic's text; `nonce` empty: no address to return to.
identity::BankIdRequest make_bankid_request(const Session& session, const BankIdBrowser& browser,
                                            std::string_view nonce);

/// The first time that a new order may be asked after, and after each answer.
inline constexpr std::chrono::seconds kCollectEvery{2};

}  // namespace portal::service
