// The admin API as portalctl sees it: an operation and its record in, the daemon's JSON out.
// Thread rule: one thread. Source: docs/architecture.md section 4.
#pragma once

#include <optional>
#include <string>

#include "api/operation.hpp"
#include "base/clock.hpp"
#include "cli/unix_http.hpp"

namespace portal::cli {

class AdminApi {
  public:
    explicit AdminApi(std::string socket, base::Millis limit = base::Millis{60'000})
        : socket_(std::move(socket)), limit_(limit) {}

    /// The result's JSON; an error as the daemon said it, or unavailable, forbidden, timeout.
    [[nodiscard]] base::Result<std::string> call(const api::OperationRow& row,
                                                 const void* arguments,
                                                 const std::optional<std::string>& tenant) const;

    /// The same in two steps: between them the daemon works and the caller does something else.
    [[nodiscard]] base::Result<SentCall> send(const api::OperationRow& row, const void* arguments,
                                              const std::optional<std::string>& tenant) const;
    static base::Result<std::string> receive(SentCall& call);

  private:
    std::string socket_;
    base::Millis limit_;
};

/// What goes over the wire: path fields in the path, the others in the query (GET) or the body.
/// Fails when the operation is a clinic's and none is named.
base::Result<HttpCall> make_call(const api::OperationRow& row, const void* arguments,
                                 const std::optional<std::string>& tenant);

}  // namespace portal::cli
