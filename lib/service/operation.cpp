#include "service/operation.hpp"

#include "service/authorize.hpp"
#include "service/device.hpp"
#include "store/account_budget.hpp"
#include "store/audit.hpp"
#include "store/bankid.hpp"
#include "store/booking.hpp"
#include "store/booking_link.hpp"
#include "store/device.hpp"
#include "store/draft.hpp"
#include "store/login.hpp"
#include "store/migrations/migration.hpp"
#include "store/oidc.hpp"
#include "store/outbox.hpp"
#include "store/registration.hpp"
#include "store/room.hpp"
#include "store/sms_quota.hpp"

namespace portal::service {

using namespace domain;

base::Result<OutboxList> list_outbox(Session& session, const ListOutbox& command) {
    PORTAL_TRYV(authorize(session, Action::outbox_list));
    const auto tenant = session.tenant().id;
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<OutboxList> {
        std::optional<base::BookingId> of;
        if (command.booking) {
            PORTAL_TRY(booking, store::find_booking(tx, tenant, *command.booking));
            if (!booking) return base::make_error(base::ErrorCode::not_found, {});
            of = booking->id;
        }
        PORTAL_TRY(items, store::list_outbox(tx, tenant, of, command.limit.value_or(100)));
        return OutboxList{items};
    });
}

base::Result<StatusView> show_status(Session& session, const ShowStatus&) {
    PORTAL_TRYV(authorize(session, Action::status_show));
    return session.services().store.system_read([&](store::Tx& tx) -> base::Result<StatusView> {
        StatusView view;
        view.version = PORTAL_VERSION;
        view.engine = session.services().options.engine;
        view.schema = store::all_migrations().back().version;
#ifdef PORTAL_TEST_HOOKS
        view.test_hooks = true;
#endif
        PORTAL_TRY(tenants, store::count_tenants(tx));
        view.tenants = tenants;
        PORTAL_TRY(counts, store::count_outbox(tx));
        for (const auto& count : counts) view.outbox_waiting += count.rows;
        return view;
    });
}

base::Result<std::int64_t> remove_stale(const Services& services) {
    const auto now = services.clock.now();
    const auto before = now - std::chrono::hours{48};
    // Whoever comes back late is still told what became of his login.
    const auto over = now - std::chrono::hours{1};
    return services.store.system_write([&](store::Tx& tx) -> base::Result<std::int64_t> {
        PORTAL_TRY(orders, store::remove_stale_eid_orders(tx, over));
        PORTAL_TRY(logins, store::remove_stale_logins(tx, before));
        PORTAL_TRY(ways, store::remove_stale_oidc_logins(tx, over));
        PORTAL_TRY(devices,
                   store::remove_stale_devices(tx, now - std::chrono::days{kDeviceDays + 1}));
        PORTAL_TRY(budgets, store::remove_stale_budgets(tx, before));
        PORTAL_TRY(quotas, store::remove_stale_sms_quotas(tx, before));
        PORTAL_TRY(drafts, store::remove_stale_drafts(tx, now));
        PORTAL_TRY(asked, store::remove_unproved_registrations(tx, before));
        PORTAL_TRY(rooms, store::remove_stale_room_entries(tx, before));
        PORTAL_TRY(links, store::remove_stale_booking_links(tx, now));
        return orders + logins + ways + devices + budgets + quotas + drafts + asked + rooms + links;
    });
}

void audit_refusal(const Services& services, std::string_view actor, std::string_view operation) {
    store::AuditEntry entry;
    entry.at = services.clock.now();
    entry.actor = actor;
    entry.act = "admin.refused";
    entry.object = operation;
    [[maybe_unused]] const auto written = services.store.system_write(
        [&](store::Tx& tx) { return store::insert_audit(tx, {}, entry); });
}

}  // namespace portal::service
