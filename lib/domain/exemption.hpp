// The exemption from eID: a patient who can have no BankID or MitID is let in with password and a
// mailed code after the clinic has checked who he is. Source: N7, P11-P22, D1, D2.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "domain/login_policy.hpp"

namespace portal::domain {

/// Whose the code address is: the patient's, or of somebody with power of attorney (P17).
enum class AddressOwner { own, proxy };
BOOST_DESCRIBE_ENUM(AddressOwner, own, proxy)

/// Why an exemption ends; in the audit.
enum class ExemptionEnd { has_eid, left, mistake, other };
BOOST_DESCRIBE_ENUM(ExemptionEnd, has_eid, left, mistake, other)

struct CreateExemption {
    std::string patient;
    std::string reason;
    std::string identity_checked_by;
    std::string identity_checked_how;
    base::LocalDay identity_checked_on{};
    AddressOwner address_owner = AddressOwner::own;
    bool address_confirmed = false;
    std::optional<base::Email> code_address;
    std::optional<base::LocalDay> review_on;
};
BOOST_DESCRIBE_STRUCT(CreateExemption, (),
                      (patient, reason, identity_checked_by, identity_checked_how,
                       identity_checked_on, address_owner, address_confirmed, code_address,
                       review_on))
PORTAL_HELP(
    CreateExemption,
    {"patient", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254},
    {"reason", "why this person can have no eID", base::kPersonal, 1, 200},
    {"identity_checked_by", "who at the clinic checked the person's identity", base::kPersonal, 1,
     100},
    {"identity_checked_how", "how, like: passport shown at the desk", base::kPersonal, 1, 200},
    {"identity_checked_on", "the day of that check, like 2026-11-21"},
    {"address_owner", "whose the e-mail address is: own or proxy (power of attorney)"},
    {"address_confirmed", "states that the clinic has made sure that the address is that person's"},
    {"code_address", "which address gets codes, where the person has two", base::kPersonal, 3, 254},
    {"review_on", "the day to look at this again"})

struct ConfirmExemption {
    std::string patient;
    std::string identity_checked_by;
    std::string identity_checked_how;
    base::LocalDay identity_checked_on{};
    AddressOwner address_owner = AddressOwner::own;
    bool address_confirmed = false;
    bool new_password = false;
    std::optional<base::Email> code_address;
    std::optional<base::LocalDay> review_on;
};
BOOST_DESCRIBE_STRUCT(ConfirmExemption, (),
                      (patient, identity_checked_by, identity_checked_how, identity_checked_on,
                       address_owner, address_confirmed, new_password, code_address, review_on))
PORTAL_HELP(
    ConfirmExemption,
    {"patient", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254},
    {"identity_checked_by", "who at the clinic checked the person's identity", base::kPersonal, 1,
     100},
    {"identity_checked_how", "how, like: passport shown at the desk", base::kPersonal, 1, 200},
    {"identity_checked_on", "the day of that check, like 2026-11-21"},
    {"address_owner", "whose the e-mail address is: own or proxy (power of attorney)"},
    {"address_confirmed", "states that the clinic has made sure that the address is that person's"},
    {"new_password", "mail a link for a new password to that address too"},
    {"code_address", "which address gets codes, where the person has two", base::kPersonal, 3, 254},
    {"review_on", "the day to look at this again; none when absent"})

struct EndExemption {
    std::string patient;
    ExemptionEnd reason = ExemptionEnd::other;
};
BOOST_DESCRIBE_STRUCT(EndExemption, (), (patient, reason))
PORTAL_HELP(EndExemption,
            {"patient", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254},
            {"reason", "why it ends: has-eid, left, mistake or other"})

struct ShowExemption {
    std::string patient;
};
BOOST_DESCRIBE_STRUCT(ShowExemption, (), (patient))
PORTAL_HELP(ShowExemption,
            {"patient", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254})

struct ListExemptions {
    bool due = false;
};
BOOST_DESCRIBE_STRUCT(ListExemptions, (), (due))
PORTAL_HELP(ListExemptions,
            {"due", "only those that wait for the clinic: suspended, or past their review day"})

struct ExemptionView {
    base::Uuid patient;
    std::string name;
    ExemptionState state = ExemptionState::none;
    std::string code_address;
    std::optional<AddressOwner> address_owner;
    std::vector<std::string> addresses;
    std::string reason;
    std::string identity_checked_by;
    std::string identity_checked_how;
    std::optional<base::LocalDay> identity_checked_on;
    std::optional<base::LocalDay> review_on;
    std::optional<base::Instant> created_at;
    std::optional<base::Instant> ended_at;
    std::string sent_to;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ExemptionView, (),
                      (patient, name, state, code_address, address_owner, addresses, reason,
                       identity_checked_by, identity_checked_how, identity_checked_on, review_on,
                       created_at, ended_at, sent_to, version))
PORTAL_HELP(ExemptionView, {"patient", "the patient's id"}, {"name", "name", base::kPersonal},
            {"state", "none, active, suspended or ended"},
            {"code_address", "where codes go, or would go", base::kPersonal},
            {"address_owner", "whose that address is", base::kWide},
            {"addresses", "the addresses that code_address can be", base::kPersonal | base::kWide},
            {"reason", "why this person can have no eID", base::kPersonal},
            {"identity_checked_by", "who checked the identity", base::kPersonal},
            {"identity_checked_how", "how", base::kPersonal | base::kWide},
            {"identity_checked_on", "when", base::kWide}, {"review_on", "when to look again"},
            {"created_at", "since when", base::kWide}, {"ended_at", "until when", base::kWide},
            {"sent_to", "where the link for a password went, masked", base::kWide},
            {"version", "row version", base::kWide})

struct ExemptionList {
    std::vector<ExemptionView> items;
};
BOOST_DESCRIBE_STRUCT(ExemptionList, (), (items))
PORTAL_HELP(ExemptionList, {"items", "the exemptions that have not ended"})

}  // namespace portal::domain
