// Who may log in, how: one deciding function for the login page, `login why` and `policy explain`.
// Pure; thread rule: any. Source: K1-K3, K11, K12, P13-P21, G14, G15, X3, C1, C48, N2, D1.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/tenant.hpp"

namespace portal::domain {

struct AudiencePolicy {
    std::vector<LoginMethod> methods{LoginMethod::password};
    Assurance minimum = Assurance::password_code;
    bool eid_first = false;  // password and code only after one eID login here, or an exemption
};

/// What asks for assurance of its own (K8-K10, C33, C44).
enum class Feature { booking, communication, contact, video };
BOOST_DESCRIBE_ENUM(Feature, booking, communication, contact, video)

struct FeatureMinimum {
    Feature feature = Feature::booking;
    Assurance minimum = Assurance::password_code;
    bool operator==(const FeatureMinimum&) const = default;
};
using FeatureMinima = std::vector<FeatureMinimum>;
/// "video=eid"; invalid when it is not understood.
base::Result<FeatureMinimum> parse_feature_minimum(std::string_view text);
/// "video=eid booking=password"; what is not understood is left out.
FeatureMinima parse_feature_minima(std::string_view text);
std::string format_feature_minima(const FeatureMinima& minima);
/// `password_code` where the tenant says nothing.
Assurance minimum_of(const FeatureMinima& minima, Feature feature);

enum class ExemptionState { none, active, suspended, ended };
BOOST_DESCRIBE_ENUM(ExemptionState, none, active, suspended, ended)

/// What is known of the person; the same fields for everybody, so that asking costs the same.
struct PersonFacts {
    Audience audience = Audience::patient;
    bool blocked = false;
    bool awaiting_approval = false;
    bool self_made = false;  // own registration: the first login needs an eID (P6, P14)
    bool verified = false;   // an eID login here, or the identity check of an exemption (P20)
    bool has_password = false;
    bool has_email = false;
    bool has_mobile = false;
    bool has_national_id = false;
    bool has_eid_subject = false;  // known by a provider's own id
    ExemptionState exemption = ExemptionState::none;
};

/// What the clinic and the installation have.
struct ClinicFacts {
    bool client_login = false;
    AudiencePolicy policy;  // of the person's audience
    std::vector<Module> modules;
    LoginIdentifier identifier = LoginIdentifier::email;
    CodeChannel code = CodeChannel::email;
    bool sms_ready = false;                 // a provider for text messages
    std::vector<LoginMethod> configured{};  // eID methods that this installation can reach

    [[nodiscard]] bool has(Module module) const;
};

/// Why not; in the order in which they are asked.
enum class LoginReason {
    allowed,
    client_login_disabled,  // K1
    method_not_allowed,     // K2
    module_off,             // G14, X1
    not_configured,         // the installation has no such provider
    blocked,
    awaiting_approval,    // P5
    assurance_too_low,    // C1, C48, X3
    exemption_suspended,  // D2
    eid_first,            // P14, P19, P21
    no_national_id,       // K12
    no_password,
    no_mobile,  // K11
    no_email,
    no_sms_provider,
};
BOOST_DESCRIBE_ENUM(LoginReason, allowed, client_login_disabled, method_not_allowed, module_off,
                    not_configured, blocked, awaiting_approval, assurance_too_low,
                    exemption_suspended, eid_first, no_national_id, no_password, no_mobile,
                    no_email, no_sms_provider)

/// Of the clinic alone: what its login page offers.
LoginReason decide_method(const ClinicFacts& clinic, Audience audience, LoginMethod method);
/// Of this person at this clinic.
LoginReason decide_login(const ClinicFacts& clinic, const PersonFacts& person, LoginMethod method);

/// What a login by this method is worth.
Assurance assurance_of(LoginMethod method);
bool is_eid(LoginMethod method);
std::optional<Module> module_of(LoginMethod method);
/// Whether the code of this person goes by SMS.
bool code_by_sms(const ClinicFacts& clinic, const PersonFacts& person);

}  // namespace portal::domain
