// What to tell the person while BankID works, and when it fails: one table from BankID's codes to
// our own sentences. Called by daemon/web. Thread rule: pure.
// Source: BankID's recommended user messages (RFA numbers, by meaning), C43.
#pragma once

#include <string_view>

#include "identity/bankid.hpp"
#include "identity/bankid_start.hpp"

namespace portal::identity {

/// How the app is to find the order.
enum class BankIdFlow { qr, same_device };

enum class BankIdMessage {
    // under way
    scan_code,
    open_app,
    starting_app,
    searching_computer,
    searching_phone,
    read_document,
    confirm_call,
    enter_code,
    in_progress,
    // over
    no_answer_from_app,
    blocked,
    cancelled_by_user,
    replaced,
    app_not_found,
    code_not_read,
    call_declined,
    app_too_old,
    not_safe,
    failed,
    // refused or not reached
    already_in_progress,
    many_at_once,
    try_later,
    not_available,
};

/// Catalogue keys. `next`: what one can do about it; empty while it is under way.
struct BankIdWords {
    const char* sentence;
    const char* next;
};
const BankIdWords& words_of(BankIdMessage message);

/// A hint that is not known is "in progress" or "failed".
BankIdMessage pending_message(std::string_view hint, BankIdFlow flow, Device device);
BankIdMessage failed_message(std::string_view hint, BankIdFlow flow);
BankIdMessage error_message(BankIdError error);

/// Every message, for tests.
inline constexpr int kBankIdMessages = static_cast<int>(BankIdMessage::not_available) + 1;

}  // namespace portal::identity
