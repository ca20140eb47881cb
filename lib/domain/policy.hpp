// Who may log in at a tenant, and how. Source: K1-K3, K13, K14, K17, K31, P4-P7, C1, C48, X3, N2.
#pragma once

#include <string>
#include <vector>

#include "domain/login_policy.hpp"

namespace portal::domain {

/// `audience` chooses whose methods, assurance and eid_first are set; the rest is the clinic's.
struct SetPolicy {
    std::optional<Audience> audience;
    base::Patch<std::vector<LoginMethod>> methods;
    base::Patch<Assurance> assurance;
    base::Patch<bool> eid_first;
    base::Patch<bool> client_login;
    base::Patch<LoginIdentifier> identifier;
    base::Patch<CodeChannel> code;
    base::Patch<Registration> registration;
    base::Patch<bool> unknown_by_eid;
    base::Patch<std::string> welcome;
    base::Patch<std::vector<FeatureMinimum>> feature;
};
BOOST_DESCRIBE_STRUCT(SetPolicy, (),
                      (audience, methods, assurance, eid_first, client_login, identifier, code,
                       registration, unknown_by_eid, welcome, feature))
PORTAL_HELP(
    SetPolicy,
    {"audience",
     "whose methods, assurance and eid-first are meant: patient (default), relative or staff"},
    {"methods", "exactly these login methods: password, bankid, mitid, oidc; '' for none"},
    {"assurance", "what a login must be worth: password-code or eid"},
    {"eid_first", "whether password and code need one eID login here first, or an exemption"},
    {"client_login", "whether clients may log in here"},
    {"identifier",
     "what a client types at the password step: email, login-name or national-id (module "
     "cpr-password)"},
    {"code", "where the code goes: email or sms (module two-factor-sms)"},
    {"registration",
     "whether people may register themselves: none, approval (the clinic says yes to each) or "
     "open. "
     "Where they may, an unknown person's eID login registers him too, whatever unknown-by-eid "
     "says"},
    {"unknown_by_eid", "whether whoever comes by eID gets a profile here"},
    {"welcome", "message to new patients, at their first login; '' for none", base::kMultiline, 0,
     2000},
    {"feature",
     "exactly these minima, like video=eid booking=password-code; others: password-code"})

PORTAL_NO_FIELDS(ShowPolicy)

struct AudienceView {
    Audience audience = Audience::patient;
    std::vector<LoginMethod> methods;
    Assurance assurance = Assurance::password_code;
    bool eid_first = false;
};
BOOST_DESCRIBE_STRUCT(AudienceView, (), (audience, methods, assurance, eid_first))
PORTAL_HELP(AudienceView, {"audience", "patient, relative or staff"},
            {"methods", "the login methods that are allowed"},
            {"assurance", "what a login must be worth"},
            {"eid_first", "whether password and code need one eID login first"})

struct PolicyView {
    bool client_login = false;
    std::vector<AudienceView> audiences;
    LoginIdentifier identifier = LoginIdentifier::email;
    CodeChannel code = CodeChannel::email;
    Registration registration = Registration::none;
    bool unknown_by_eid = false;
    std::string welcome;
    std::vector<FeatureMinimum> feature;
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(PolicyView, (),
                      (client_login, audiences, identifier, code, registration, unknown_by_eid,
                       welcome, feature, warnings))
PORTAL_HELP(PolicyView, {"client_login", "whether clients may log in here"},
            {"audiences", "who may log in how"}, {"identifier", "what a client types"},
            {"code", "where the code goes"}, {"registration", "whether people register themselves"},
            {"unknown_by_eid", "whether whoever comes by eID gets a profile"},
            {"welcome", "message to new patients"}, {"feature", "what each feature asks"},
            {"warnings", "what will not work as it stands"})

}  // namespace portal::domain

template <>
struct portal::base::TextForm<portal::domain::FeatureMinimum> {
    static constexpr std::string_view name = "feature=assurance";
    static std::string format(const domain::FeatureMinimum& minimum) {
        return domain::format_feature_minima({minimum});
    }
    static Result<domain::FeatureMinimum> parse(std::string_view text) {
        return domain::parse_feature_minimum(text);
    }
};
