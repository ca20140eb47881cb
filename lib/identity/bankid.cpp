#include "identity/bankid.hpp"

#include "base/json.hpp"

namespace portal::identity {
namespace {

constexpr int kOk = 200;
constexpr std::size_t kAnswerLimit = 512U << 10U;  // a signature with its chain is some 20 KiB
constexpr int kServerFault = 500;
constexpr int kMostAtOnce = 8;  // half of the threads that answer requests
constexpr int kFailures = 5;
constexpr base::Millis kPause{15'000};

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
            return {BankIdError::unreachable, 0, {}};
        case base::ErrorCode::too_large:
            return {BankIdError::not_understood, 0, {}};
        default:
            return {BankIdError::no_answer, 0, {}};
    }
}

template <class T>
BankIdAnswer<T> parse(const BankIdAnswer<std::string>& body,
                      BankIdAnswer<T> (*parser)(std::string_view)) {
    if (const auto* problem = std::get_if<BankIdProblem>(&body)) return *problem;
    return parser(std::get<std::string>(body));
}

}  // namespace

BankId::BankId(BankIdOptions options, const base::Clock& clock)
    : options_(std::move(options)), clock_(clock) {
    while (options_.url.ends_with('/')) options_.url.pop_back();
}
BankId::~BankId() = default;

std::variant<net::HttpClient, BankIdError> BankId::enter() {
    const std::lock_guard lock{mutex_};
    if (busy_ >= kMostAtOnce) return BankIdError::busy;
    if (failures_ >= kFailures) {
        const auto now = clock_.now();
        if (now < closed_until_) return BankIdError::unreachable;
        closed_until_ = now + kPause;  // one trial a pause
    }
    ++busy_;
    if (idle_.empty()) return net::HttpClient{};
    auto client = std::move(idle_.back());
    idle_.pop_back();
    return client;
}

void BankId::leave(net::HttpClient client, bool answered) {
    const std::lock_guard lock{mutex_};
    --busy_;
    if (answered) {
        failures_ = 0;
        idle_.push_back(std::move(client));
    } else if (++failures_ >= kFailures) {
        closed_until_ = clock_.now() + kPause;
    }
}

BankIdAnswer<std::string> BankId::post(std::string_view path, const std::string& body) {
    auto entered = enter();
    if (const auto* why = std::get_if<BankIdError>(&entered)) return BankIdProblem{*why, 0, {}};
    auto& client = std::get<net::HttpClient>(entered);
    auto answer = client.send(make_request(options_, path, body));
    leave(std::move(client), answer && answer->status < kServerFault);
    if (!answer) return to_problem(answer.error());
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
