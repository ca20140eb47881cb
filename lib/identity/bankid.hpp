// BankID's relying-party API, version 6: start an identification, ask how it goes, cancel it.
// Called by service/bankid. What came back is given as it is; what to tell the person is in
// bankid_message.hpp. While BankID does not answer it is asked seldom, so that no thread waits in
// vain (P17). Thread rule: a client may be used from any thread; each call blocks at most for its
// time limit. Source: BankID RP API v6.0, C43.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/personal.hpp"
#include "base/record.hpp"
#include "net/http.hpp"

namespace portal::identity {

struct BankIdOptions {
    std::string url = "https://appapi2.bankid.com/rp/v6.0";
    net::ClientCertificate certificate{};
    std::string ca_file{};  // BankID's own root; in no system's store
    base::Millis timeout{5'000};
};

/// What BankID is told of an identification and the browser that asks for it; empty: not sent.
struct BankIdRequest {
    std::string end_user_ip;     // as we see the browser
    std::string visible_text{};  // plain, shown in the app; cut to what fits
    std::string return_url{};
    std::string referring_domain{};
    std::string user_agent{};
    std::string device_identifier{};
};

struct BankIdOrder {
    base::Secret order_ref;
    base::Secret auto_start_token;  // for the browser that began, and no other
    std::string qr_start_token;
    base::Secret qr_start_secret;
};

enum class OrderStatus { pending, failed, complete };

/// Who it was. Texts that BankID may leave out are empty.
struct BankIdPerson {
    base::NationalId personal_number;  // 12 digits
    std::string given_name;
    std::string surname;
    std::string device_address;  // of the app, as BankID saw it
    std::string device_id;       // the device's unique hardware id
    std::string issued;          // of the BankID: YYYY-MM-DD and perhaps an offset
    std::string risk;            // low, moderate, high
    bool document_read = false;  // passport or identity card
};

struct BankIdCollected {
    OrderStatus status = OrderStatus::pending;
    std::string hint;                      // pending, failed: a word of letters, or empty
    std::optional<BankIdPerson> person{};  // complete
};

enum class BankIdError {
    already_in_progress,  // both orders of this person are now ended
    invalid_parameters,   // also: this order is over and was read, or never was
    canceled,
    unauthorized,  // our certificate
    not_found,
    method_not_allowed,
    request_timeout,
    unsupported_media_type,
    too_many_requests,
    internal_error,
    maintenance,
    busy,           // nothing was sent: as many requests as may be are under way from here
    unreachable,    // nothing was sent
    no_answer,      // sent, and no whole answer
    not_understood  // an answer, but not one of BankID's
};

BOOST_DESCRIBE_ENUM(BankIdError, already_in_progress, invalid_parameters, canceled, unauthorized,
                    not_found, method_not_allowed, request_timeout, unsupported_media_type,
                    too_many_requests, internal_error, maintenance, busy, unreachable, no_answer,
                    not_understood)

struct BankIdProblem {
    BankIdError error = BankIdError::not_understood;
    int status = 0;               // HTTP
    base::Millis retry_after{0};  // too_many_requests
};

template <class T>
using BankIdAnswer = std::variant<T, BankIdProblem>;

class BankId {
  public:
    /// `clock` outlives it.
    BankId(BankIdOptions options, const base::Clock& clock);
    ~BankId();
    BankId(const BankId&) = delete;
    BankId& operator=(const BankId&) = delete;

    /// Maintenance is tried once more by itself, nothing else is.
    BankIdAnswer<BankIdOrder> auth(const BankIdRequest& request);
    /// A final answer can be had once. Not more often than each second an order.
    BankIdAnswer<BankIdCollected> collect(const base::Secret& order_ref);
    BankIdAnswer<std::monostate> cancel(const base::Secret& order_ref);

  private:
    /// A client of the pool; unreachable while BankID is left in peace, busy where too many wait.
    std::variant<net::HttpClient, BankIdError> enter();
    void leave(net::HttpClient client, bool answered);
    BankIdAnswer<std::string> post(std::string_view path, const std::string& body);

    BankIdOptions options_;
    const base::Clock& clock_;
    std::mutex mutex_;
    std::vector<net::HttpClient> idle_;  // each with its connection, all of this certificate
    int busy_ = 0;
    int failures_ = 0;  // in a row
    base::Instant closed_until_{};
};

// What the answers mean, apart for tests.
BankIdProblem parse_bankid_error(const net::HttpAnswer& answer);
BankIdAnswer<BankIdOrder> parse_bankid_order(std::string_view json);
BankIdAnswer<BankIdCollected> parse_bankid_collected(std::string_view json);
std::string format_bankid_request(const BankIdRequest& request);

}  // namespace portal::identity
