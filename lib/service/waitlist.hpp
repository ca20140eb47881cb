// Waiting for a time: who waits, and what happens to a time that is freed. The first ten who wait
// are offered it while a hold keeps it from everybody else; the first answer wins, and when nobody
// answers the time is free for all. Off unless the clinic has switched it on (D15).
// Thread rule: any; those with a Tx inside a write transaction. Source: L31, D15.
#pragma once

#include "domain/booking.hpp"
#include "domain/waitlist.hpp"
#include "service/session.hpp"
#include "store/booking.hpp"

namespace portal::service {

/// A patient waits for himself, whatever `patient` says. conflict when he waits already.
base::Result<domain::WaitlistEntryView> join_waitlist(Session& session,
                                                      const domain::JoinWaitlist& command);
base::Result<domain::WaitlistEntryView> leave_waitlist(Session& session,
                                                       const domain::LeaveWaitlist& command);
/// A patient's own; staff and operators see the clinic's.
base::Result<domain::WaitlistView> list_waitlist(Session& session,
                                                 const domain::ListWaitlist& command);
base::Result<domain::WaitlistOffers> list_waitlist_offers(Session& session,
                                                          const domain::ListWaitlist& command);

/// One's own offer, as it stands.
base::Result<domain::WaitlistOfferView> show_offer(Session& session, const base::Uuid& offer);
/// conflict, with the reason, where the offer cannot be taken any more.
struct OfferMoment {
    domain::OfferState state = domain::OfferState::open;
    base::Instant until{};
};
base::Status require_open(const Session& session, const OfferMoment& offer);
/// Books the offered time, if nobody was faster: conflict with the reason otherwise. A second
/// answer of the same person is answered with the booking of the first.
base::Result<domain::BookingView> take_offer(Session& session, const base::Uuid& offer,
                                             const std::string& key);

/// A visit has left this time, in the transaction that is under way: holds the time and tells those
/// who wait. Nothing where the clinic has no waiting list, or nobody could book the time.
struct FreedTime {
    const store::Booking& booking;  // as it is now
    base::Instant starts{};         // what it left
};
base::Status offer_freed_time(store::Tx& tx, const Session& session, const FreedTime& freed);

/// Holds that have run out are taken away and their offers expire. Answers when the next one does.
base::Result<std::optional<base::Instant>> lapse_holds(const Services& services);

}  // namespace portal::service
