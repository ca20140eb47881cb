// The pages: tenant by host, session by cookie, forms with their proof of origin, and the routes.
// Called by daemon/main, which puts `handle` behind a listener.
// Thread rule: create at start; handle and lane from any thread.
// Source: K1, K4, K5, K25, K26, X1, D12, L8, L28; docs/architecture.md "The path of one act".
#pragma once

#include <memory>

#include "daemon/http/message.hpp"
#include "daemon/http/router.hpp"
#include "daemon/http/security.hpp"
#include "service/session.hpp"

namespace portal::web {

class Web {
  public:
    /// The error names the template that does not fit its view.
    static base::Result<std::unique_ptr<Web>> create(const service::Services& services,
                                                     const http::SecurityOptions& security = {});
    ~Web();
    Web(const Web&) = delete;
    Web& operator=(const Web&) = delete;

    /// Answers everything: an unknown host is 421 before anything else, errors are pages.
    [[nodiscard]] http::Response handle(const http::Request& request) const;
    [[nodiscard]] http::Lane lane(const http::Request& request) const;
    /// For generated tests and metrics.
    [[nodiscard]] const http::Router& router() const;

    struct Parts;

  private:
    explicit Web(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace portal::web
