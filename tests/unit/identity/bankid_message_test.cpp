#include "identity/bankid_message.hpp"

#include <set>

#include "catch.hpp"

using namespace portal::identity;
using enum BankIdMessage;

TEST_CASE("each pending hint has its message in each flow, on phones and computers", "[bankid]") {
    struct Row {
        std::string_view hint;
        BankIdMessage qr_computer, qr_phone, same_computer, same_phone;
    };
    const Row rows[] = {
        {"outstandingTransaction", scan_code, scan_code, starting_app, starting_app},
        {"noClient", scan_code, scan_code, open_app, open_app},
        {"started", searching_computer, searching_phone, searching_computer, searching_phone},
        {"userMrtd", read_document, read_document, read_document, read_document},
        {"userCallConfirm", confirm_call, confirm_call, confirm_call, confirm_call},
        {"userSign", enter_code, enter_code, enter_code, enter_code},
        {"processing", in_progress, in_progress, in_progress, in_progress},
        {"somethingNew", in_progress, in_progress, in_progress, in_progress},
        {"", in_progress, in_progress, in_progress, in_progress},
    };
    for (const auto& row : rows) {
        CAPTURE(row.hint);
        CHECK(pending_message(row.hint, BankIdFlow::qr, Device::computer) == row.qr_computer);
        CHECK(pending_message(row.hint, BankIdFlow::qr, Device::phone) == row.qr_phone);
        CHECK(pending_message(row.hint, BankIdFlow::same_device, Device::computer) ==
              row.same_computer);
        CHECK(pending_message(row.hint, BankIdFlow::same_device, Device::phone) == row.same_phone);
    }
}

TEST_CASE("each failed hint has its message in each flow", "[bankid]") {
    struct Row {
        std::string_view hint;
        BankIdMessage qr, same;
    };
    const Row rows[] = {
        {"expiredTransaction", no_answer_from_app, no_answer_from_app},
        {"certificateErr", blocked, blocked},
        {"userCancel", cancelled_by_user, cancelled_by_user},
        {"cancelled", replaced, replaced},
        {"startFailed", code_not_read, app_not_found},
        {"userDeclinedCall", call_declined, call_declined},
        {"notSupportedByUserApp", app_too_old, app_too_old},
        {"transactionRiskBlocked", not_safe, not_safe},
        {"somethingNew", failed, failed},
        {"", failed, failed},
    };
    for (const auto& row : rows) {
        CAPTURE(row.hint);
        CHECK(failed_message(row.hint, BankIdFlow::qr) == row.qr);
        CHECK(failed_message(row.hint, BankIdFlow::same_device) == row.same);
    }
}

TEST_CASE("a fault of ours is not shown as a fault of BankID", "[bankid]") {
    for (const auto error :
         {BankIdError::invalid_parameters, BankIdError::unauthorized, BankIdError::not_found,
          BankIdError::method_not_allowed, BankIdError::unsupported_media_type})
        CHECK(error_message(error) == not_available);
    for (const auto error :
         {BankIdError::request_timeout, BankIdError::too_many_requests, BankIdError::internal_error,
          BankIdError::maintenance, BankIdError::unreachable, BankIdError::no_answer,
          BankIdError::not_understood})
        CHECK(error_message(error) == try_later);
    CHECK(error_message(BankIdError::already_in_progress) == BankIdMessage::already_in_progress);
    CHECK(error_message(BankIdError::canceled) == replaced);
}

TEST_CASE("every message has a sentence of its own, and what is over says what to do", "[bankid]") {
    std::set<std::string_view> sentences;
    for (int i = 0; i < kBankIdMessages; ++i) {
        const auto message = static_cast<BankIdMessage>(i);
        const auto& words = words_of(message);
        CHECK(sentences.insert(words.sentence).second);
        CHECK(std::string_view{words.sentence}.size() > 10);
        CHECK(std::string_view{words.next}.empty() == (message <= in_progress));
    }
}
