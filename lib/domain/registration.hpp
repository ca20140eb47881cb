// Profiles that people made themselves and that a clinic answers for. Source: P4-P8, P24.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/tenant.hpp"

namespace portal::domain {

/// unproved: the link that proves the address is still out.
enum class RegistrationState { unproved, pending, approved, rejected };
BOOST_DESCRIBE_ENUM(RegistrationState, unproved, pending, approved, rejected)

struct ListRegistrations {
    std::optional<RegistrationState> state;
};
BOOST_DESCRIBE_STRUCT(ListRegistrations, (), (state))
PORTAL_HELP(ListRegistrations, {"state", "pending when absent; or unproved, approved or rejected"})

struct ApproveRegistration {
    base::Uuid registration;
};
BOOST_DESCRIBE_STRUCT(ApproveRegistration, (), (registration))
PORTAL_HELP(ApproveRegistration, {"registration", "id of the registration", base::kPositional})

struct RejectRegistration {
    base::Uuid registration;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(RejectRegistration, (), (registration, reason))
PORTAL_HELP(RejectRegistration, {"registration", "id of the registration", base::kPositional},
            {"reason", "for the clinic's own eyes; it is not sent", base::kPersonal, 1, 200})

struct RegistrationView {
    base::Uuid id;
    std::string name;
    RegistrationState state = RegistrationState::pending;
    std::string origin;
    std::string email;
    std::string mobile;
    std::string national_id;
    std::string user;
    std::string reason;
    base::Instant created_at{};
    std::optional<base::Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(RegistrationView, (),
                      (id, name, state, origin, email, mobile, national_id, user, reason,
                       created_at, decided_at))
PORTAL_HELP(RegistrationView, {"id", "id"}, {"name", "name", base::kPersonal},
            {"state", "unproved, pending, approved or rejected"},
            {"origin", "self, or the eID that proved the person: bankid-self, mitid-self"},
            {"email", "e-mail address", base::kPersonal},
            {"mobile", "mobile number", base::kPersonal},
            {"national_id", "personal number, its last digits hidden", base::kPersonal},
            {"user", "id of the profile, once there is one", base::kWide},
            {"reason", "why it was rejected", base::kPersonal | base::kWide},
            {"created_at", "when it came"}, {"decided_at", "when the clinic answered", base::kWide})

struct RegistrationList {
    std::vector<RegistrationView> items;
};
BOOST_DESCRIBE_STRUCT(RegistrationList, (), (items))
PORTAL_HELP(RegistrationList, {"items", "the registrations"})

}  // namespace portal::domain
