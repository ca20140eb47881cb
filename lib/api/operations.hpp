// Every admin operation. To add one: a typed constant in <noun>.hpp, its name in the rows of
// <noun>.cpp, its bind line in daemon/admin/bindings.cpp. Thread rule: constants.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/operation.hpp"

namespace portal::api {

/// All rows, noun after noun.
std::span<const OperationRow> all_operations();
/// The row named so ("booking.create"), or nullptr.
const OperationRow* find_operation(std::string_view name);
/// One word for people a noun: "booking" -> "visits that patients have booked".
std::string_view noun_help(std::string_view noun);
/// The names in braces in a path, in order: {"tenant", "id"}.
std::vector<std::string_view> path_parameters(std::string_view path);

}  // namespace portal::api
