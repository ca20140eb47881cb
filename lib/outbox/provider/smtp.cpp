#include "outbox/providers.hpp"

namespace portal::outbox {
namespace {

Outcome::Kind to_kind(net::SendResult::Outcome outcome) {
    switch (outcome) {
        case net::SendResult::accepted:
            return Outcome::accepted;
        case net::SendResult::temporary:
            return Outcome::temporary;
        case net::SendResult::permanent_recipient:
            return Outcome::permanent_recipient;
        case net::SendResult::permanent_provider:
            return Outcome::permanent_provider;
        case net::SendResult::unknown:
            break;
    }
    return Outcome::unknown;
}

class Smtp final : public Provider {
  public:
    explicit Smtp(SmtpProviderOptions options)
        : envelope_from_(std::move(options.envelope_from)), client_(std::move(options.server)) {}
    [[nodiscard]] std::string_view name() const override { return "smtp"; }
    [[nodiscard]] std::string_view channel() const override { return "email"; }
    [[nodiscard]] bool idempotent() const override { return false; }

    Outcome send(const Message& message) override {
        const net::Envelope envelope{envelope_from_, base::Email{message.recipient.reveal()}};
        const auto result = client_.send(envelope, message.body.reveal());
        auto reason = result.reason;
        if (result.code >= 400) reason += " (" + std::to_string(result.code) + ")";
        return {to_kind(result.outcome), {}, std::move(reason), {}};
    }

  private:
    std::string envelope_from_;
    net::MailClient client_;
};

}  // namespace

std::unique_ptr<Provider> make_smtp(SmtpProviderOptions options) {
    return std::make_unique<Smtp>(std::move(options));
}

}  // namespace portal::outbox
