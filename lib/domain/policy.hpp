// Who may log in at a tenant, and how. Source: K1, K2, K31.
#pragma once

#include <vector>

#include "domain/tenant.hpp"

namespace portal::domain {

struct SetPolicy {
    base::Patch<bool> client_login;
    base::Patch<std::vector<LoginMethod>> methods;
    base::Patch<LoginIdentifier> identifier;
    base::Patch<CodeChannel> code;
};
BOOST_DESCRIBE_STRUCT(SetPolicy, (), (client_login, methods, identifier, code))
PORTAL_HELP(
    SetPolicy, {"client_login", "whether clients may log in here (K1)"},
    {"methods", "exactly these login methods: password"},
    {"identifier",
     "what a client types at the password step: email or national-id (module cpr-password)"},
    {"code", "where the code goes: email or sms (module two-factor-sms)"})

PORTAL_NO_FIELDS(ShowPolicy)

struct PolicyView {
    bool client_login = false;
    std::vector<LoginMethod> methods;
    LoginIdentifier identifier = LoginIdentifier::email;
    CodeChannel code = CodeChannel::email;
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(PolicyView, (), (client_login, methods, identifier, code, warnings))
PORTAL_HELP(PolicyView, {"client_login", "whether clients may log in here"},
            {"methods", "the login methods"}, {"identifier", "what a client types"},
            {"code", "where the code goes"}, {"warnings", "what will not work as it stands"})

}  // namespace portal::domain
