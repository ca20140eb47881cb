#include "text/calendar_rules.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <vector>

namespace portal::text::detail {
namespace {

constexpr const char* kFirstRule = "19800101T000000Z";  // older rules are no visit's

void remove_properties(icalcomponent* component, icalproperty_kind kind) {
    while (auto* property = icalcomponent_get_first_property(component, kind)) {
        icalcomponent_remove_property(component, property);
        icalproperty_free(property);
    }
}

/// A STANDARD or DAYLIGHT of a zone that comes back every year.
struct YearlyRule {
    icalcomponent* component;
    icalproperty* property;
    std::string rule;    // without UNTIL
    int until_year = 0;  // 0: for ever
    int first_year = 0;
};

std::string value_of(icalproperty* property) {
    char* text = icalproperty_get_value_as_string_r(property);
    std::string out{text == nullptr ? "" : text};
    icalmemory_free_buffer(text);
    return out;
}

std::vector<YearlyRule> yearly_rules(icalcomponent* zone) {
    std::vector<YearlyRule> rules;
    for (auto* each = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); each != nullptr;
         each = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
        auto* property = icalcomponent_get_first_property(each, ICAL_RRULE_PROPERTY);
        if (property == nullptr) continue;
        YearlyRule rule{each, property, value_of(property), 0,
                        icalcomponent_get_dtstart(each).year};
        if (const auto from = rule.rule.find(";UNTIL="); from != std::string::npos) {
            rule.until_year = icalproperty_get_rrule(property).until.year;
            const auto to = std::min(rule.rule.find(';', from + 1), rule.rule.size());
            rule.rule.erase(from, to - from);
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

bool same_change(icalcomponent* a, icalcomponent* b) {
    const auto offset = [](icalcomponent* each, icalproperty_kind kind) {
        auto* property = icalcomponent_get_first_property(each, kind);
        return property == nullptr ? std::string{} : value_of(property);
    };
    return icalcomponent_isa(a) == icalcomponent_isa(b) &&
           offset(a, ICAL_TZOFFSETFROM_PROPERTY) == offset(b, ICAL_TZOFFSETFROM_PROPERTY) &&
           offset(a, ICAL_TZOFFSETTO_PROPERTY) == offset(b, ICAL_TZOFFSETTO_PROPERTY);
}

/// libical cuts every rule in 2037, where the zone file's table ends, and goes on with the same
/// rule: made one again, because programs differ in how they read UNTIL.
void join_rules(icalcomponent* zone) {
    auto rules = yearly_rules(zone);
    for (auto& late : rules)
        for (auto& early : rules) {
            const bool goes_on = late.until_year == 0 && early.until_year != 0 &&
                                 early.until_year + 1 == late.first_year &&
                                 early.rule == late.rule &&
                                 same_change(early.component, late.component);
            if (!goes_on) continue;
            icalproperty_set_rrule(early.property,
                                   icalrecurrencetype_from_string(early.rule.c_str()));
            early.until_year = 0;
            icalcomponent_remove_component(zone, late.component);
            icalcomponent_free(late.component);
            late.until_year = -1;  // gone
            break;
        }
}

/// The zone's VTIMEZONE with its plain name; libical's own has a prefix that other programs miss.
std::string make_rules(const std::string& zone) {
    icalerror_set_errors_are_fatal(0);
    auto* known = icaltimezone_get_builtin_timezone(zone.c_str());
    auto* rules = known == nullptr ? nullptr : icaltimezone_get_component(known);
    if (rules == nullptr) return {};
    const Component own{icalcomponent_new_clone(rules)};
    icaltimezone_truncate_vtimezone(own.get(), icaltime_from_string(kFirstRule),
                                    icaltime_null_time(), 0);
    join_rules(own.get());
    remove_properties(own.get(), ICAL_TZID_PROPERTY);
    remove_properties(own.get(), ICAL_X_PROPERTY);
    icalcomponent_add_property(own.get(), icalproperty_new_tzid(zone.c_str()));
    return serialise(own.get());
}

/// Rules as text, read once a zone: what the machine's zone files say, never changed after.
class RulesCache {
  public:
    /// nullptr: no such zone.
    const std::string* find(const std::string& zone) {
        {
            const std::shared_lock lock{mutex_};
            const auto found = rules_.find(zone);
            if (found != rules_.end()) return &found->second;
        }
        const std::unique_lock lock{mutex_};  // libical's own table is read under it, too
        const auto found = rules_.find(zone);
        if (found != rules_.end()) return &found->second;
        auto rules = make_rules(zone);
        if (rules.empty()) return nullptr;
        return &rules_.emplace(zone, std::move(rules)).first->second;
    }

  private:
    std::shared_mutex mutex_;
    std::map<std::string, std::string> rules_;  // at most one a zone of the machine
};

}  // namespace

std::string serialise(icalcomponent* component) {
    char* text = icalcomponent_as_ical_string_r(component);
    std::string out{text};
    icalmemory_free_buffer(text);
    return out;
}

const std::string* find_zone_rules(const std::string& zone) {
    static RulesCache cache;
    return cache.find(zone);
}

}  // namespace portal::text::detail
