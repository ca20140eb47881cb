// The terms that a tenant's settings and login policy are made of.
// Source: K1, K2, K4, K31, P4-P7, X1, X3.
#pragma once

#include "base/record.hpp"

namespace portal::domain {

/// What a tenant may use; a route or message of a module that is off does not exist (X1).
enum class Module {
    booking,
    communication,
    sms,
    two_factor_sms,
    cpr_password,
    bankid,
    mitid,
    oidc
};
BOOST_DESCRIBE_ENUM(Module, booking, communication, sms, two_factor_sms, cpr_password, bankid,
                    mitid, oidc)

/// The language of a tenant's pages and messages unless a person chose another.
enum class Language { sv, da, en };
BOOST_DESCRIBE_ENUM(Language, sv, da, en)

/// What one types at the password step (K31).
enum class LoginIdentifier { email, login_name, national_id };
BOOST_DESCRIBE_ENUM(LoginIdentifier, email, login_name, national_id)

/// How one may log in (K2): password and code; Swedish BankID; MitID through its broker; any other
/// OpenID Connect provider.
enum class LoginMethod { password, bankid, mitid, oidc };
BOOST_DESCRIBE_ENUM(LoginMethod, password, bankid, mitid, oidc)

/// How sure we are who it is, in rising order (X3).
enum class Assurance { link, password, password_code, eid };
BOOST_DESCRIBE_ENUM(Assurance, link, password, password_code, eid)

/// Whom a login policy speaks of.
enum class Audience { patient, relative, staff };
BOOST_DESCRIBE_ENUM(Audience, patient, relative, staff)

/// Whether people may make a profile of their own here (P4-P7).
enum class Registration { none, approval, open };
BOOST_DESCRIBE_ENUM(Registration, none, approval, open)

enum class CodeChannel { email, sms };
BOOST_DESCRIBE_ENUM(CodeChannel, email, sms)

/// When one must log in to book (K10): before seeing free times, once a time is chosen, or not at
/// all.
enum class BookingLogin { first, slot, none };
BOOST_DESCRIBE_ENUM(BookingLogin, first, slot, none)

/// The colours that the style sheet has, each with enough contrast.
enum class Accent { blue, teal, green, plum, red, slate };
BOOST_DESCRIBE_ENUM(Accent, blue, teal, green, plum, red, slate)

}  // namespace portal::domain
