// Messages that go out. Source: L20.
#pragma once

#include "api/operation.hpp"
#include "domain/operation.hpp"

namespace portal::api {

inline constexpr Operation<domain::ListOutbox, domain::OutboxList> kOutboxList{
    "outbox.list",
    "GET",
    "/v1/tenants/{tenant}/outbox",
    Access::read,
    "outbox",
    "List messages and what became of them",
    "-T solna\n"
    "-T solna --booking 8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11"};

}  // namespace portal::api
