#include "base/clock.hpp"

#include "base/encoding.hpp"
#include "base/zone.hpp"

namespace portal::base {

using namespace std::chrono;

Instant SystemClock::now() const {
    return time_point_cast<milliseconds>(system_clock::now());
}
steady_clock::time_point SystemClock::steady() const {
    return steady_clock::now();
}
steady_clock::time_point TestClock::steady() const {
    return steady_clock::now();
}

std::string format_instant(Instant at) {
    const auto day = floor<days>(at);
    const hh_mm_ss time{at - day};
    auto text = format_day(LocalDay{day.time_since_epoch()});
    const auto add = [&text](char before, std::int64_t number, std::size_t width) {
        text += before;
        append_number(text, number, width);
    };
    add('T', time.hours().count(), 2);
    add(':', time.minutes().count(), 2);
    add(':', time.seconds().count(), 2);
    if (const auto ms = time.subseconds().count(); ms != 0) add('.', ms, 3);
    text += 'Z';
    return text;
}

namespace {

/// Takes `width` digits from the front of `text`, or -1.
int take_number(std::string_view& text, std::size_t width) {
    if (text.size() < width) return -1;
    int value = 0;
    for (const char c : text.substr(0, width)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    text.remove_prefix(width);
    return value;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

/// Z, +hh:mm or -hh:mm, and nothing after it.
bool take_offset(std::string_view& text, minutes& offset) {
    if (take(text, "Zz")) return text.empty();
    if (text.empty()) return false;
    const bool west = text.front() == '-';
    if (!take(text, "+-")) return false;
    const int hour = take_number(text, 2);
    if (!take(text, ":")) return false;
    const int minute = take_number(text, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
    offset = hours{hour} + minutes{minute};
    if (west) offset = -offset;
    return text.empty();
}

}  // namespace

Result<Instant> parse_instant(std::string_view text) {
    const auto bad = invalid("", N_("Write the time as 2026-11-21T09:30:00+01:00."));
    auto rest = text;
    const int y = take_number(rest, 4);
    const bool dash1 = take(rest, "-");
    const int m = take_number(rest, 2);
    const bool dash2 = take(rest, "-");
    const int d = take_number(rest, 2);
    const bool separator = take(rest, "Tt ");
    const int hour = take_number(rest, 2);
    const bool colon = take(rest, ":");
    const int minute = take_number(rest, 2);
    if (!dash1 || !dash2 || !separator || !colon || y < 1970 || y > 9998 || m < 0 || d < 0 ||
        hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return bad;
    int second = 0;
    int ms = 0;
    if (take(rest, ":")) {
        second = take_number(rest, 2);
        if (second < 0 || second > 59) return bad;
        if (take(rest, ".")) {
            int scale = 100;
            int digits = 0;
            for (; !rest.empty() && rest.front() >= '0' && rest.front() <= '9' && digits < 9;
                 rest.remove_prefix(1), ++digits, scale /= 10)
                ms += (rest.front() - '0') * scale;
            if (digits == 0) return bad;
        }
    }
    minutes offset{0};
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                              std::chrono::day{static_cast<unsigned>(d)}};
    if (!take_offset(rest, offset) || !date.ok()) return bad;
    return Instant{sys_days{date}} + hours{hour} + minutes{minute} + seconds{second} +
           milliseconds{ms} - offset;
}

}  // namespace portal::base
