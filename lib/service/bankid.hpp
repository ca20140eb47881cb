// Logging in with BankID: an order is begun for one browser, asked after, and ends there. Called by
// daemon/web/bankid. The browser is known by a token in its cookie; every daemon can answer it.
// BankID is asked outside of transactions, each order at most once in two seconds, whoever asks.
// Thread rule: any; a call may wait for BankID, at most some seconds.
// Source: C43, L10, K2, K12, K13; BankID RP API v6.0.
#pragma once

#include <optional>
#include <string>

#include "identity/bankid_message.hpp"
#include "service/eid.hpp"

namespace portal::service {

/// The browser that asks, as this request shows it.
struct BankIdBrowser {
    base::Secret token{};  // of its cookie; empty: none yet
    std::string address;   // the client's
    std::string network;   // what limits count
    std::string host;      // the clinic's, as asked for
    std::string user_agent;
    std::string known_device{};  // of a long-lived cookie; empty: none
};

/// How long an attempt may take in all, and its cookie lives.
inline constexpr std::chrono::minutes kBankIdLifetime{15};

/// Cancels what this browser had begun. Answers the token for its cookie. Where BankID refuses,
/// the attempt is there and has failed. forbidden where the clinic does not use BankID (K2);
/// rate_limited.
base::Result<base::Secret> start_bankid(Session& session, const BankIdBrowser& browser,
                                        identity::BankIdFlow flow, const std::string& next);

struct BankIdView {
    enum Stage {
        waiting,
        proved,  // go on with complete_bankid
        over,
        used,  // somebody is logged in by it
    } stage = over;
    identity::BankIdFlow flow = identity::BankIdFlow::qr;
    identity::BankIdMessage message = identity::BankIdMessage::failed;
    std::string qr_text;     // while a code is to be shown
    std::string phone_link;  // while the app is to be opened on this phone
    std::string auto_start;  // while it is to be opened on this computer: the link's token
    std::string next;
};
/// Asks BankID where it is time to. None: this browser has begun nothing here.
base::Result<std::optional<BankIdView>> look_at_bankid(Session& session,
                                                       const BankIdBrowser& browser);

/// The app has opened the address that the order named. False where another browser had begun, or
/// the nonce is not the order's: nothing is changed then.
base::Result<bool> return_from_bankid(Session& session, const BankIdBrowser& browser,
                                      std::string_view nonce);

struct BankIdDone {
    EidAnswer answer;
    VerifiedPerson person;
    std::string next;
};
/// conflict when it is not proved, or was used before; otherwise as complete_eid_login.
base::Result<BankIdDone> complete_bankid(Session& session, const BankIdBrowser& browser);

base::Status cancel_bankid(Session& session, const BankIdBrowser& browser);

}  // namespace portal::service
