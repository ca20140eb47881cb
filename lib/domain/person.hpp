// Patients of a tenant, and their login. Source: K20 (fields), R12, C15, D1.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/exemption.hpp"
#include "domain/password_link.hpp"
#include "domain/staff.hpp"

namespace portal::domain {

struct CreatePatient {
    std::string first_name;
    std::string last_name;
    std::optional<base::Email> email;
    std::optional<base::Phone> mobile;
    std::optional<base::NationalId> national_id;
    std::optional<Language> language;
    std::optional<std::string> login_name;
    bool protected_identity = false;
    bool no_eid = false;  // the fields that follow go with it (P12)
    std::optional<std::string> reason;
    std::optional<std::string> identity_checked_by;
    std::optional<std::string> identity_checked_how;
    std::optional<base::LocalDay> identity_checked_on;
    std::optional<AddressOwner> address_owner;
    bool address_confirmed = false;
    std::optional<base::LocalDay> review_on;
    bool invite = false;
    std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(CreatePatient, (),
                      (first_name, last_name, email, mobile, national_id, language, login_name,
                       protected_identity, no_eid, reason, identity_checked_by,
                       identity_checked_how, identity_checked_on, address_owner, address_confirmed,
                       review_on, invite, key))
PORTAL_HELP(CreatePatient, {"first_name", "first name", base::kPersonal, 1, 60},
            {"last_name", "last name", base::kPersonal, 1, 60},
            {"email", "e-mail address", base::kPersonal, 3, 254},
            {"mobile", "mobile number", base::kPersonal, 1, 30},
            {"national_id", "personal number of the clinic's country",
             base::kPersonal | base::kFromFile, 1, 30},
            {"language", "language of pages and messages; the clinic's when absent"},
            {"login_name", "what the patient may type to log in, where the policy says so",
             base::kPersonal, 3, 60},
            {"protected_identity", "the patient's identity is protected by law"},
            {"no_eid", "exempt from eID at once, as by exemption create; needs the five below"},
            {"reason", "with no_eid: why this person can have none", base::kPersonal, 1, 200},
            {"identity_checked_by", "with no_eid: who checked the person's identity",
             base::kPersonal, 1, 100},
            {"identity_checked_how", "with no_eid: how", base::kPersonal, 1, 200},
            {"identity_checked_on", "with no_eid: the day of that check"},
            {"address_owner", "with no_eid: whose the e-mail address is, own or proxy"},
            {"address_confirmed",
             "with no_eid: states that the address has been checked to be that person's"},
            {"review_on", "with no_eid: the day to look at it again"},
            {"invite", "mail where and how to log in; needs an e-mail address"},
            {"key", "idempotency key: the same key adds once", 0, 1, 80})

PORTAL_NO_FIELDS(ListPatients)

struct ShowPatient {
    std::string patient;
};
BOOST_DESCRIBE_STRUCT(ShowPatient, (), (patient))
PORTAL_HELP(ShowPatient,
            {"patient", "id or e-mail address", base::kPersonal | base::kPositional, 1, 254})

struct PatientView {
    base::Uuid id;
    std::string name;
    std::string email;
    std::string mobile;
    std::string national_id;
    bool password = false;
    base::Instant created_at{};
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(PatientView, (),
                      (id, name, email, mobile, national_id, password, created_at, version))
PORTAL_HELP(PatientView, {"id", "id"}, {"name", "name", base::kPersonal},
            {"email", "e-mail address", base::kPersonal},
            {"mobile", "mobile number", base::kPersonal},
            {"national_id", "personal number, its last digits hidden",
             base::kPersonal | base::kWide},
            {"password", "whether a password is set here"},
            {"created_at", "when the patient was added", base::kWide},
            {"version", "row version", base::kWide})

struct PatientList {
    std::vector<PatientView> items;
};
BOOST_DESCRIBE_STRUCT(PatientList, (), (items))
PORTAL_HELP(PatientList, {"items", "the patients"})

}  // namespace portal::domain
