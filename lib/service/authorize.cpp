#include "service/authorize.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace portal::service {
namespace {

using domain::Module;

/// none: refused. own: objects of theirs. any: all of the tenant.
enum class Reach { none, own, any };
enum class Need { read, write };

struct Row {
    Action action;
    Need operator_needs;
    Reach staff = Reach::none;
    Reach patient = Reach::none;
    std::optional<Module> module{};
    Reach relative = Reach::none;
};

using enum Action;
constexpr std::array kTable{
    Row{tenant_create, Need::write},
    Row{tenant_list, Need::read},
    Row{tenant_show, Need::read},
    Row{tenant_set, Need::write},
    Row{policy_show, Need::read},
    Row{policy_set, Need::write},
    Row{staff_create, Need::write},
    Row{staff_list, Need::read, Reach::any, Reach::any},
    Row{patient_create, Need::write},
    Row{patient_list, Need::read},
    Row{patient_show, Need::read},
    Row{password_link_send, Need::write},
    Row{visit_type_create, Need::write},
    Row{visit_type_list, Need::read, Reach::any, Reach::any},
    Row{availability_set, Need::write},
    Row{availability_show, Need::read, Reach::own},
    Row{slot_list, Need::read, Reach::any, Reach::any, Module::booking},
    Row{booking_list, Need::read, Reach::own, Reach::own, Module::booking},
    Row{booking_show, Need::read, Reach::own, Reach::own, Module::booking},
    Row{booking_create, Need::write, Reach::none, Reach::own, Module::booking},
    Row{booking_confirm, Need::write, Reach::none, Reach::own, Module::booking},
    Row{booking_move, Need::write, Reach::none, Reach::own, Module::booking},
    Row{booking_cancel, Need::write, Reach::none, Reach::own, Module::booking},
    Row{reminder_send, Need::write},
    Row{outbox_list, Need::read},
    Row{status_show, Need::read},
};

const Row* find_row(Action action) {
    const auto* row = std::find_if(kTable.begin(), kTable.end(),
                                   [action](const Row& each) { return each.action == action; });
    return row == kTable.end() ? nullptr : row;
}

Reach reach_of(const Principal& who, const Row& row) {
    switch (who.kind) {
        case Principal::operator_:
            return (row.operator_needs == Need::read ? who.may_read : who.may_write) ? Reach::any
                                                                                     : Reach::none;
        case Principal::staff:
            return row.staff;
        case Principal::patient:
            return row.patient;
        case Principal::job:
            return row.action == reminder_send ? Reach::any : Reach::none;
        case Principal::relative:
            return row.relative;
        case Principal::nobody:
            break;
    }
    return Reach::none;
}

base::Error refuse(const Principal& who) {
    return base::make_error(who.kind == Principal::nobody ? base::ErrorCode::unauthenticated
                                                          : base::ErrorCode::forbidden,
                            {});
}

}  // namespace

base::Status authorize(const Session& session, Action action) {
    const auto* row = find_row(action);
    if (row == nullptr || reach_of(session.who(), *row) == Reach::none)
        return refuse(session.who());
    if (row->module) return require_module(session, *row->module);
    return {};
}

base::Status authorize(const Session& session, Action action, const Owners& owners) {
    PORTAL_TRYV(authorize(session, action));
    const auto& who = session.who();
    if (reach_of(who, *find_row(action)) == Reach::any) return {};
    const bool own = who.kind == Principal::patient ? owners.patient == who.person.id
                                                    : owners.staff == who.person.id;
    if (!own) return base::make_error(base::ErrorCode::not_found, {});
    return {};
}

base::Status require_module(const Session& session, Module module) {
    if (session.has_tenant() && session.tenant().has(module)) return {};
    return base::make_error(base::ErrorCode::not_found,
                            base::N_("This clinic does not use this part of the service."));
}

}  // namespace portal::service
