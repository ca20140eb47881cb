// Days on which clinics are closed although their weekly rules would open them. Two kinds:
// - by law. Sweden: lag (1989:253) om allmänna helgdagar, its Sundays left out (the weekly rules
//   say who works on them); Whit Monday to 2004, the National Day from 2005. Denmark: the holidays
//   of the national church; the Great Prayer Day to 2023 (lov nr. 214 af 06/03/2023).
// - by custom: no holiday by law, but health care keeps weekend hours on them by its collective
//   agreements. Sweden: Midsummer Eve, Christmas Eve, New Year's Eve. Denmark: Constitution Day
//   (grundlovsdag), Christmas Eve, New Year's Eve.
// Both kinds close; a date exception opens any of them. Swedish eves on which one works half a day
// (Maundy Thursday, Twelfth Night, Walpurgis Night, All Saints' Eve) and the Danish 1 May do not.
// Pure; any thread. Asked by open_intervals for each day, so it allocates nothing. Source: L15.
#pragma once

#include <optional>
#include <vector>

#include "base/record.hpp"
#include "base/zone.hpp"

namespace portal::domain {

/// Whose holidays close a day; open: nobody's.
enum class Holidays { open, se, dk };
BOOST_DESCRIBE_ENUM(Holidays, open, se, dk)

inline constexpr int kFirstHolidayYear = 1990;
inline constexpr int kLastHolidayYear = 2100;

struct Holiday {
    base::LocalDay date{};
    const char* name = "";  // English, a catalogue's key
    bool by_law = true;
};

/// Of two that meet on one date the one by law, else the first of the calendar. Beyond the years
/// above: none.
std::optional<Holiday> find_holiday(Holidays whose, base::LocalDay day);
/// In order, no date twice.
std::vector<Holiday> list_holidays(Holidays whose, int year);
/// The next ones on or after `day`, at most `most`.
std::vector<Holiday> next_holidays(Holidays whose, base::LocalDay day, std::size_t most);
/// Easter Sunday of the Gregorian calendar.
base::LocalDay easter_of(int year);

}  // namespace portal::domain
