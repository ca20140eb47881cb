// Changing a visit type and taking it out of use. Source: C11-C13, K23.
#pragma once

#include "domain/visit_type.hpp"

namespace portal::domain {

/// What is booked already keeps its time, kind and seats (C13).
struct SetVisitType {
    std::string visit_type;
    base::Patch<std::string> title;
    base::Patch<int> duration_minutes;
    base::Patch<VisitKind> kind;
    base::Patch<int> capacity;
    base::Patch<int> step_minutes;
    base::Patch<int> lead_minutes;
    base::Patch<int> horizon_days;
    base::Patch<int> before_minutes;
    base::Patch<int> after_minutes;
    base::Patch<int> cancel_minutes;
    base::Patch<bool> approval;
    base::Patch<std::string> extra_mail;
    base::Patch<std::string> extra_sms;
    base::Patch<std::string> staff;
    base::Patch<bool> active;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(SetVisitType, (),
                      (visit_type, title, duration_minutes, kind, capacity, step_minutes,
                       lead_minutes, horizon_days, before_minutes, after_minutes, cancel_minutes,
                       approval, extra_mail, extra_sms, staff, active, version))
PORTAL_HELP(SetVisitType, {"visit_type", "id or title of the visit type", base::kPositional, 1, 80},
            {"title", "what patients read", 0, 1, 80},
            {"duration_minutes", "length in minutes; booked visits keep theirs", 0, 1, 240},
            {"kind", "physical, phone, video or video-group; booked visits keep theirs"},
            {"capacity", "of a video-group: how many patients, 2 to 50", 0, 0, 50},
            {"step_minutes", "minutes between possible starts; the length when 0", 0, 0, 240},
            {"lead_minutes", "how late one may book, in minutes before the start", 0, 0, 43200},
            {"horizon_days", "how far ahead one may book, in days", 0, 1, 730},
            {"before_minutes", "minutes kept free before it", 0, 0, 60},
            {"after_minutes", "minutes kept free after it", 0, 0, 60},
            {"cancel_minutes", "how late patients may move or cancel, in minutes before the start",
             0, 0, 43200},
            {"approval", "the clinic approves what patients book"},
            {"extra_mail", "words that stand in its mails, as how to log in", base::kMultiline, 0,
             1000},
            {"extra_sms", "words that stand at the end of its text messages", 0, 0, 300},
            {"staff",
             "id or e-mail address of the staff member whose own it is; empty: everybody's", 0, 0,
             254},
            {"active", "whether it can be booked"},
            {"version", "refuse unless the visit type has this version"})

struct DeleteVisitType {
    std::string visit_type;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(DeleteVisitType, (), (visit_type, version))
PORTAL_HELP(DeleteVisitType,
            {"visit_type", "id or title of the visit type", base::kPositional, 1, 80},
            {"version", "refuse unless the visit type has this version"})

struct DeletedVisitType {
    base::Uuid id;
    std::string title;
    int coming_bookings = 0;
    int past_bookings = 0;
};
BOOST_DESCRIBE_STRUCT(DeletedVisitType, (), (id, title, coming_bookings, past_bookings))
PORTAL_HELP(DeletedVisitType, {"id", "id"}, {"title", "what patients read"},
            {"coming_bookings", "visits to come that were booked as this; they stay booked"},
            {"past_bookings", "older and cancelled visits that still name it"})

}  // namespace portal::domain
