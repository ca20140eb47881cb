// Waiting for a time that is freed: who waits, and what is offered. Source: L31, D15.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/visit_type.hpp"

namespace portal::domain {

enum class WaitlistState { waiting, booked, left };
BOOST_DESCRIBE_ENUM(WaitlistState, waiting, booked, left)
/// lost: another was faster. declined: the patient left the list. expired: nobody answered in time.
enum class OfferState { open, taken, lost, declined, expired };
BOOST_DESCRIBE_ENUM(OfferState, open, taken, lost, declined, expired)

struct JoinWaitlist {
    std::string patient;
    std::string visit_type;
    std::optional<std::string> staff;
};
BOOST_DESCRIBE_STRUCT(JoinWaitlist, (), (patient, visit_type, staff))
PORTAL_HELP(JoinWaitlist,
            {"patient", "id or e-mail address of the patient", base::kPersonal, 1, 254},
            {"visit_type", "id or title of the visit type", 0, 1, 80},
            {"staff", "id or e-mail address of the staff member; anybody when absent", 0, 1, 254})

struct LeaveWaitlist {
    base::Uuid entry;
};
BOOST_DESCRIBE_STRUCT(LeaveWaitlist, (), (entry))
PORTAL_HELP(LeaveWaitlist, {"entry", "id of the entry", base::kPositional})

struct ListWaitlist {
    std::optional<std::string> visit_type;
    std::optional<std::string> patient;
};
BOOST_DESCRIBE_STRUCT(ListWaitlist, (), (visit_type, patient))
PORTAL_HELP(ListWaitlist, {"visit_type", "id or title of a visit type", 0, 1, 80},
            {"patient", "id or e-mail address of a patient", base::kPersonal, 1, 254})

struct WaitlistEntryView {
    base::Uuid id;
    std::string patient;
    std::string visit_type;
    std::string staff;
    WaitlistState state = WaitlistState::waiting;
    base::Instant created_at{};
    base::Uuid patient_id;
    base::Uuid visit_type_id;
};
BOOST_DESCRIBE_STRUCT(WaitlistEntryView, (),
                      (id, patient, visit_type, staff, state, created_at, patient_id,
                       visit_type_id))
PORTAL_HELP(WaitlistEntryView, {"id", "id"}, {"patient", "who waits", base::kPersonal},
            {"visit_type", "for what"}, {"staff", "for whom; empty: anybody"},
            {"state", "waiting, booked or left"}, {"created_at", "since when"},
            {"patient_id", "id", base::kWide}, {"visit_type_id", "id", base::kWide})

struct WaitlistView {
    std::vector<WaitlistEntryView> items;
};
BOOST_DESCRIBE_STRUCT(WaitlistView, (), (items))
PORTAL_HELP(WaitlistView, {"items", "who waits, the longest first"})

struct WaitlistOfferView {
    base::Uuid id;
    base::Uuid entry;
    std::string patient;
    std::string visit_type;
    std::string staff;
    base::Instant starts{};
    base::Instant ends{};
    base::Instant until{};
    OfferState state = OfferState::open;
    VisitKind kind = VisitKind::physical;
};
BOOST_DESCRIBE_STRUCT(WaitlistOfferView, (),
                      (id, entry, patient, visit_type, staff, starts, ends, until, state, kind))
PORTAL_HELP(WaitlistOfferView, {"id", "id"}, {"entry", "id of the entry", base::kWide},
            {"patient", "who waits", base::kPersonal}, {"visit_type", "for what"},
            {"staff", "with whom"}, {"starts", "start of the freed time"},
            {"ends", "its end", base::kWide}, {"until", "how long it is held"},
            {"state", "open, taken, lost, declined or expired"},
            {"kind", "physical, phone, video or video-group", base::kWide})

struct WaitlistOffers {
    std::vector<WaitlistOfferView> items;
};
BOOST_DESCRIBE_STRUCT(WaitlistOffers, (), (items))
PORTAL_HELP(WaitlistOffers, {"items", "the offers, the newest first"})

}  // namespace portal::domain
