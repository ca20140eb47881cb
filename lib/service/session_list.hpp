// Open sessions: a person's own, and those of a clinic for its administrator; and the time that
// one has left. Thread rule: any. Source: ASVS 7.4.5, 7.5.2, L12.
#pragma once

#include "domain/session.hpp"
#include "service/session.hpp"

namespace portal::service {

base::Result<domain::SessionList> list_sessions(Session& session,
                                                const domain::ListSessions& command);
/// invalid unless exactly one of its three is given; not_found for a session that is not open.
base::Result<domain::EndedSessions> end_sessions(Session& session,
                                                 const domain::EndSessions& command);
/// Fills every budget of the person's logins again; the next try counts from one.
base::Result<domain::UnlockedLogin> unlock_login(Session& session,
                                                 const domain::UnlockLogin& command);

struct OwnSession {
    domain::SessionView view;
    bool current = false;  // the one that asks
};
/// The asker's, the current one first.
base::Result<std::vector<OwnSession>> list_own_sessions(Session& session);
/// not_found when it is not an open one of the asker's.
base::Status end_own_session(Session& session, const base::Uuid& id);
/// All but the one that asks; answers how many.
base::Result<std::int64_t> end_other_sessions(Session& session);

/// How long the session goes on: when nothing is done, and whatever is done.
struct TimeLeft {
    std::chrono::seconds idle{};
    std::chrono::seconds most{};
    [[nodiscard]] std::chrono::seconds next() const { return std::min(idle, most); }
};
/// Of a session that has just been used: finding the principal does that.
TimeLeft time_left(const Session& session);

}  // namespace portal::service
