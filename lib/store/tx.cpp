#include "store/tx.hpp"

#include <algorithm>

#include "store/connection.hpp"
#include "store/failure.hpp"

namespace portal::store {
namespace {

constexpr Statement kSavepoint{"tx.savepoint", "SAVEPOINT attempt"};
constexpr Statement kRollbackTo{"tx.rollback_to", "ROLLBACK TO SAVEPOINT attempt"};
constexpr Statement kRelease{"tx.release", "RELEASE SAVEPOINT attempt"};

constexpr const char* kBadText = base::N_("This text cannot be stored: it is not valid UTF-8.");

}  // namespace

base::Status check_text(const Statement& statement, std::span<const Value> values) {
    const auto bad = std::find_if(values.begin(), values.end(), [](const Value& value) {
        return value.type == Value::Type::text &&
               (!base::is_utf8(value.bytes) || value.bytes.find('\0') != std::string_view::npos);
    });
    if (bad == values.end()) return {};
    return base::make_error(base::ErrorCode::invalid, kBadText, {std::string{statement.name}});
}

Tx::Tx(Connection& connection, base::TenantId tenant, const Recorder* recorder)
    : connection_(connection), tenant_(tenant), recorder_(recorder) {}

base::Result<std::int64_t> Tx::execute(const Statement& statement, std::span<const Value> values,
                                       Visitor visit) {
    if (failure_) return *failure_;
    if (executing_) return broken(statement.name, "runs inside the mapping of another");
    if (statement.crosses_tenants && tenant_) {
        return broken(statement.name, "crosses tenants: use system_read or system_write");
    }
    ++statements_;
    executing_ = true;
    auto changed = [&]() -> base::Result<std::int64_t> {
        try {
            PORTAL_TRYV(check_text(statement, values));
            return connection_.execute(statement, values, visit);
        } catch (const ColumnError& wrong) {
            return broken(statement.name, wrong.what());
        }
    }();
    executing_ = false;
    if (!changed) {
        failure_ = changed.error();
    } else if (recorder_ != nullptr && *recorder_) {
        (*recorder_)(statement, values, *changed);
    }
    return changed;
}

base::Status Tx::open_savepoint() {
    PORTAL_TRY(changed, execute(kSavepoint, {}, {}));
    return {};
}

base::Status Tx::close_savepoint(bool keep) {
    const auto swallowed = keep ? failure_ : std::nullopt;
    if (!keep || failure_) {
        failure_.reset();
        PORTAL_TRY(undone, execute(kRollbackTo, {}, {}));
    }
    PORTAL_TRY(released, execute(kRelease, {}, {}));
    if (swallowed) return *swallowed;
    return {};
}

}  // namespace portal::store
