// The activation letter: a page on paper with a code to type, for people without telephone and
// e-mail address, after the clinic has made sure who they are. The code is stored as a keyed hash
// and shown once. Thread rule: any. Source: N14, L8, ASVS 6.4.1, 6.5.2, 6.6.3.
#pragma once

#include "domain/invitation.hpp"
#include "service/login_session.hpp"
#include "service/password_link.hpp"

namespace portal::service {

/// Voids older links of the person. conflict: no password could be used.
base::Result<domain::LetterView> make_letter(Session& session, const domain::MakeLetter& command);

/// The code as it was typed: any case, spaces, hyphens, O for 0. Answers the token of the browser
/// that goes on; the letter itself is not consumed. invalid or unauthenticated at "code";
/// rate_limited after five wrong codes of a network in 15 minutes.
base::Result<base::Secret> open_letter(Session& session, std::string_view typed);
/// not_found when the letter was used, taken back or is too old.
base::Result<PasswordForm> show_letter(Session& session, std::string_view token);
/// Sets the password and logs in: the letter is the proof of possession that a code is otherwise.
base::Result<LoggedIn> use_letter(Session& session, std::string_view token,
                                  const TypedPassword& typed);

/// Upper case without what people put between groups; O is 0, I and L are 1. Empty: no such code.
std::string canonical_letter_code(std::string_view typed);
/// "7F3K-Q2ND-..." as it is printed.
std::string group_letter_code(std::string_view code);

}  // namespace portal::service
