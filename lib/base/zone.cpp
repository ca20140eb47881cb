#include "base/zone.hpp"

#include <date/tz.h>

#include "base/encoding.hpp"

namespace portal::base {
namespace {

date::local_time<std::chrono::minutes> theirs(LocalTime local) {
    return date::local_time<std::chrono::minutes>{local.time_since_epoch()};
}

int digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return text.empty() ? -1 : value;
}

}  // namespace

Result<Zone> Zone::find(std::string_view name) {
    const auto bad = invalid("", N_("'{1}' is no time zone; write one like Europe/Stockholm."),
                             {std::string{name.substr(0, 40)}});
    if (name.empty() || name.size() > 40 || name.find("..") != std::string_view::npos) return bad;
    try {
        return Zone{date::locate_zone(std::string{name})};
    } catch (const std::exception&) {
        return bad;
    }
}

Zone::Resolved Zone::resolve(LocalTime local) const {
    const auto info = zone_->get_info(theirs(local));
    const auto at = [&](std::chrono::seconds offset) {
        return Instant{local.time_since_epoch()} - offset;
    };
    switch (info.result) {
        case date::local_info::unique:
            return {Resolved::unique, at(info.first.offset), at(info.first.offset)};
        case date::local_info::ambiguous:
            return {Resolved::ambiguous, at(info.first.offset), at(info.second.offset)};
        default: {
            const Instant jump{info.first.end.time_since_epoch()};
            return {Resolved::nonexistent, jump, jump};
        }
    }
}

LocalTime Zone::to_local(Instant at) const {
    const auto info = zone_->get_info(
        date::sys_seconds{std::chrono::floor<std::chrono::seconds>(at.time_since_epoch())});
    return LocalTime{std::chrono::floor<std::chrono::minutes>(at.time_since_epoch() + info.offset)};
}

LocalDay Zone::to_local_day(Instant at) const {
    return std::chrono::floor<std::chrono::days>(to_local(at));
}

std::chrono::minutes Zone::offset(Instant at) const {
    const auto info = zone_->get_info(
        date::sys_seconds{std::chrono::floor<std::chrono::seconds>(at.time_since_epoch())});
    return std::chrono::floor<std::chrono::minutes>(info.offset);
}

std::string Zone::name() const {
    return zone_->name();
}

std::string format_day(LocalDay day) {
    constexpr std::size_t kInstant = 24;  // room for a time behind it
    const std::chrono::year_month_day date{day};
    std::string text;
    text.reserve(kInstant);
    append_number(text, static_cast<int>(date.year()), 4);
    text += '-';
    append_number(text, static_cast<unsigned>(date.month()), 2);
    text += '-';
    append_number(text, static_cast<unsigned>(date.day()), 2);
    return text;
}

Result<LocalDay> parse_day(std::string_view text) {
    const bool shape = text.size() == 10 && text[4] == '-' && text[7] == '-';
    const int y = shape ? digits(text.substr(0, 4)) : -1;
    const int m = shape ? digits(text.substr(5, 2)) : -1;
    const int d = shape ? digits(text.substr(8, 2)) : -1;
    const std::chrono::year_month_day date{std::chrono::year{y},
                                           std::chrono::month{static_cast<unsigned>(m)},
                                           std::chrono::day{static_cast<unsigned>(d)}};
    if (y < 1970 || y > 9998 || m < 0 || d < 0 || !date.ok())
        return invalid("", N_("Write the date as 2026-11-21."));
    return LocalDay{date};
}

std::string format_minute(int minute) {
    std::string text;
    append_number(text, minute / 60, 2);
    text += ':';
    append_number(text, minute % 60, 2);
    return text;
}

Result<int> parse_minute(std::string_view text) {
    const bool shape = text.size() == 5 && text[2] == ':';
    const int hour = shape ? digits(text.substr(0, 2)) : -1;
    const int minute = shape ? digits(text.substr(3, 2)) : -1;
    const int total = hour * 60 + minute;
    if (hour < 0 || minute < 0 || minute > 59 || total > 24 * 60)
        return invalid("", N_("Write the time of day as 08:30."));
    return total;
}

}  // namespace portal::base
