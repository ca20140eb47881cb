// What every act on a visit shares: load and authorise, decide, then save, remind, tell and audit
// in one transaction. Called by the use cases of booking, invite, room and waiting list. Thread
// rule: those with a Tx inside a write transaction; act_on opens its own. Source: K28, C13, C17,
// C21, C26-C30, D3, L13, L14.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>

#include "domain/booking.hpp"
#include "service/authorize.hpp"
#include "service/session.hpp"
#include "store/booking.hpp"
#include "store/visit.hpp"
#include "text/message.hpp"

namespace portal::service {

/// A booking with the people and the type that belong to it.
struct BookedVisit {
    store::Booking booking;
    store::Staff staff;
    store::VisitType type;
    store::Membership patient;  // or the colleague of an internal visit (C20)
};
domain::BookingView view_of(const BookedVisit& visit);
/// Whose act this is: a colleague acts on an internal visit as its patient.
domain::BookingActor actor_on(const Session& session, const BookedVisit& visit);
domain::BookingRules rules_of(const Session& session, const store::Booking& booking);
domain::BookingMoment moment_of(const store::Booking& booking, base::Instant now);

/// Loads what `action` is about, if it may be seen, for a look; also in a read transaction.
base::Result<BookedVisit> look_at(store::Tx& tx, const Session& session, Action action,
                                  const base::Uuid& id);
/// The same, locked, for a change.
base::Result<BookedVisit> load_for(store::Tx& tx, const Session& session, Action action,
                                   const base::Uuid& id);
/// The people and the type of a booking; not_found when one is gone.
base::Result<BookedVisit> load_visit(store::Tx& tx, const Session& session, store::Booking booking);

/// What a key stands for: the act and everything it was asked with.
std::string key_act(std::string_view act, std::initializer_list<std::string_view> asked);
/// Two people's keys never meet: the key is of whoever sent it.
std::optional<base::Bytes> key_of(const Session& session, const std::optional<std::string>& key);

struct BookingKey {
    std::optional<base::Bytes> key;  // key_of; none: nothing is claimed
    std::string act;                 // key_act
    base::Uuid booking;
};
/// What the key's first act made or changed; none: this is the first, or there is no key.
base::Result<std::optional<domain::BookingView>> find_claimed(store::Tx& tx, const Session& session,
                                                              const BookingKey& claim);

struct NewVisit {
    base::Uuid public_id;  // and `uid`: made before the transaction, which may run twice
    base::Uuid uid;
    store::Staff staff;
    store::VisitType type;
    store::Membership patient;
    base::Instant starts{};
    domain::BookingOrigin origin = domain::BookingOrigin::patient;
    domain::BookingActor actor = domain::BookingActor::patient;
    bool at_once = false;   // Book now: confirmed, and may start this minute (C17)
    bool any_time = false;  // staff choose; patients take one of the free times
    bool overlaps = false;  // on purpose (L14), with a reason for the audit
    std::string reason{};
    base::Bytes message_sealed{};
};
/// Refuses, or saves the booking with its seat, reminders, messages and audit row. A Book now
/// (`at_once`) is confirmed and may start this minute. conflict at "starts" or "staff".
base::Result<BookedVisit> book_visit(store::Tx& tx, const Session& session, const NewVisit& wanted);

/// For a visit of a group: a seat at its time, whose end may be the group's own. conflict: full.
base::Status take_seat(store::Tx& tx, const Session& session, BookedVisit& visit);

struct BookingNewsOf {
    text::MessageKind kind;
    std::optional<base::Instant> old_starts{};
    std::string_view no_sms{};  // why there is none
};
/// Tells the patient by mail and SMS (C26-C28); of what he did himself by mail alone, with a row
/// that says why no SMS goes out (C30).
base::Status queue_news(store::Tx& tx, const Session& session, const BookedVisit& visit,
                        const BookingNewsOf& news);
/// Reminders of a visit that has just become certain, or of its new time (D3); the nudge of one
/// that waits for its patient (N3).
base::Status schedule_reminders(store::Tx& tx, const Session& session,
                                const store::Booking& booking);
/// Reminders that are not sent yet: those that wait for their time and those on their way out.
base::Status withdraw_reminders(store::Tx& tx, const Session& session,
                                const store::Booking& booking, std::string_view reason);
/// Saves with the version that was loaded and raises it, `changed_at` and the calendar's sequence.
base::Status save_change(store::Tx& tx, const Session& session, store::Booking& booking);

struct ActOn {
    Action action;
    domain::BookingStep step;
    std::string_view name;
    const base::Uuid& booking;
    const std::optional<std::int64_t>& version;
    const std::optional<std::string>& key;
    std::string asked{};  // what else the act was asked with
};
using VisitChange =
    std::function<base::Status(store::Tx&, BookedVisit&, const domain::BookingDecision&)>;
/// The shape that confirm, move, cancel and settle share. A repeated key answers what the first one
/// did.
base::Result<domain::BookingView> act_on(Session& session, const ActOn& act,
                                         const VisitChange& change);

}  // namespace portal::service
