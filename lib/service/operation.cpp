#include "service/operation.hpp"

#include "domain/booking_state.hpp"
#include "service/authorize.hpp"
#include "service/device.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "store/account_budget.hpp"
#include "store/audit.hpp"
#include "store/bankid.hpp"
#include "store/booking.hpp"
#include "store/device.hpp"
#include "store/draft.hpp"
#include "store/login.hpp"
#include "store/migrations/migration.hpp"
#include "store/oidc.hpp"
#include "store/registration.hpp"
#include "store/reminder.hpp"
#include "store/sms_quota.hpp"

namespace portal::service {
namespace {

using namespace domain;

enum class Settled { queued, not_sent, elsewhere };

/// Settles one due reminder: the row's change from pending is what makes it happen once (D3).
base::Result<Settled> settle(store::Tx& tx, const Session& session, const store::DueReminder& due) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(booking, store::find_booking(tx, tenant, due.booking));
    std::string_view reason;
    if (!session.tenant().has(Module::booking))
        reason = "module-off";
    else if (!booking || booking->state != BookingState::confirmed)
        reason = "not-confirmed";
    else if (booking->schedule != due.schedule)
        reason = "moved";
    else if (session.now() >= booking->starts)
        reason = "expired";
    PORTAL_TRY(ours, store::settle_reminder(tx, tenant, due.id,
                                            reason.empty() ? "queued" : "not-sent", reason));
    if (!ours) return Settled::elsewhere;
    if (!booking) return Settled::not_sent;
    const auto cause = std::to_string(booking->id.value) + ":" + std::to_string(due.lead_ms) +
                       ":v" + std::to_string(due.schedule);
    PORTAL_TRY(staff, store::find_staff(tx, tenant, booking->staff));
    PORTAL_TRY(type, store::find_visit_type(tx, tenant, booking->visit_type));
    PORTAL_TRY(patient, store::find_membership(tx, tenant, booking->patient));
    if (!staff || !type || !patient) return Settled::not_sent;
    if (!reason.empty()) {
        store::NewMessage row;
        row.id = base::make_uuid(session.services().random);
        row.kind = "booking-reminder";
        row.channel = "sms";
        row.dedupe = row.kind + ":sms:" + cause;
        row.booking = booking->id;
        row.membership = patient->id;
        row.schedule = due.schedule;
        row.language = text::format_language(to_text(patient->language));
        row.created_at = row.send_at = row.expires_at = session.now();
        PORTAL_TRY(recorded, store::record_not_sent(tx, tenant, row, reason));
        return Settled::not_sent;
    }
    // By SMS where the clinic and the patient have it, else by e-mail: one reminder, one channel.
    const bool by_sms = session.tenant().has(Module::sms) && !patient->mobile.empty() &&
                        session.services().options.sms;
    BookingNews news;
    news.kind = text::MessageKind::booking_reminder;
    news.channels = by_sms ? Channels::sms : Channels::mail;
    news.booking = &*booking;
    news.staff = &*staff;
    news.type = &*type;
    news.patient = &*patient;
    news.cause = cause;
    PORTAL_TRYV(queue_booking_news(tx, session, news));
    return Settled::queued;
}

base::Result<Settled> settle_one(const Services& services, const Principal& who,
                                 const store::DueReminder& due) {
    PORTAL_TRY(tenant, services.store.read(due.tenant, [&](store::Tx& tx) {
        return store::find_tenant(tx, due.tenant);
    }));
    if (!tenant) return Settled::elsewhere;
    const Session session{services, who, tenant, to_text(tenant->language)};
    return services.store.write(due.tenant,
                                [&](store::Tx& tx) { return settle(tx, session, due); });
}

/// Everything that is due, however much; one that fails stays due and holds nobody up.
base::Result<ReminderReport> settle_due(const Services& services, const Principal& who) {
    ReminderReport report;
    store::DueReminder last;
    for (bool more = true; more;) {
        PORTAL_TRY(due, services.store.system_read([&](store::Tx& tx) {
            return store::list_due_reminders(tx, services.clock.now(), last);
        }));
        for (const auto& each : due) {
            const auto settled = settle_one(services, who, each);
            if (!settled) ++report.failed;
            if (settled && *settled == Settled::queued) ++report.queued;
            if (settled && *settled == Settled::not_sent) ++report.not_sent;
        }
        more = !due.empty();
        if (more) last = due.back();
    }
    if (report.queued > 0) services.wake_outbox();
    return report;
}

}  // namespace

base::Result<ReminderReport> send_reminders(Session& session, const SendReminders&) {
    PORTAL_TRYV(authorize(session, Action::reminder_send));
    return settle_due(session.services(), session.who());
}

base::Result<std::optional<base::Instant>> run_reminders(const Services& services) {
    Principal job;
    job.kind = Principal::job;
    PORTAL_TRY(report, settle_due(services, job));
    if (report.failed > 0)
        return base::make_error(base::ErrorCode::unavailable,
                                base::N_("{1} reminders could not be queued and stay due."),
                                {std::to_string(report.failed)});
    return services.store.system_read([](store::Tx& tx) { return store::next_reminder(tx); });
}

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

base::Result<std::string> veto_message(store::Tx& tx, base::TenantId tenant,
                                       const store::ClaimedMessage& message, base::Instant now) {
    if (!message.booking || message.kind != "booking-reminder") return std::string{};
    PORTAL_TRY(clinic, store::find_tenant(tx, tenant));
    if (!clinic || !clinic->has(Module::booking)) return std::string{"module-off"};
    PORTAL_TRY(booking, store::find_booking(tx, tenant, *message.booking));
    if (!booking || booking->state != BookingState::confirmed) return std::string{"not-confirmed"};
    if (booking->schedule != message.schedule) return std::string{"moved"};
    if (now >= booking->starts) return std::string{"expired"};
    return std::string{};
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
        return orders + logins + ways + devices + budgets + quotas + drafts + asked;
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
