// What patients can book. Source: C9, C11, C13, K23.
#pragma once

#include <string>
#include <vector>

#include "base/record.hpp"

namespace portal::domain {

struct CreateVisitType {
    std::string title;
    int duration_minutes = 0;
    int step_minutes = 0;
    int lead_minutes = 120;
    int horizon_days = 90;
};
BOOST_DESCRIBE_STRUCT(CreateVisitType, (),
                      (title, duration_minutes, step_minutes, lead_minutes, horizon_days))
PORTAL_HELP(CreateVisitType, {"title", "what patients read", base::kPositional, 1, 80},
            {"duration_minutes", "length in minutes, 1 to 240", 0, 1, 240},
            {"step_minutes", "minutes between possible starts; the length when 0", base::kDefaulted,
             0, 240},
            {"lead_minutes", "how late one may book, in minutes before the start", base::kDefaulted,
             0, 43200},
            {"horizon_days", "how far ahead one may book, in days", base::kDefaulted, 1, 730})

PORTAL_NO_FIELDS(ListVisitTypes)

struct VisitTypeView {
    base::Uuid id;
    std::string title;
    int duration_minutes = 0;
    int step_minutes = 0;
    int lead_minutes = 0;
    int horizon_days = 0;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(VisitTypeView, (),
                      (id, title, duration_minutes, step_minutes, lead_minutes, horizon_days,
                       version))
PORTAL_HELP(VisitTypeView, {"id", "id"}, {"title", "what patients read"},
            {"duration_minutes", "length in minutes"},
            {"step_minutes", "minutes between possible starts", base::kWide},
            {"lead_minutes", "how late one may book, in minutes", base::kWide},
            {"horizon_days", "how far ahead one may book, in days", base::kWide},
            {"version", "row version", base::kWide})

struct VisitTypeList {
    std::vector<VisitTypeView> items;
};
BOOST_DESCRIBE_STRUCT(VisitTypeList, (), (items))
PORTAL_HELP(VisitTypeList, {"items", "the visit types"})

}  // namespace portal::domain
