// How long password hashes took in all, of this process; for metrics. Thread rule: any.
#pragma once

#include <chrono>

namespace portal::crypto {

std::chrono::nanoseconds time_in_hashes();

}  // namespace portal::crypto
