#include "api/reminder.hpp"

#include "api/rows.hpp"

namespace portal::api {

Noun reminder_noun() {
    static constexpr std::array kRows{make_row(kReminderSend)};
    return {"reminder", "reminders of visits", kRows};
}

}  // namespace portal::api
