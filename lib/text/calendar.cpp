#include "text/calendar.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "base/zone.hpp"
#include "text/calendar_rules.hpp"
#include "text/mail.hpp"

namespace portal::text {
namespace {

using base::N_;

constexpr const char* kProduct = "-//Portal//portald//EN";
constexpr std::string_view kEventStart = "BEGIN:VEVENT";
constexpr std::string_view kCalendarEnd = "END:VCALENDAR";

/// `zone` is a name that base::Zone knows.
base::Result<const std::string*> get_rules(const std::string& zone) {
    const auto* rules = detail::find_zone_rules(zone);
    if (rules == nullptr)
        return base::invalid("zone", N_("The rules of the time zone {1} are not on this machine."),
                             {zone});
    return rules;
}

icaltimetype to_ical(base::Instant at, const base::Zone* zone) {
    using namespace std::chrono;
    const auto seconds_utc = floor<seconds>(at);
    const auto shift = zone == nullptr ? minutes{0} : zone->offset(at);
    const auto local = seconds_utc + shift;
    const auto day = floor<days>(local);
    const year_month_day date{day};
    const hh_mm_ss time{local - day};
    auto out = icaltime_null_time();
    out.year = static_cast<int>(date.year());
    out.month = static_cast<int>(static_cast<unsigned>(date.month()));
    out.day = static_cast<int>(static_cast<unsigned>(date.day()));
    out.hour = static_cast<int>(time.hours().count());
    out.minute = static_cast<int>(time.minutes().count());
    out.second = static_cast<int>(time.seconds().count());
    out.zone = zone == nullptr ? icaltimezone_get_utc_timezone() : nullptr;
    return out;
}

/// A parameter cannot hold quotes, whatever is written around it.
std::string without_quotes(std::string text) {
    std::replace(text.begin(), text.end(), '"', '\'');
    return text;
}

/// Autumn shows this local time twice.
bool is_ambiguous(base::Instant at, const base::Zone& zone) {
    return zone.resolve(zone.to_local(at)).kind == base::Zone::Resolved::ambiguous;
}

/// The zone to write the visit's times in; nullptr: UTC.
const base::Zone* zone_of_times(const CalendarEvent& event, const base::Zone& zone) {
    return is_ambiguous(event.starts, zone) || is_ambiguous(event.ends, zone) ? nullptr : &zone;
}

icalproperty* in_zone(icalproperty* property, const base::Zone* zone) {
    if (zone != nullptr)
        icalproperty_add_parameter(property, icalparameter_new_tzid(zone->name().c_str()));
    return property;
}

icalproperty_status status_of(const CalendarEvent& event) {
    if (event.method == CalendarMethod::cancel) return ICAL_STATUS_CANCELLED;
    return event.tentative ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED;
}

icalproperty* make_organizer(const CalendarEvent& event) {
    auto* organizer = icalproperty_new_organizer(("mailto:" + event.organizer.reveal()).c_str());
    if (!event.organizer_name.empty())
        icalproperty_add_parameter(
            organizer, icalparameter_new_cn(without_quotes(event.organizer_name).c_str()));
    return organizer;
}

icalproperty* make_attendee(const CalendarEvent& event) {
    auto* attendee = icalproperty_new_attendee(("mailto:" + event.attendee.reveal()).c_str());
    for (auto* parameter : {icalparameter_new_cutype(ICAL_CUTYPE_INDIVIDUAL),
                            icalparameter_new_role(ICAL_ROLE_REQPARTICIPANT),
                            icalparameter_new_partstat(ICAL_PARTSTAT_NEEDSACTION),
                            icalparameter_new_rsvp(ICAL_RSVP_FALSE)})
        icalproperty_add_parameter(attendee, parameter);
    return attendee;
}

icalcomponent* make_event(const CalendarEvent& event, const base::Zone* zone) {
    auto* out = icalcomponent_new_vevent();
    const auto add = [&](icalproperty* property) { icalcomponent_add_property(out, property); };
    add(icalproperty_new_uid(event.uid.c_str()));
    add(icalproperty_new_sequence(static_cast<int>(event.sequence)));
    add(icalproperty_new_dtstamp(to_ical(event.stamp, nullptr)));
    add(in_zone(icalproperty_new_dtstart(to_ical(event.starts, zone)), zone));
    add(in_zone(icalproperty_new_dtend(to_ical(event.ends, zone)), zone));
    add(icalproperty_new_summary(event.summary.c_str()));
    if (!event.location.empty()) add(icalproperty_new_location(event.location.c_str()));
    auto description = event.description;
    std::erase(description, '\r');
    if (!description.empty()) add(icalproperty_new_description(description.c_str()));
    if (!event.url.empty()) add(icalproperty_new_url(event.url.c_str()));
    add(make_organizer(event));
    if (event.method != CalendarMethod::publish) add(make_attendee(event));
    add(icalproperty_new_status(status_of(event)));
    add(icalproperty_new_class(ICAL_CLASS_PRIVATE));
    add(icalproperty_new_transp(ICAL_TRANSP_OPAQUE));
    return out;
}

base::Status check(const CalendarEvent& event) {
    const auto plain = [](const std::string& text, bool multiline) {
        return base::is_utf8(text) && !base::has_control(text, multiline);
    };
    const bool fine = plain(event.uid, false) && plain(event.summary, false) &&
                      plain(event.location, false) && plain(event.organizer_name, false) &&
                      plain(event.description, true) && plain(event.url, false);
    if (!fine) return base::invalid("", N_("There are characters here that cannot be shown."));
    if (event.uid.empty() || event.sequence < 0 || event.sequence > INT32_MAX)
        return base::invalid("uid", N_("An invitation needs its id and sequence."));
    const bool invites = event.method != CalendarMethod::publish;
    if (!is_mail_address(event.organizer.reveal()) ||
        (invites && !is_mail_address(event.attendee.reveal())))
        return base::invalid("address", N_("This is no mail address."));
    if (event.ends <= event.starts)
        return base::invalid("ends", N_("The end must be after the start."));
    return {};
}

icalproperty_method method_of(CalendarMethod method) {
    switch (method) {
        case CalendarMethod::cancel:
            return ICAL_METHOD_CANCEL;
        case CalendarMethod::publish:
            return ICAL_METHOD_PUBLISH;
        case CalendarMethod::request:
            break;
    }
    return ICAL_METHOD_REQUEST;
}

detail::Component make_frame(CalendarMethod method) {
    detail::Component calendar{icalcomponent_new_vcalendar()};
    for (auto* property :
         {icalproperty_new_prodid(kProduct), icalproperty_new_version("2.0"),
          icalproperty_new_calscale("GREGORIAN"), icalproperty_new_method(method_of(method))})
        icalcomponent_add_property(calendar.get(), property);
    return calendar;
}

/// A property that programs know though no standard has it.
icalproperty* make_own(const char* name, const char* value) {
    auto* property = icalproperty_new_x(value);
    icalproperty_set_x_name(property, name);
    return property;
}

/// Standard and older names say the same: what it is called, and that once an hour is enough.
void describe(icalcomponent* calendar, const std::string& name) {
    constexpr const char* kHour = "PT1H";
    auto* interval = icalproperty_new_refreshinterval(icaldurationtype_from_string(kHour));
    icalproperty_add_parameter(interval, icalparameter_new_value(ICAL_VALUE_DURATION));
    const auto add = [&](icalproperty* property) {
        icalcomponent_add_property(calendar, property);
    };
    add(icalproperty_new_name(name.c_str()));
    // libical does not escape what is nobody's standard.
    if (name.find_first_of(",;\\") == std::string::npos)
        add(make_own("X-WR-CALNAME", name.c_str()));
    add(interval);
    add(make_own("X-PUBLISHED-TTL", kHour));
}

}  // namespace

std::string_view method_name(CalendarMethod method) {
    switch (method) {
        case CalendarMethod::cancel:
            return "CANCEL";
        case CalendarMethod::publish:
            return "PUBLISH";
        case CalendarMethod::request:
            break;
    }
    return "REQUEST";
}

base::Result<std::string> make_invitation(const CalendarEvent& event) {
    PORTAL_TRYV(check(event));
    PORTAL_TRY(zone, base::Zone::find(event.zone));
    PORTAL_TRY(rules, get_rules(event.zone));
    const auto calendar = make_frame(event.method);
    const auto* times = zone_of_times(event, zone);
    icalcomponent_add_component(calendar.get(), make_event(event, times));
    auto text = detail::serialise(calendar.get());
    if (times != nullptr) text.insert(text.find(kEventStart), *rules);
    return text;
}

base::Result<std::string> make_calendar(const PublishedCalendar& published) {
    PORTAL_TRY(zone, base::Zone::find(published.zone));
    PORTAL_TRY(rules, get_rules(published.zone));
    if (!base::is_utf8(published.name) || base::has_control(published.name, false))
        return base::invalid("name", N_("There are characters here that cannot be shown."));
    const auto calendar = make_frame(CalendarMethod::publish);
    if (!published.name.empty()) describe(calendar.get(), published.name);
    auto text = detail::serialise(calendar.get());
    text.erase(text.rfind(kCalendarEnd));
    text += *rules;  // a calendar without visits must hold something, too
    for (auto event : published.events) {
        event.method = CalendarMethod::publish;
        PORTAL_TRYV(check(event));
        const detail::Component own{make_event(event, zone_of_times(event, zone))};
        text += detail::serialise(own.get());
    }
    return text.append(kCalendarEnd).append("\r\n");
}

base::Status load_calendar_zone(std::string_view zone) {
    PORTAL_TRY(known, base::Zone::find(zone));
    PORTAL_TRY(rules, get_rules(known.name()));
    return {};
}

}  // namespace portal::text
