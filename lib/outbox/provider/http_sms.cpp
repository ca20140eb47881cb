#include <array>

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "base/json_pointer.hpp"
#include "net/http.hpp"
#include "outbox/providers.hpp"

namespace portal::outbox {
namespace {

using Fields = std::array<std::pair<std::string_view, std::string_view>, 4>;
constexpr std::size_t kIdLimit = 200;

std::string to_json(const Fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        out += out.empty() ? '{' : ',';
        base::write_json_text(out, name);
        out += ':';
        base::write_json_text(out, value);
    }
    return out + '}';
}

std::string to_form(const Fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) out += '&';
        out.append(name).append("=").append(net::percent_encode(value));
    }
    return out;
}

Outcome::Kind judge(int status) {
    if (status >= 200 && status < 300) return Outcome::accepted;
    if (status == 408 || status == 425 || status == 429 || status >= 500) return Outcome::temporary;
    if (status == 400 || status == 422) return Outcome::permanent_recipient;
    return Outcome::permanent_provider;  // redirected, refused, not paid, no such place
}

class HttpSms final : public Provider {
  public:
    explicit HttpSms(HttpSmsOptions options) : options_(std::move(options)) {}
    [[nodiscard]] std::string_view name() const override { return "http-sms"; }
    [[nodiscard]] std::string_view channel() const override { return "sms"; }
    [[nodiscard]] bool idempotent() const override { return options_.honours_key; }

    Outcome send(const Message& message) override {
        const auto answer = client_.send(make_request(message));
        if (!answer) return judge_failure(answer.error());
        Outcome outcome;
        outcome.kind = judge(answer->status);
        outcome.retry_after = net::retry_after(*answer);
        if (outcome.kind == Outcome::accepted)
            outcome.provider_id = find_id(answer->body);
        else
            outcome.reason = "status " + std::to_string(answer->status);
        return outcome;
    }

  private:
    net::HttpRequest make_request(const Message& message) const {
        const auto id = base::format_uuid(message.id);
        const Fields fields{{{"to", message.recipient.reveal()},
                             {"from", options_.from},
                             {"text", message.body.reveal()},
                             {"id", id}}};
        net::HttpRequest request;
        request.method = "POST";
        request.url = options_.url;
        request.body = options_.form ? to_form(fields) : to_json(fields);
        request.headers = {{"Content-Type", options_.form ? "application/x-www-form-urlencoded"
                                                          : "application/json"},
                           {"Accept", "application/json"},
                           {options_.key_header, id}};
        if (!options_.token.empty())
            request.headers.emplace_back("Authorization", "Bearer " + options_.token.reveal());
        request.ca_file = options_.ca_file;
        request.timeout = options_.timeout;
        request.own_connection = true;
        return request;
    }

    static Outcome judge_failure(const base::Error& error) {
        auto kind = Outcome::unknown;
        if (error.code == base::ErrorCode::unavailable) kind = Outcome::temporary;
        if (error.code == base::ErrorCode::invalid) kind = Outcome::permanent_provider;
        return {kind, {}, base::describe(error), {}};
    }

    /// The gateway's own id; a stranger's text, so only a short printable one is kept.
    std::string find_id(const std::string& body) const {
        auto id = base::json_text_at(body, options_.id_pointer).value_or("");
        if (id.size() > kIdLimit || base::has_control(id, false)) id.clear();
        return id;
    }

    HttpSmsOptions options_;
    net::HttpClient client_;
};

}  // namespace

std::unique_ptr<Provider> make_http_sms(HttpSmsOptions options) {
    return std::make_unique<HttpSms>(std::move(options));
}

}  // namespace portal::outbox
