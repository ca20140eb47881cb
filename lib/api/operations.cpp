#include "api/operations.hpp"

#include "api/rows.hpp"

namespace portal::api {
namespace {

const std::vector<Noun>& all_nouns() {
    static const std::vector<Noun> nouns{
        tenant_noun(),   staff_noun(),      patient_noun(),      user_noun(),     invite_noun(),
        reset_noun(),    visit_type_noun(), availability_noun(), slot_noun(),     booking_noun(),
        waitlist_noun(), feed_noun(),       exemption_noun(),    policy_noun(),   login_noun(),
        session_noun(),  consent_noun(),    registration_noun(), reminder_noun(), outbox_noun(),
        simulate_noun(), status_noun()};
    return nouns;
}

}  // namespace

std::span<const OperationRow> all_operations() {
    static const std::vector<OperationRow> rows = [] {
        std::vector<OperationRow> all;
        for (const auto& noun : all_nouns())
            all.insert(all.end(), noun.rows.begin(), noun.rows.end());
        return all;
    }();
    return rows;
}

const OperationRow* find_operation(std::string_view name) {
    for (const auto& row : all_operations())
        if (row.name == name) return &row;
    return nullptr;
}

std::string_view noun_help(std::string_view noun) {
    for (const auto& each : all_nouns())
        if (each.name == noun) return each.help;
    return {};
}

std::vector<std::string_view> path_parameters(std::string_view path) {
    std::vector<std::string_view> names;
    for (auto open = path.find('{'); open != std::string_view::npos; open = path.find('{', open)) {
        const auto close = path.find('}', open);
        names.push_back(path.substr(open + 1, close - open - 1));
        open = close;
    }
    return names;
}

}  // namespace portal::api
