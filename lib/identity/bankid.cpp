#include "identity/bankid.hpp"

#include "base/json.hpp"

namespace portal::identity {
namespace {

constexpr int kOk = 200;
constexpr std::size_t kAnswerLimit = 512U << 10U;  // a signature with its chain is some 20 KiB
constexpr std::size_t kIdleLimit = 8;

std::string order_body(const base::Secret& order_ref) {
    std::string body{"{\"orderRef\":"};
    base::write_json_text(body, order_ref.reveal());
    return body + "}";
}

net::HttpRequest make_request(const BankIdOptions& options, std::string_view path,
                              const std::string& body) {
    net::HttpRequest request;
    request.method = "POST";
    request.url = options.url + std::string{path};
    request.headers = {{"Content-Type", "application/json"}};
    request.body = body;
    request.ca_file = options.ca_file;
    request.certificate = options.certificate;
    request.connect_timeout = options.timeout;
    request.timeout = options.timeout;
    request.answer_limit = kAnswerLimit;
    return request;
}

BankIdProblem to_problem(const base::Error& error) {
    switch (error.code) {
        case base::ErrorCode::unavailable:
        case base::ErrorCode::invalid:
            return {BankIdError::unreachable};
        case base::ErrorCode::too_large:
            return {BankIdError::not_understood};
        default:
            return {BankIdError::no_answer};
    }
}

template <class T>
BankIdAnswer<T> parse(const BankIdAnswer<std::string>& body,
                      BankIdAnswer<T> (*parser)(std::string_view)) {
    if (const auto* problem = std::get_if<BankIdProblem>(&body)) return *problem;
    return parser(std::get<std::string>(body));
}

}  // namespace

BankId::BankId(BankIdOptions options) : options_(std::move(options)) {
    while (options_.url.ends_with('/')) options_.url.pop_back();
}
BankId::~BankId() = default;

BankIdAnswer<std::string> BankId::post(std::string_view path, const std::string& body) {
    net::HttpClient client;
    {
        const std::lock_guard lock{mutex_};
        if (!idle_.empty()) {
            client = std::move(idle_.back());
            idle_.pop_back();
        }
    }
    auto answer = client.send(make_request(options_, path, body));
    if (!answer) return to_problem(answer.error());
    {
        const std::lock_guard lock{mutex_};
        if (idle_.size() < kIdleLimit) idle_.push_back(std::move(client));
    }
    if (answer->status != kOk) return parse_bankid_error(*answer);
    return std::move(answer->body);
}

BankIdAnswer<BankIdOrder> BankId::auth(const BankIdRequest& request) {
    const auto body = format_bankid_request(request);
    auto answer = post("/auth", body);
    const auto* problem = std::get_if<BankIdProblem>(&answer);
    if (problem != nullptr && problem->error == BankIdError::maintenance)
        answer = post("/auth", body);
    return parse(answer, &parse_bankid_order);
}

BankIdAnswer<BankIdCollected> BankId::collect(const base::Secret& order_ref) {
    return parse(post("/collect", order_body(order_ref)), &parse_bankid_collected);
}

BankIdAnswer<std::monostate> BankId::cancel(const base::Secret& order_ref) {
    const auto answer = post("/cancel", order_body(order_ref));
    if (const auto* problem = std::get_if<BankIdProblem>(&answer)) return *problem;
    return std::monostate{};
}

}  // namespace portal::identity
