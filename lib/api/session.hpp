// Sessions of a clinic's people. Source: ASVS 7.4.5.
#pragma once

#include "api/operation.hpp"
#include "domain/session.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListSessions, domain::SessionList> kSessionList{
    "session.list",
    "POST",
    "/v1/tenants/{tenant}/sessions/list",
    Access::read,
    "session",
    "List who is logged in, and from which device",
    "-T solna\n"
    "-T solna bo@example.org"};

inline constexpr Operation<domain::EndSessions, domain::EndedSessions> kSessionEnd{
    "session.end",
    "POST",
    "/v1/tenants/{tenant}/sessions/end",
    Access::write,
    "session",
    "Log somebody out: one session, one person or everybody of the clinic",
    "-T solna --person bo@example.org\n"
    "-T solna --all"};

}  // namespace portal::api
