// Sessions of people at a clinic, as its administrator sees and ends them, and the budget of a
// login. Source: ASVS 7.4.5, 7.5.2; L6, N2.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "domain/login_policy.hpp"

namespace portal::domain {

struct ListSessions {
    std::optional<std::string> person;
};
BOOST_DESCRIBE_STRUCT(ListSessions, (), (person))
PORTAL_HELP(ListSessions, {"person", "only of this person: id, e-mail address or login name",
                           base::kPersonal | base::kPositional, 1, 254})

struct SessionView {
    base::Uuid id;
    base::Uuid person;
    Audience audience = Audience::patient;
    LoginMethod method = LoginMethod::password;
    std::string device;
    base::Instant created_at{};
    base::Instant seen_at{};
    base::Instant expires_at{};
};
BOOST_DESCRIBE_STRUCT(SessionView, (),
                      (id, person, audience, method, device, created_at, seen_at, expires_at))
PORTAL_HELP(SessionView, {"id", "id of the session, which opens nothing"},
            {"person", "id of the person"}, {"audience", "patient, relative or staff"},
            {"method", "how the person logged in"}, {"device", "browser and system, as they say"},
            {"created_at", "when the person logged in"}, {"seen_at", "when it was last used"},
            {"expires_at", "when it ends at the latest", base::kWide})

struct SessionList {
    std::vector<SessionView> items;
};
BOOST_DESCRIBE_STRUCT(SessionList, (), (items))
PORTAL_HELP(SessionList, {"items", "the sessions that are open"})

struct EndSessions {
    std::optional<base::Uuid> session;
    std::optional<std::string> person;
    bool all = false;
};
BOOST_DESCRIBE_STRUCT(EndSessions, (), (session, person, all))
PORTAL_HELP(EndSessions, {"session", "id of one session", base::kPositional},
            {"person", "every session of this person: id, e-mail address or login name",
             base::kPersonal, 1, 254},
            {"all", "every session of the clinic"})

struct EndedSessions {
    std::int64_t ended = 0;
};
BOOST_DESCRIBE_STRUCT(EndedSessions, (), (ended))
PORTAL_HELP(EndedSessions, {"ended", "how many were open and are so no more"})

struct UnlockLogin {
    std::string person;
};
BOOST_DESCRIBE_STRUCT(UnlockLogin, (), (person))
PORTAL_HELP(UnlockLogin, {"person", "id, e-mail address or login name",
                          base::kPersonal | base::kPositional, 1, 254})

struct UnlockedLogin {
    base::Uuid person;
    std::optional<base::Instant> was_throttled_until;
};
BOOST_DESCRIBE_STRUCT(UnlockedLogin, (), (person, was_throttled_until))
PORTAL_HELP(UnlockedLogin, {"person", "id of the person"},
            {"was_throttled_until",
             "until when passwords from unknown devices would have been refused"})

}  // namespace portal::domain
