// The room of a video visit: its gate and who waits in it. Its token is made of the login session
// and the room, so that a person is in it once, on the device that came last, and a repeated press
// changes nothing. Thread rule: any; one call, one transaction.
// Source: C12, C24, C32, C33, C40, C44, D9, K8.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/room.hpp"
#include "service/session.hpp"

namespace portal::service {

/// Seen within this time: there.
inline constexpr std::chrono::seconds kPresentFor{60};

struct RoomView {
    domain::BookingView visit;
    domain::RoomState state = domain::RoomState::no_room;
    base::Instant opens{};
    bool as_patient = false;     // whoever asks; a colleague of an internal visit too (C20)
    bool needs_consent = false;  // C44
    bool inside = false;         // with this login session
    bool elsewhere = false;      // with another one, which came later
    bool staff_there = false;
    std::vector<std::string> patients_there{};  // names
    base::Secret token{};                       // only inside: what the media part asks for
};

domain::RoomRules room_rules(const store::Tenant& tenant);

/// The room as it is now, and that whoever is inside is still there. not_found for others' visits;
/// forbidden where the login is worth less than video asks for (needed_assurance says what).
base::Result<RoomView> show_room(Session& session, const base::Uuid& booking);
/// Comes in; who was in on another device is out there. conflict: closed or full;
/// is_consent_missing.
base::Result<RoomView> enter_room(Session& session, const base::Uuid& booking);
/// Whoever is not inside has left already.
base::Status leave_room(Session& session, const base::Uuid& booking);
bool is_consent_missing(const base::Error& error);

/// The visit whose meeting every page of this person offers now; one read for patients and staff
/// of clinics with booking, none for others (C40).
base::Result<std::optional<domain::BookingView>> find_open_room(const Session& session);

}  // namespace portal::service
