// Why somebody can or cannot log in, told to administrators. Source: N2, K1-K3, X3.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/login_policy.hpp"

namespace portal::domain {

PORTAL_NO_FIELDS(ExplainPolicy)

struct OfferView {
    Audience audience = Audience::patient;
    LoginMethod method = LoginMethod::password;
    bool offered = false;
    std::string reason;
    std::string why;
    std::string mend;
};
BOOST_DESCRIBE_STRUCT(OfferView, (), (audience, method, offered, reason, why, mend))
PORTAL_HELP(OfferView, {"audience", "patient, relative or staff"}, {"method", "the login method"},
            {"offered", "whether the login page offers it"}, {"reason", "allowed, or why not"},
            {"why", "the same as a sentence"}, {"mend", "the command that changes it"})

struct FeatureView {
    Feature feature = Feature::booking;
    Assurance minimum = Assurance::password_code;
    std::vector<LoginMethod> methods;
};
BOOST_DESCRIBE_STRUCT(FeatureView, (), (feature, minimum, methods))
PORTAL_HELP(FeatureView, {"feature", "booking, communication, contact or video"},
            {"minimum", "what a login must be worth to use it"},
            {"methods", "the methods by which a patient can reach it now"})

struct PolicyExplanation {
    std::vector<OfferView> items;
    std::vector<FeatureView> features;
    std::vector<std::string> warnings;
};
BOOST_DESCRIBE_STRUCT(PolicyExplanation, (), (items, features, warnings))
PORTAL_HELP(PolicyExplanation, {"items", "each audience and method"},
            {"features", "what each feature asks"}, {"warnings", "what will not work as it stands"})

struct WhyLogin {
    std::string person;
    std::optional<Audience> audience;
};
BOOST_DESCRIBE_STRUCT(WhyLogin, (), (person, audience))
PORTAL_HELP(WhyLogin,
            {"person", "id, e-mail address or login name", base::kPersonal | base::kPositional, 1,
             254},
            {"audience", "as what, where somebody is here twice: patient, relative or staff"})

struct WayView {
    LoginMethod method = LoginMethod::password;
    bool allowed = false;
    std::string reason;
    std::string why;
    std::string mend;
};
BOOST_DESCRIBE_STRUCT(WayView, (), (method, allowed, reason, why, mend))
PORTAL_HELP(WayView, {"method", "the login method"},
            {"allowed", "whether this person can log in so"}, {"reason", "allowed, or why not"},
            {"why", "the same as a sentence"}, {"mend", "the command that changes it"})

struct LoginExplanation {
    base::Uuid id;
    Audience audience = Audience::patient;
    bool can_log_in = false;
    std::vector<WayView> items;
    std::optional<base::Instant> throttled_until{};
};
BOOST_DESCRIBE_STRUCT(LoginExplanation, (), (id, audience, can_log_in, items, throttled_until))
PORTAL_HELP(LoginExplanation, {"id", "whose login this is"},
            {"audience", "patient, relative or staff"},
            {"can_log_in", "whether there is any way in"}, {"items", "each method"},
            {"throttled_until",
             "until when passwords from devices that the person is not known on are refused; "
             "login unlock ends it"})

}  // namespace portal::domain
