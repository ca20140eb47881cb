// A forgotten password. The mailed link alone is never enough: it needs a code by SMS to the
// mobile number, or the clinic's word (`reset confirm`); an eID login needs no reset at all.
// Asking costs and answers the same for known, unknown, blocked and passwordless people.
// Thread rule: any. Source: D14, P10, L8, ASVS 6.3.8, 6.4.3, 6.4.4.
#pragma once

#include <string>

#include "domain/invitation.hpp"
#include "service/login_session.hpp"
#include "service/mail_proof.hpp"
#include "service/new_password.hpp"

namespace portal::service {

/// Always the same answer for whatever names somebody or nobody. invalid at "identifier";
/// rate_limited. The browser's mark comes back.
base::Result<base::Secret> ask_reset(Session& session, std::string_view identifier);

enum class SecondProof { sms, clinic };
struct ResetForm {
    SecondProof second = SecondProof::sms;
    std::string masked;           // the mobile number
    bool code_sent = false;       // sms: a code that still works
    bool asks_mail_code = false;  // another browser than the one that asked
    bool confirmed = false;       // clinic: it has said that it is this person
    [[nodiscard]] bool may_choose() const { return code_sent || confirmed; }
};
/// Looks and consumes nothing. not_found when used, replaced or too old.
base::Result<ResetForm> show_reset(Session& session, std::string_view token,
                                   const LinkOpener& opener);
/// A new code by SMS, three an hour. not_found as above; rate_limited; errors of check_opener.
base::Status send_reset_code(Session& session, std::string_view token, const LinkOpener& opener);

struct ResetPassword {
    std::string token;
    std::string code;  // empty where the clinic confirmed
    TypedPassword typed;
};
/// invalid at "code", "password", "repeated"; unauthenticated at "code"; not_found as above, also
/// after five wrong codes.
base::Status reset_password(Session& session, const ResetPassword& command);

/// The clinic has made sure who asks: the link that was mailed is enough for a day.
base::Result<domain::ResetView> confirm_reset(Session& session,
                                              const domain::ConfirmReset& command);

}  // namespace portal::service
