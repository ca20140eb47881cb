#include "service/simulate.hpp"

#include <algorithm>
#include <set>

#include "domain/room.hpp"
#include "service/authorize.hpp"
#include "service/room.hpp"
#include "service/schedule.hpp"
#include "store/booking.hpp"
#include "store/expiry.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::Instant;
using base::N_;

/// Stands still until it is set.
class StandingClock final : public base::Clock {
  public:
    StandingClock(const base::Clock& machine, Instant at) : machine_(machine), at_(at) {}
    [[nodiscard]] Instant now() const override { return at_; }
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const override {
        return machine_.steady();
    }
    void set(Instant at) { at_ = at; }

  private:
    const base::Clock& machine_;
    Instant at_;
};

struct Window {
    Instant now;
    Instant from;
    Instant to;
    bool at_once = false;  // one run at `to`
};

base::Error too_much() {
    return base::make_error(ErrorCode::too_large,
                            N_("More than {1} things would happen. Ask for a shorter time."),
                            {std::to_string(kSimulatedEvents)});
}

base::Result<Window> read_window(const Simulate& command, Instant now) {
    if (command.at && (command.from || command.to))
        return base::invalid("at", N_("Give either a moment, or a time from and to."));
    if (!command.at && !command.to)
        return base::invalid("to", N_("Say until when, or at which moment."));
    const Window window{now, command.from.value_or(now), command.at ? *command.at : *command.to,
                        command.at.has_value()};
    const char* end = command.at ? "at" : "to";
    if (window.from < now)
        return base::invalid("from", N_("This time has passed. The outbox and the audit tell what "
                                        "happened."));
    if (command.at && *command.at < now)
        return base::invalid("at", N_("This time has passed. Choose another."));
    if (window.to < window.from) return base::invalid(end, N_("The end must be after the start."));
    if (window.to - now > std::chrono::days{kSimulatedDays})
        return base::invalid(end, N_("This is more than {1} days ahead. Ask for a shorter time."),
                             {std::to_string(kSimulatedDays)});
    return window;
}

std::string channels_of(const std::optional<store::NewestMessage>& message) {
    if (!message) return {};
    return message->reason.empty() ? message->channel : message->channel + ": " + message->reason;
}

/// One simulation, inside its transaction.
class Simulator {
  public:
    Simulator(const Session& outer, const Window& window, const base::Zone& zone)
        : outer_(outer),
          window_(window),
          zone_(zone),
          clock_(outer.services().clock, window.now),
          services_{outer.services().store,
                    clock_,
                    outer.services().random,
                    outer.services().keys,
                    outer.services().hashes,
                    outer.services().catalogue,
                    outer.services().messages,
                    outer.services().options,
                    [] {},
                    outer.services().oidc,
                    outer.services().bankid},
          session_(services_, job(), outer.tenant(), outer.language()) {}

    base::Result<Simulation> run(store::Tx& tx) {
        PORTAL_TRYV(add_rooms(tx));
        PORTAL_TRYV(add_expiries(tx));
        PORTAL_TRY(moments, find_moments(tx));
        for (const auto at : moments) {
            clock_.set(at);
            PORTAL_TRYV(remind(tx, at));
            PORTAL_TRYV(settle(tx, at));
        }
        if (events_.size() > kSimulatedEvents) return too_much();
        std::stable_sort(events_.begin(), events_.end(),
                         [](const auto& a, const auto& b) { return a.at < b.at; });
        return Simulation{zone_.name(), std::move(events_)};
    }

  private:
    static Principal job() {
        Principal who;
        who.kind = Principal::job;
        return who;
    }
    [[nodiscard]] base::TenantId tenant() const { return outer_.tenant().id; }
    [[nodiscard]] store::ExpiryRange range() const {
        return {window_.from - base::Millis{1}, window_.to};
    }

    void tell(Instant at, SimulatedKind kind, std::optional<base::Uuid> booking,
              std::string detail) {
        if (at < window_.from) return;
        const auto shift = zone_.offset(at);
        const auto local = zone_.to_local(at);
        const auto day = std::chrono::floor<std::chrono::days>(local);
        const auto minutes = static_cast<int>((local - day).count());
        const auto away = static_cast<int>(std::chrono::abs(shift).count());
        events_.push_back({at,
                           base::format_day(base::LocalDay{day}) + " " +
                               base::format_minute(minutes) + (shift.count() < 0 ? " -" : " +") +
                               base::format_minute(away),
                           kind, booking, std::move(detail)});
    }

    base::Status add_rooms(store::Tx& tx) {
        const auto rules = room_rules(outer_.tenant());
        auto starts = range();
        starts.until += rules.opens_before;
        PORTAL_TRY(visits, store::list_room_visits(tx, tenant(), starts));
        for (const auto& visit : visits) {
            RoomMoment moment{visit.kind,   visit.state, visit.origin,
                              visit.starts, visit.ends,  window_.now};
            moment.now = room_opens(moment, rules);
            if (moment.now < window_.from || moment.now > window_.to) continue;
            const bool opens = decide_room(moment, {}, rules) == RoomState::open;
            tell(moment.now, opens ? SimulatedKind::room_opens : SimulatedKind::room_stays_closed,
                 visit.booking, opens ? "" : "not-confirmed");
        }
        return {};
    }

    base::Status add(base::Result<std::vector<store::Expiry>> found, SimulatedKind kind) {
        if (!found) return std::move(found).error();
        for (const auto& each : *found) tell(each.at, kind, each.booking, each.what);
        return {};
    }

    base::Status add_expiries(store::Tx& tx) {
        PORTAL_TRYV(add(store::list_message_expiries(tx, tenant(), range()),
                        SimulatedKind::message_expires));
        PORTAL_TRYV(add(store::list_booking_link_expiries(tx, tenant(), range()),
                        SimulatedKind::link_expires));
        PORTAL_TRYV(add(store::list_offer_ends(tx, tenant(), range()), SimulatedKind::offer_ends));
        PORTAL_TRY(links, store::list_link_expiries(tx, tenant(), range()));
        for (const auto& each : links) {
            const bool invites = each.what == "invite" || each.what == "letter";
            tell(each.at, invites ? SimulatedKind::invitation_expires : SimulatedKind::link_expires,
                 {}, each.what);
        }
        return {};
    }

    /// When something is due, in order; what is late already happens now.
    base::Result<std::set<Instant>> find_moments(store::Tx& tx) const {
        if (window_.at_once) return std::set<Instant>{window_.to};
        std::set<Instant> moments;
        const auto add_one = [&](Instant at) { moments.insert(std::max(at, window_.now)); };
        store::DueReminder last;
        for (bool more = true; more && moments.size() <= kSimulatedEvents;) {
            PORTAL_TRY(due, store::list_due_reminders(tx, tenant(), window_.to, last));
            for (const auto& each : due) add_one(each.due_at);
            more = !due.empty();
            if (more) last = due.back();
        }
        auto ask = due_visits_at(window_.to);
        for (bool more = true; more && moments.size() <= kSimulatedEvents;) {
            PORTAL_TRY(due, store::list_due_visits(tx, tenant(), ask));
            for (const auto& each : due)
                add_one(each.state == BookingState::unconfirmed ? each.ends
                                                                : each.ends + kFinishAfter);
            more = !due.empty();
            if (more) ask.after = due.back();
        }
        if (moments.size() > kSimulatedEvents) return too_much();
        return moments;
    }

    base::Status remind(store::Tx& tx, Instant at) {
        store::DueReminder last;
        for (bool more = true; more;) {
            PORTAL_TRY(due, store::list_due_reminders(tx, tenant(), at, last));
            for (const auto& each : due) PORTAL_TRYV(remind_one(tx, each));
            more = !due.empty();
            if (more) last = due.back();
        }
        return {};
    }

    base::Status remind_one(store::Tx& tx, const store::DueReminder& due) {
        PORTAL_TRYV(count());
        PORTAL_TRY(settled, settle_reminder_row(tx, session_, due));
        if (settled == Settled::elsewhere) return {};
        PORTAL_TRY(booking, store::find_booking(tx, tenant(), due.booking));
        PORTAL_TRY(message, store::find_newest_message(tx, tenant(), due.booking));
        const bool nudge = due.kind == "nudge";
        const bool sent = settled == Settled::queued && (!message || message->state == "queued");
        const auto kind = sent    ? (nudge ? SimulatedKind::nudge : SimulatedKind::reminder)
                          : nudge ? SimulatedKind::nudge_not_sent
                                  : SimulatedKind::reminder_not_sent;
        tell(clock_.now(), kind, booking ? std::optional{booking->public_id} : std::nullopt,
             channels_of(message));
        return {};
    }

    base::Status settle(store::Tx& tx, Instant at) {
        auto ask = due_visits_at(at);
        for (bool more = true; more;) {
            PORTAL_TRY(due, store::list_due_visits(tx, tenant(), ask));
            for (const auto& each : due) {
                PORTAL_TRYV(count());
                PORTAL_TRY(state, settle_due_visit(tx, session_, each));
                if (!state) continue;
                tell(clock_.now(),
                     *state == BookingState::lapsed ? SimulatedKind::visit_lapses
                                                    : SimulatedKind::visit_done,
                     each.public_id, "");
            }
            more = !due.empty();
            if (more) ask.after = due.back();
        }
        return {};
    }

    base::Status count() {
        if (++acts_ > kSimulatedEvents) return too_much();
        return {};
    }

    const Session& outer_;
    const Window& window_;
    const base::Zone& zone_;
    StandingClock clock_;
    Services services_;
    Session session_;
    std::vector<SimulatedEvent> events_;
    std::size_t acts_ = 0;
};

}  // namespace

base::Result<Simulation> simulate(Session& session, const Simulate& command) {
    PORTAL_TRYV(authorize(session, Action::simulate));
    PORTAL_TRY(window, read_window(command, session.now()));
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    std::optional<Simulation> told;
    // An error is what undoes a transaction, so one is answered even when all went well.
    const auto undone =
        session.services().store.write(session.tenant().id, [&](store::Tx& tx) -> base::Status {
            told.reset();
            PORTAL_TRY(simulation, Simulator(session, window, zone).run(tx));
            told = std::move(simulation);
            return base::make_error(ErrorCode::conflict, {});
        });
    if (told) return *std::move(told);
    return undone.error();
}

}  // namespace portal::service
