// An admin operation as data: who may call it, where it lies, what goes in and comes out. The
// router, the client, the command tree, completion, manual pages and the authorization matrix are
// made from these rows. Thread rule: constants.
//
//   inline constexpr Operation<domain::CreateBooking, domain::BookingView> kBookingCreate{
//       "booking.create", "POST", "/v1/tenants/{tenant}/bookings", Access::write, "booking",
//       "Book a visit for a patient", "--staff anna --patient 8c... --at 2026-11-23T08:00:00Z"};
//
// Source: docs/architecture.md, "One row an operation".
#pragma once

#include <memory>
#include <string_view>

#include "base/record.hpp"

namespace portal::api {

/// What a caller must be allowed: admin.allow and tokens speak of these.
enum class Access { read, write };
constexpr std::string_view format_access(Access access) {
    return access == Access::read ? "read" : "write";
}

/// One operation. `name` is "noun.verb"; in `path` {tenant} is the clinic's slug (then the
/// operation is one clinic's, and the command line takes -T) and every other {x} a field of
/// `Args`. GET takes the other fields from the query, POST from a JSON body.
template <class Args, class Out>
struct Operation {
    using Arguments = Args;
    using Output = Out;
    std::string_view name;
    std::string_view method;
    std::string_view path;
    Access access;
    std::string_view scope;    // the word that a token's list of rights holds
    std::string_view help;     // one sentence without a full stop
    std::string_view example;  // what follows `portalctl noun verb` in manuals; one a line
};

/// The same without its types.
struct OperationRow {
    std::string_view name;
    std::string_view method;
    std::string_view path;
    Access access;
    std::string_view scope;
    std::string_view help;
    std::string_view example;
    const base::TypeInfo& (*arguments)();
    const base::TypeInfo& (*result)();
    std::shared_ptr<void> (*make_arguments)();  // as the struct initialises itself
    std::shared_ptr<void> (*make_result)();

    [[nodiscard]] constexpr std::string_view noun() const { return name.substr(0, name.find('.')); }
    /// Empty for an operation that stands alone, as `status`.
    [[nodiscard]] constexpr std::string_view verb() const {
        const auto dot = name.find('.');
        return dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
    }
    [[nodiscard]] constexpr bool is_tenant_scoped() const {
        return path.find("{tenant}") != std::string_view::npos;
    }
};

template <class Args, class Out>
constexpr OperationRow make_row(const Operation<Args, Out>& operation) {
    return {operation.name,
            operation.method,
            operation.path,
            operation.access,
            operation.scope,
            operation.help,
            operation.example,
            &base::type_of<Args>,
            &base::type_of<Out>,
            []() -> std::shared_ptr<void> { return std::make_shared<Args>(); },
            []() -> std::shared_ptr<void> { return std::make_shared<Out>(); }};
}

}  // namespace portal::api
