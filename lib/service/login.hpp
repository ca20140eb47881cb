// Logging in: password step, code step, session; and the one-time link that sets a password.
// Known and unknown people get the same answers by the same work. Source: K1, K2, K4, K5, K11,
// K31, D1, R13, P9, P10. Thread rule: any; the password step hashes, outside of any transaction.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service/login_session.hpp"

namespace portal::service {

struct PasswordStep {
    std::string identifier;  // as typed: e-mail address, or national id where the policy says so
    base::Secret password;
    base::Bytes key;      // of the form: sent twice, it is one login and one message; may be empty
};

struct CodeAsked {
    base::Secret attempt;  // the cookie of this attempt
    std::string masked;    // "a***@example.org"
    bool by_sms = false;
};

/// invalid at "identifier" or "password" (empty, malformed); unauthenticated with one sentence for
/// every wrong pair, spent budgets included; forbidden "clients cannot log in here" (K1);
/// rate_limited: the network, or codes sent; unavailable.
base::Result<CodeAsked> check_password_step(Session& session, const PasswordStep& step);

/// `attempt`: the cookie. The same right code twice within seconds gives the same session. Ends the
/// session that the browser had. unauthenticated: wrong code (field "code"), tries used up or too
/// late.
base::Result<LoggedIn> check_code_step(Session& session, std::string_view attempt,
                                       std::string_view code);
/// Where the code of this attempt went, for showing the page again; not_found when it is over.
base::Result<CodeAsked> show_attempt(Session& session, std::string_view attempt);

/// The person behind a session cookie; nobody when it is unknown or over. Extends the idle limit
/// by at most a write a minute.
base::Result<Principal> find_principal(const Services& services, const store::Tenant& tenant,
                                       std::string_view token);
base::Status log_out(Session& session);
/// Of the session that asks.
base::Status choose_language(Session& session, text::Language language);

}  // namespace portal::service
