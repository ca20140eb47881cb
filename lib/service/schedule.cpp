#include "service/schedule.hpp"

#include <algorithm>
#include <array>

#include "service/authorize.hpp"
#include "service/booking_change.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "service/waitlist.hpp"
#include "store/group_visit.hpp"

namespace portal::service {
namespace {

using namespace domain;

constexpr std::string_view kNudge = "nudge";

struct Telling {
    const store::Tenant& tenant;
    const std::optional<store::Booking>& booking;
    bool nudge = false;
    std::int64_t schedule = 0;
    base::Instant now{};
};
/// Why nobody is reminded or nudged; empty when nothing stands against it.
std::string_view why_not(const Telling& it) {
    if (!it.tenant.has(Module::booking)) return "module-off";
    const bool waits = it.booking && it.booking->state == BookingState::unconfirmed &&
                       it.booking->awaits == Awaits::patient;
    if (it.nudge && !waits) return "not-waiting";
    if (!it.nudge && (!it.booking || it.booking->state != BookingState::confirmed))
        return "not-confirmed";
    if (it.booking->schedule != it.schedule) return "moved";
    return it.now >= it.booking->starts ? "expired" : "";
}

base::Status record_none(store::Tx& tx, const Session& session, const BookingNews& news,
                         std::string_view reason) {
    store::NewMessage row;
    row.id = base::make_uuid(session.services().random);
    row.kind = news.kind == text::MessageKind::booking_nudge ? "booking-nudge" : "booking-reminder";
    row.channel = "sms";
    row.dedupe = row.kind + ":sms:" + *news.cause;
    row.booking = news.booking->id;
    row.membership = news.patient->id;
    row.schedule = news.booking->schedule;
    row.language = text::format_language(to_text(news.patient->language));
    row.created_at = row.send_at = row.expires_at = session.now();
    PORTAL_TRY(recorded, store::record_not_sent(tx, session.tenant().id, row, reason));
    return {};
}

base::Result<std::optional<Session>> session_of(const Services& services, const Principal& who,
                                                base::TenantId id) {
    PORTAL_TRY(tenant,
               services.store.read(id, [&](store::Tx& tx) { return store::find_tenant(tx, id); }));
    if (!tenant) return std::optional<Session>{};
    const auto language = to_text(tenant->language);
    return std::optional<Session>{std::in_place, services, who, std::move(tenant), language};
}

void count(const base::Result<Settled>& settled, ReminderReport& report) {
    if (!settled) ++report.failed;
    if (settled && *settled == Settled::queued) ++report.queued;
    if (settled && *settled == Settled::not_sent) ++report.not_sent;
}

base::Result<Settled> settle_one(const Services& services, const Principal& who,
                                 const store::DueReminder& due) {
    PORTAL_TRY(session, session_of(services, who, due.tenant));
    if (!session) return Settled::elsewhere;
    return services.store.write(
        due.tenant, [&](store::Tx& tx) { return settle_reminder_row(tx, *session, due); });
}

/// Everything that is due, however much; one that fails stays due and holds nobody up.
base::Status settle_reminders(const Services& services, const Principal& who,
                              ReminderReport& report) {
    store::DueReminder last;
    for (bool more = true; more;) {
        PORTAL_TRY(due, services.store.system_read([&](store::Tx& tx) {
            return store::list_due_reminders(tx, services.clock.now(), last);
        }));
        for (const auto& each : due) count(settle_one(services, who, each), report);
        more = !due.empty();
        if (more) last = due.back();
    }
    return {};
}

base::Result<std::optional<BookingState>> settle_one(const Services& services, const Principal& who,
                                                     const store::DueVisit& due) {
    PORTAL_TRY(session, session_of(services, who, due.tenant));
    if (!session) return std::optional<BookingState>{};
    return services.store.write(due.tenant,
                                [&](store::Tx& tx) { return settle_due_visit(tx, *session, due); });
}

base::Status settle_visits(const Services& services, const Principal& who, ReminderReport& report) {
    auto ask = due_visits_at(services.clock.now());
    for (bool more = true; more;) {
        PORTAL_TRY(due, services.store.system_read(
                            [&](store::Tx& tx) { return store::list_due_visits(tx, ask); }));
        for (const auto& each : due) {
            const auto settled = settle_one(services, who, each);
            if (!settled) ++report.failed;
            if (settled && *settled == BookingState::lapsed) ++report.lapsed;
            if (settled && *settled == BookingState::done) ++report.done;
        }
        more = !due.empty();
        if (more) ask.after = due.back();
    }
    return {};
}

base::Result<ReminderReport> settle_due(const Services& services, const Principal& who) {
    ReminderReport report;
    PORTAL_TRYV(settle_reminders(services, who, report));
    PORTAL_TRYV(settle_visits(services, who, report));
    if (report.queued > 0) services.wake_outbox();
    return report;
}

/// What waited for its provider must not go after the news of a later change (L19).
bool tells_a_time(std::string_view kind) {
    constexpr std::array kKinds{"booking-booked", "booking-invited", "booking-requested",
                                "booking-confirmed", "booking-moved"};
    return std::ranges::find(kKinds, kind) != kKinds.end();
}

}  // namespace

base::Result<Settled> settle_reminder_row(store::Tx& tx, const Session& session,
                                          const store::DueReminder& due) {
    const auto tenant = session.tenant().id;
    const bool nudge = due.kind == kNudge;
    PORTAL_TRY(booking, store::find_booking(tx, tenant, due.booking));
    auto reason = why_not({session.tenant(), booking, nudge, due.schedule, session.now()});
    if (reason.empty()) {
        PORTAL_TRY(overtaken, store::is_overtaken(tx, due, session.now()));
        if (overtaken) reason = "overtaken";
    }
    PORTAL_TRY(ours, store::settle_reminder(tx, tenant, due.id,
                                            reason.empty() ? "queued" : "not-sent", reason));
    if (!ours) return Settled::elsewhere;
    if (!booking) return Settled::not_sent;
    PORTAL_TRY(visit, load_visit(tx, session, *booking));
    // By SMS where the clinic and the patient have it, else by e-mail: one message, one channel.
    const bool by_sms = session.tenant().has(Module::sms) && !visit.patient.mobile.empty() &&
                        session.services().options.sms;
    BookingNews news;
    news.kind = nudge ? text::MessageKind::booking_nudge : text::MessageKind::booking_reminder;
    news.channels = by_sms ? Channels::sms : Channels::mail;
    news.booking = &visit.booking;
    news.staff = &visit.staff;
    news.type = &visit.type;
    news.patient = &visit.patient;
    news.cause = std::to_string(booking->id.value) + ":" + std::to_string(due.lead_ms) + ":v" +
                 std::to_string(due.schedule);
    if (reason.empty()) {
        PORTAL_TRYV(queue_booking_news(tx, session, news));
        return Settled::queued;
    }
    PORTAL_TRYV(record_none(tx, session, news, reason));
    return Settled::not_sent;
}

store::DueVisitQuestion due_visits_at(base::Instant now) {
    return {now, now - kFinishAfter, {}};
}

base::Result<std::optional<BookingState>> settle_due_visit(store::Tx& tx, const Session& session,
                                                           const store::DueVisit& due) {
    const auto tenant = session.tenant().id;
    constexpr std::optional<BookingState> kNothing;
    PORTAL_TRY(found, store::lock_booking(tx, tenant, due.public_id));
    if (!found || found->state != due.state || found->ends != due.ends) return kNothing;
    auto& booking = *found;
    const bool lapses = booking.state == BookingState::unconfirmed;
    const auto decision =
        decide(moment_of(booking, session.now()), lapses ? BookingStep::lapse : BookingStep::finish,
               BookingActor::system, rules_of(session, booking));
    if (!decision) return kNothing;
    booking.state = decision->state;
    if (lapses && booking.group) PORTAL_TRYV(store::free_seat(tx, tenant, *booking.group));
    PORTAL_TRYV(save_change(tx, session, booking));
    PORTAL_TRYV(withdraw_reminders(tx, session, booking, lapses ? "lapsed" : "over"));
    PORTAL_TRYV(record_act(
        tx, session, {lapses ? "booking.lapse" : "booking.finish", "booking", booking.id.value}));
    return std::optional{booking.state};
}

base::Result<ReminderReport> send_reminders(Session& session, const SendReminders&) {
    PORTAL_TRYV(authorize(session, Action::reminder_send));
    PORTAL_TRYV(lapse_holds(session.services()));
    return settle_due(session.services(), session.who());
}

base::Result<std::optional<base::Instant>> run_schedule(const Services& services) {
    Principal job;
    job.kind = Principal::job;
    PORTAL_TRY(hold, lapse_holds(services));
    PORTAL_TRY(report, settle_due(services, job));
    if (report.failed > 0)
        return base::make_error(base::ErrorCode::unavailable,
                                base::N_("{1} reminders or visits could not be settled and stay "
                                         "due."),
                                {std::to_string(report.failed)});
    PORTAL_TRY(reminder,
               services.store.system_read([](store::Tx& tx) { return store::next_reminder(tx); }));
    if (!hold || !reminder) return hold ? hold : reminder;
    return std::optional{std::min(*hold, *reminder)};
}

base::Result<std::string> veto_message(store::Tx& tx, base::TenantId tenant,
                                       const store::ClaimedMessage& message, base::Instant now) {
    const bool nudge = message.kind == "booking-nudge";
    const bool news = tells_a_time(message.kind);
    if (!message.booking || (!news && !nudge && message.kind != "booking-reminder"))
        return std::string{};
    PORTAL_TRY(booking, store::find_booking(tx, tenant, *message.booking));
    if (news) {
        const bool holds =
            booking && is_active(booking->state) && booking->schedule == message.schedule;
        return std::string{holds ? "" : "outdated"};
    }
    PORTAL_TRY(clinic, store::find_tenant(tx, tenant));
    if (!clinic) return std::string{"module-off"};
    return std::string{why_not({*clinic, booking, nudge, message.schedule, now})};
}

}  // namespace portal::service
