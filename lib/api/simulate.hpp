// The time machine. Source: N12.
#pragma once

#include "api/operation.hpp"
#include "domain/simulation.hpp"

namespace portal::api {

inline constexpr Operation<domain::Simulate, domain::Simulation> kSimulate{
    "simulate",
    "POST",
    "/v1/tenants/{tenant}/simulate",
    Access::read,
    "simulate",
    "List what the clock alone would do: rooms that open, reminders, visits that lapse, what "
    "expires; nothing is kept and nothing is sent",
    "-T solna --at 2027-03-28T08:00:00Z\n"
    "-T solna --from 2027-10-30T22:00:00Z --to 2027-10-31T23:00:00Z\n"
    "-T solna --to 2027-04-01T00:00:00Z -o json"};

}  // namespace portal::api
