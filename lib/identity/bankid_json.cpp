#include <algorithm>
#include <array>
#include <charconv>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/json_pointer.hpp"
#include "identity/bankid.hpp"

namespace portal::identity {
namespace {

constexpr std::size_t kTokenLimit = 256;         // a UUID has 36
constexpr std::size_t kWordLimit = 64;           // bytes
constexpr std::size_t kNameLimit = 200;          // bytes
constexpr std::size_t kUserAgentLimit = 256;     // BankID's
constexpr std::size_t kVisibleLimit = 1'500;     // BankID's, after base64
constexpr std::size_t kPersonalNumberSize = 12;  // YYYYMMDDNNNN
constexpr std::uint32_t kLongestWait = 86'400;

std::string text_at(std::string_view json, std::string_view pointer) {
    return base::json_text_at(json, pointer).value_or("");
}

/// A stranger's text of one line, or empty.
std::string line_at(std::string_view json, std::string_view pointer) {
    auto text = text_at(json, pointer);
    if (text.size() > kNameLimit || base::has_control(text, false)) text.clear();
    return text;
}

/// Printable ASCII without a dot or space, as it stands in the QR code's text and in links.
bool is_token(std::string_view text) {
    return !text.empty() && text.size() <= kTokenLimit && std::ranges::all_of(text, [](char c) {
        return c > ' ' && c < 0x7f && c != '.' && c != '"' && c != '\\';
    });
}

bool is_personal_number(std::string_view text) {
    return text.size() == kPersonalNumberSize &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Clients have typed stepUp and its mrtd as a truth and as an object; both have been seen.
bool is_document_read(std::string_view json) {
    constexpr std::string_view kMrtd = "/completionData/stepUp/mrtd";
    return base::json_bool_at(json, kMrtd).value_or(false) ||
           base::json_bool_at(json, "/completionData/stepUp").value_or(false) ||
           base::is_json_object_at(json, kMrtd);
}

/// A code word, or empty.
std::string word_at(std::string_view json, std::string_view pointer) {
    auto text = text_at(json, pointer);
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (text.size() > kWordLimit || !std::ranges::all_of(text, letter)) text.clear();
    return text;
}

BankIdPerson parse_person(std::string_view json) {
    BankIdPerson person;
    person.personal_number = base::NationalId{text_at(json, "/completionData/user/personalNumber")};
    person.given_name = line_at(json, "/completionData/user/givenName");
    person.surname = line_at(json, "/completionData/user/surname");
    person.device_address = line_at(json, "/completionData/device/ipAddress");
    person.device_id = line_at(json, "/completionData/device/uhi");
    person.issued = line_at(json, "/completionData/bankIdIssueDate");
    person.risk = base::lower_ascii(word_at(json, "/completionData/risk"));
    person.document_read = is_document_read(json);
    return person;
}

struct ErrorName {
    std::string_view name;  // in lower case: clients disagree about Maintenance
    BankIdError error;
};
constexpr std::array kErrorNames{
    ErrorName{"alreadyinprogress", BankIdError::already_in_progress},
    ErrorName{"invalidparameters", BankIdError::invalid_parameters},
    ErrorName{"canceled", BankIdError::canceled},
    ErrorName{"unauthorized", BankIdError::unauthorized},
    ErrorName{"notfound", BankIdError::not_found},
    ErrorName{"methodnotallowed", BankIdError::method_not_allowed},
    ErrorName{"requesttimeout", BankIdError::request_timeout},
    ErrorName{"unsupportedmediatype", BankIdError::unsupported_media_type},
    ErrorName{"toomanyrequests", BankIdError::too_many_requests},
    ErrorName{"internalerror", BankIdError::internal_error},
    ErrorName{"maintenance", BankIdError::maintenance},
};

/// Where the body says nothing that is known: a proxy in between, or a new code.
BankIdError error_of_status(int status) {
    switch (status) {
        case 401:
        case 403:
            return BankIdError::unauthorized;
        case 404:
            return BankIdError::not_found;
        case 405:
            return BankIdError::method_not_allowed;
        case 408:
            return BankIdError::request_timeout;
        case 415:
            return BankIdError::unsupported_media_type;
        case 429:
            return BankIdError::too_many_requests;
        case 503:
            return BankIdError::maintenance;
        default:
            return status >= 500 ? BankIdError::internal_error : BankIdError::not_understood;
    }
}

base::Millis wait_of(const net::HttpAnswer& answer) {
    const auto text = answer.header("ratelimit-reset");
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end == text.data()) return net::retry_after(answer);
    return std::chrono::seconds{std::min(seconds, kLongestWait)};
}

class Object {
  public:
    void text(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        begin(name);
        base::write_json_text(out_, value);
    }
    void raw(std::string_view name, std::string_view json) {
        begin(name);
        out_ += json;
    }
    [[nodiscard]] bool empty() const { return out_.empty(); }
    [[nodiscard]] std::string take() const { return "{" + out_ + "}"; }

  private:
    void begin(std::string_view name) {
        if (!out_.empty()) out_ += ',';
        base::write_json_text(out_, name);
        out_ += ':';
    }
    std::string out_;
};

/// At most `limit` bytes, and no half character at the end.
std::string_view cut(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<unsigned char>(text[limit]) & 0xc0U) == 0x80U) --limit;
    return text.substr(0, limit);
}

}  // namespace

std::string format_bankid_request(const BankIdRequest& request) {
    Object web;
    web.text("referringDomain", request.referring_domain);
    web.text("userAgent", cut(request.user_agent, kUserAgentLimit));
    web.text("deviceIdentifier", request.device_identifier);
    Object body;
    body.text("endUserIp", request.end_user_ip);
    const auto visible = cut(request.visible_text, kVisibleLimit / 4 * 3);
    body.text("userVisibleData", base::format_base64(base::as_bytes(visible)));
    if (!visible.empty()) body.text("userVisibleDataFormat", "plaintext");
    body.text("returnUrl", request.return_url);
    body.raw("returnRisk", "true");
    if (!web.empty()) body.raw("web", web.take());
    return body.take();
}

BankIdProblem parse_bankid_error(const net::HttpAnswer& answer) {
    BankIdProblem problem{error_of_status(answer.status), answer.status, base::Millis{0}};
    const auto name = base::lower_ascii(text_at(answer.body, "/errorCode"));
    const auto found = std::ranges::find(kErrorNames, name, &ErrorName::name);
    if (found != kErrorNames.end()) problem.error = found->error;
    if (problem.error == BankIdError::too_many_requests) problem.retry_after = wait_of(answer);
    return problem;
}

BankIdAnswer<BankIdOrder> parse_bankid_order(std::string_view json) {
    const auto order_ref = text_at(json, "/orderRef");
    const auto auto_start = text_at(json, "/autoStartToken");
    const auto qr_token = text_at(json, "/qrStartToken");
    const auto qr_secret = text_at(json, "/qrStartSecret");
    for (const auto* token : {&order_ref, &auto_start, &qr_token, &qr_secret})
        if (!is_token(*token)) return BankIdProblem{BankIdError::not_understood, 200, {}};
    return BankIdOrder{base::Secret{order_ref}, base::Secret{auto_start}, qr_token,
                       base::Secret{qr_secret}};
}

BankIdAnswer<BankIdCollected> parse_bankid_collected(std::string_view json) {
    const BankIdProblem not_understood{BankIdError::not_understood, 200, {}};
    const auto status = text_at(json, "/status");
    BankIdCollected collected;
    collected.hint = word_at(json, "/hintCode");
    if (status == "pending") return collected;
    if (status == "failed") {
        collected.status = OrderStatus::failed;
        return collected;
    }
    if (status != "complete") return not_understood;
    collected.status = OrderStatus::complete;
    collected.person = parse_person(json);
    if (!is_personal_number(collected.person->personal_number.reveal())) return not_understood;
    return collected;
}

}  // namespace portal::identity
