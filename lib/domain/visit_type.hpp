// What patients can book and staff invite to. Source: C9, C11-C13, K23.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"
#include "domain/sms.hpp"

namespace portal::domain {

/// How one meets. Rooms are for the two kinds of video visit (C12).
enum class VisitKind { physical, phone, video, video_group };
BOOST_DESCRIBE_ENUM(VisitKind, physical, phone, video, video_group)
constexpr bool has_room(VisitKind kind) {
    return kind == VisitKind::video || kind == VisitKind::video_group;
}

struct CreateVisitType {
    std::string title;
    int duration_minutes = 0;
    VisitKind kind = VisitKind::physical;
    int capacity = 0;
    int step_minutes = 0;
    int lead_minutes = 120;
    int horizon_days = 90;
    int before_minutes = 0;
    int after_minutes = 0;
    int cancel_minutes = 0;
    bool approval = false;
    std::string extra_mail;
    std::string extra_sms;
    std::optional<std::string> staff;
};
BOOST_DESCRIBE_STRUCT(CreateVisitType, (),
                      (title, duration_minutes, kind, capacity, step_minutes, lead_minutes,
                       horizon_days, before_minutes, after_minutes, cancel_minutes, approval,
                       extra_mail, extra_sms, staff))
PORTAL_HELP(CreateVisitType, {"title", "what patients read", base::kPositional, 1, 80},
            {"duration_minutes", "length in minutes, 1 to 240", 0, 1, 240},
            {"kind", "physical, phone, video or video-group"},
            {"capacity", "of a video-group: how many patients, 2 to 50", base::kDefaulted, 0, 50},
            {"step_minutes", "minutes between possible starts; the length when 0", base::kDefaulted,
             0, 240},
            {"lead_minutes", "how late one may book, in minutes before the start", base::kDefaulted,
             0, 43200},
            {"horizon_days", "how far ahead one may book, in days", base::kDefaulted, 1, 730},
            {"before_minutes", "minutes kept free before it", base::kDefaulted, 0, 60},
            {"after_minutes", "minutes kept free after it", base::kDefaulted, 0, 60},
            {"cancel_minutes", "how late patients may move or cancel, in minutes before the start",
             base::kDefaulted, 0, 43200},
            {"approval", "the clinic approves what patients book", base::kDefaulted},
            {"extra_mail", "words that stand in its mails, as how to log in",
             base::kDefaulted | base::kMultiline, 0, 1000},
            {"extra_sms", "words that stand at the end of its text messages", base::kDefaulted, 0,
             300},
            {"staff", "id or e-mail address of the staff member whose own it is; all when absent",
             0, 1, 254})

struct ListVisitTypes {
    bool inactive = false;
};
BOOST_DESCRIBE_STRUCT(ListVisitTypes, (), (inactive))
PORTAL_HELP(ListVisitTypes, {"inactive", "with those that can no longer be booked"})

struct ShowVisitType {
    std::string visit_type;
};
BOOST_DESCRIBE_STRUCT(ShowVisitType, (), (visit_type))
PORTAL_HELP(ShowVisitType,
            {"visit_type", "id or title of the visit type", base::kPositional, 1, 80})

struct VisitTypeView {
    base::Uuid id;
    std::string title;
    int duration_minutes = 0;
    VisitKind kind = VisitKind::physical;
    int capacity = 1;
    int step_minutes = 0;
    int lead_minutes = 0;
    int horizon_days = 0;
    int before_minutes = 0;
    int after_minutes = 0;
    int cancel_minutes = 0;
    bool approval = false;
    std::string extra_mail;
    std::string extra_sms;
    std::string staff;
    std::optional<base::Uuid> staff_id;
    bool active = true;
    std::int64_t version = 0;
    // Of a typical text message with the extra words (K23); not in lists.
    std::optional<int> sms_segments;
    std::optional<int> sms_units;
    std::optional<SmsEncoding> sms_encoding;
};
BOOST_DESCRIBE_STRUCT(VisitTypeView, (),
                      (id, title, duration_minutes, kind, capacity, step_minutes, lead_minutes,
                       horizon_days, before_minutes, after_minutes, cancel_minutes, approval,
                       extra_mail, extra_sms, staff, staff_id, active, version, sms_segments,
                       sms_units, sms_encoding))
PORTAL_HELP(VisitTypeView, {"id", "id"}, {"title", "what patients read"},
            {"duration_minutes", "length in minutes"},
            {"kind", "physical, phone, video or video-group"},
            {"capacity", "how many patients at once", base::kWide},
            {"step_minutes", "minutes between possible starts", base::kWide},
            {"lead_minutes", "how late one may book, in minutes", base::kWide},
            {"horizon_days", "how far ahead one may book, in days", base::kWide},
            {"before_minutes", "minutes kept free before it", base::kWide},
            {"after_minutes", "minutes kept free after it", base::kWide},
            {"cancel_minutes", "how late patients may move or cancel, in minutes", base::kWide},
            {"approval", "whether the clinic approves what patients book", base::kWide},
            {"extra_mail", "words in its mails", base::kWide},
            {"extra_sms", "words in its text messages", base::kWide},
            {"staff", "whose own it is; empty: everybody's"}, {"staff_id", "id", base::kWide},
            {"active", "whether it can be booked", base::kWide},
            {"version", "row version", base::kWide},
            {"sms_segments",
             "how many text messages one about such a visit counts as, its words included",
             base::kWide},
            {"sms_units", "its length in characters of that alphabet", base::kWide},
            {"sms_encoding", "gsm7 (160 characters a message) or ucs2 (70)", base::kWide})

struct VisitTypeList {
    std::vector<VisitTypeView> items;
};
BOOST_DESCRIBE_STRUCT(VisitTypeList, (), (items))
PORTAL_HELP(VisitTypeList, {"items", "the visit types"})

}  // namespace portal::domain
