// Path, query and body into an argument record. Pure.
#pragma once

#include "api/operation.hpp"
#include "daemon/http/router.hpp"

namespace portal::admin {

/// Unknown, doubled and missing fields are invalid, each by its name; GET has a query and no body,
/// POST a body and no query. A path field never comes from elsewhere.
base::Status read_arguments(const api::OperationRow& row, const http::Request& request,
                            const http::PathParameters& path, void* record);

/// The result's JSON; what has no `version` of its own gets "version": 1, the form's.
std::string write_result(const base::TypeInfo& type, const void* result);

}  // namespace portal::admin
