// The settings table: every setting's type, default, check, sentence of help and reason.
// Private to config. Thread rule: immutable.
#pragma once

#include <string_view>
#include <vector>

#include "base/record.hpp"
#include "config/settings.hpp"

namespace portal::config {

/// The record of records: a field a TOML table, in it a field a setting.
const base::TypeInfo& settings_type();

struct Help {
    std::string_view sentence;  // what stands before the bracket
    std::string_view reason;    // a requirement's number or a reason, from "[...]" at the end
};
Help split_help(std::string_view help);

/// What one row cannot say: settings that must fit each other. Each error's field is a setting.
std::vector<base::Error> check_together(const Settings& settings, bool test_hooks);

/// What follows from other settings: admin.allow is filled in where it is empty.
void complete(Settings& settings);

}  // namespace portal::config
