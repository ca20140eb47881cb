// What staff invite somebody to: a patient of theirs, a new one, or a colleague as a test; and the
// message that only the invited person reads. Source: C13-C20, C25, C26, C30, C42, L14.
#pragma once

#include <optional>
#include <string>

#include "base/record.hpp"
#include "domain/tenant.hpp"
#include "domain/weekly.hpp"

namespace portal::domain {

inline constexpr int kLongestMessage = 1000;

struct InviteToVisit {
    std::string staff;
    std::string visit_type;
    std::optional<std::string> patient;
    std::optional<std::string> first_name;
    std::optional<std::string> last_name;
    std::optional<base::Phone> mobile;
    std::optional<base::NationalId> national_id;
    std::optional<base::Email> email;
    std::optional<Language> language;
    std::optional<std::string> colleague;
    std::optional<base::Instant> starts;
    std::optional<base::LocalDay> date;
    std::optional<std::string> time;
    std::optional<Occurrence> which;
    bool now = false;
    std::optional<std::string> message;
    bool allow_overlap = false;
    std::optional<std::string> reason;
    std::optional<std::string> key;
};
BOOST_DESCRIBE_STRUCT(InviteToVisit, (),
                      (staff, visit_type, patient, first_name, last_name, mobile, national_id,
                       email, language, colleague, starts, date, time, which, now, message,
                       allow_overlap, reason, key))
PORTAL_HELP(InviteToVisit, {"staff", "id or e-mail address of the staff member", 0, 1, 254},
            {"visit_type", "id or title of the visit type", 0, 1, 80},
            {"patient", "id or e-mail address of a patient who is here already", base::kPersonal, 1,
             254},
            {"first_name", "of a new patient: first name", base::kPersonal, 1, 60},
            {"last_name", "of a new patient: last name", base::kPersonal, 1, 60},
            {"mobile", "of a new patient: mobile number", base::kPersonal, 1, 30},
            {"national_id", "of a new patient: personal number of the clinic's country",
             base::kPersonal | base::kFromFile, 1, 30},
            {"email", "of a new patient: e-mail address", base::kPersonal, 3, 254},
            {"language", "of a new patient: language of messages; the clinic's when absent"},
            {"colleague", "id or e-mail address of a colleague, to try a visit; no patient",
             base::kPersonal, 1, 254},
            {"starts", "start, like 2026-11-21T09:30:00+01:00"},
            {"date", "instead of starts: the date in the clinic's own time"},
            {"time", "with date: the time of day, like 09:30", 0, 1, 5},
            {"which", "where the clock goes back and the time comes twice: earlier or later"},
            {"now", "book now: it starts at once and needs no confirmation"},
            {"message", "words to the invited person, shown on the visit's page after login alone",
             base::kPersonal | base::kFromFile | base::kMultiline, 1, kLongestMessage},
            {"allow_overlap",
             "beside another visit of the staff member, on purpose; needs a reason"},
            {"reason", "with allow-overlap: why, for the audit", 0, 1, 200},
            {"key", "idempotency key: the same key invites once", 0, 1, 80})

/// Nobody is told of it (C30).
struct SetBooking {
    base::Uuid booking;
    base::Patch<std::string> message;
    std::optional<std::int64_t> version;
};
BOOST_DESCRIBE_STRUCT(SetBooking, (), (booking, message, version))
PORTAL_HELP(SetBooking, {"booking", "id of the booking", base::kPositional},
            {"message", "words to the invited person; an empty file takes them away",
             base::kPersonal | base::kFromFile | base::kMultiline, 1, kLongestMessage},
            {"version", "refuse unless the booking has this version"})

}  // namespace portal::domain
