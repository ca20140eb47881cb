// The state of the daemon.
#pragma once

#include "api/operation.hpp"
#include "domain/operation.hpp"

namespace portal::api {

inline constexpr Operation<domain::ShowStatus, domain::StatusView> kStatus{"status",
                                                                           "GET",
                                                                           "/v1/status",
                                                                           Access::read,
                                                                           "status",
                                                                           "Show how the daemon is",
                                                                           "\n"
                                                                           "-o json"};

}  // namespace portal::api
