#include "service/authorize.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace portal::service {
namespace {

using base::N_;
using domain::Feature;
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
    std::optional<Feature> feature{};   // whose minimum of assurance counts (X3)
    Reach administrator = Reach::none;  // of the unit: where it is more than a staff member's (C54)
    Reach visitor = Reach::none;        // of nobody known, where shows_times_to_all()
};

using enum Action;
constexpr std::array kTable{
    Row{tenant_create, Need::write},
    Row{tenant_list, Need::read},
    Row{tenant_show, Need::read},
    Row{tenant_set, Need::write},
    Row{policy_show, Need::read},
    Row{policy_set, Need::write},
    Row{login_why, Need::read},
    Row{login_unlock, Need::write},
    Row{session_list, Need::read},
    Row{session_end, Need::write},
    Row{own_sessions, Need::write, Reach::own, Reach::own, {}, Reach::own},
    Row{staff_create, Need::write, Reach::none, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{staff_list,
        Need::read,
        Reach::any,
        Reach::any,
        {},
        Reach::none,
        {},
        Reach::none,
        Reach::any},
    Row{staff_show, Need::read, Reach::own, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{staff_set, Need::write, Reach::none, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{profile_show, Need::read, Reach::any, Reach::any},
    Row{own_profile, Need::write, Reach::own},
    Row{patient_create, Need::write, Reach::none, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{patient_list, Need::read, Reach::none, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{patient_show, Need::read, Reach::none, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{user_list, Need::read},
    Row{user_show, Need::read},
    Row{user_check, Need::read},
    Row{user_create, Need::write},
    Row{user_set, Need::write},
    Row{user_link, Need::write},
    Row{user_merge, Need::write},
    Row{registration_list, Need::read},
    Row{registration_decide, Need::write},
    Row{message_read, Need::read, Reach::none, Reach::own, Module::communication, Reach::none,
        Feature::communication},
    Row{password_link_send, Need::write},
    Row{invitation_send, Need::write, Reach::none, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{invitation_list, Need::read},
    Row{invitation_cancel, Need::write},
    Row{letter_make, Need::write},
    Row{reset_confirm, Need::write},
    Row{visit_type_create, Need::write, Reach::own, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{visit_type_list,
        Need::read,
        Reach::any,
        Reach::any,
        {},
        Reach::none,
        {},
        Reach::none,
        Reach::any},
    Row{visit_type_show, Need::read, Reach::own, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{visit_type_set, Need::write, Reach::own, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{availability_set, Need::write, Reach::own, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{availability_show, Need::read, Reach::own, Reach::none, {}, Reach::none, {}, Reach::any},
    Row{slot_list, Need::read, Reach::any, Reach::any, Module::booking, Reach::none,
        Feature::booking, Reach::none, Reach::any},
    Row{booking_list, Need::read, Reach::own, Reach::own, Module::booking, Reach::none,
        Feature::booking, Reach::any},
    Row{booking_show, Need::read, Reach::own, Reach::own, Module::booking, Reach::none,
        Feature::booking, Reach::any},
    Row{booking_create, Need::write, Reach::none, Reach::own, Module::booking, Reach::none,
        Feature::booking},
    Row{booking_confirm, Need::write, Reach::own, Reach::own, Module::booking, Reach::none,
        Feature::booking, Reach::any},
    Row{booking_move, Need::write, Reach::own, Reach::own, Module::booking, Reach::none,
        Feature::booking, Reach::any},
    Row{booking_cancel, Need::write, Reach::own, Reach::own, Module::booking, Reach::none,
        Feature::booking, Reach::any},
    Row{booking_invite, Need::write, Reach::own, Reach::none, Module::booking, Reach::none,
        Feature::booking, Reach::any},
    Row{booking_set, Need::write, Reach::own, Reach::none, Module::booking, Reach::none,
        Feature::booking, Reach::any},
    Row{booking_settle, Need::write, Reach::own, Reach::none, Module::booking, Reach::none,
        Feature::booking, Reach::any},
    Row{room_enter, Need::write, Reach::own, Reach::own, Module::booking, Reach::none,
        Feature::video},
    Row{waitlist_list, Need::read, Reach::any, Reach::own, Module::booking, Reach::none,
        Feature::booking},
    Row{waitlist_join, Need::write, Reach::none, Reach::own, Module::booking, Reach::none,
        Feature::booking},
    Row{waitlist_leave, Need::write, Reach::any, Reach::own, Module::booking, Reach::none,
        Feature::booking},
    Row{waitlist_take, Need::write, Reach::none, Reach::own, Module::booking, Reach::none,
        Feature::booking},
    Row{feed_list,
        Need::read,
        Reach::own,
        Reach::none,
        Module::booking,
        Reach::none,
        {},
        Reach::any},
    Row{feed_make, Need::write, Reach::own, Reach::none, Module::booking},
    Row{simulate, Need::read},
    Row{reminder_send, Need::write},
    Row{outbox_list, Need::read},
    Row{status_show, Need::read},
    Row{exemption_create, Need::write},
    Row{exemption_confirm, Need::write},
    Row{exemption_end, Need::write},
    Row{exemption_show, Need::read},
    Row{exemption_list, Need::read},
    Row{contact_show, Need::read, Reach::own, Reach::own, {}, Reach::own, Feature::contact},
    Row{contact_change, Need::write, Reach::own, Reach::own, {}, Reach::own, Feature::contact},
    Row{consent_text_set, Need::write},
    Row{consent_text_show, Need::read},
    Row{consent_list, Need::read},
    Row{consent_withdraw, Need::write},
    Row{consent_answer, Need::write, Reach::none, Reach::own, {}, Reach::own},
};

const Row* find_row(Action action) {
    const auto* row = std::find_if(kTable.begin(), kTable.end(),
                                   [action](const Row& each) { return each.action == action; });
    return row == kTable.end() ? nullptr : row;
}

Reach reach_of(const Session& session, const Row& row) {
    const auto& who = session.who();
    switch (who.kind) {
        case Principal::operator_:
            return (row.operator_needs == Need::read ? who.may_read : who.may_write) ? Reach::any
                                                                                     : Reach::none;
        case Principal::staff:
            return who.administers ? std::max(row.staff, row.administrator) : row.staff;
        case Principal::patient:
            return row.patient;
        case Principal::job:
            return row.action == reminder_send ? Reach::any : Reach::none;
        case Principal::relative:
            return row.relative;
        case Principal::nobody:
            return shows_times_to_all(session) ? row.visitor : Reach::none;
    }
    return Reach::none;
}

base::Error refuse(const Principal& who) {
    return base::make_error(who.kind == Principal::nobody ? base::ErrorCode::unauthenticated
                                                          : base::ErrorCode::forbidden,
                            {});
}

constexpr const char* kNeedsCode =
    N_("For this you need to log in with your password and a code, or with your electronic ID.");
constexpr const char* kNeedsEid =
    N_("For this you need to log in with your electronic ID. If you have none, call "
       "the clinic.");

}  // namespace

bool shows_times_to_all(const Session& session) {
    return session.has_tenant() && session.tenant().has(Module::booking) &&
           session.tenant().booking_login != domain::BookingLogin::first;
}

base::Status authorize(const Session& session, Action action) {
    const auto* row = find_row(action);
    if (row == nullptr || reach_of(session, *row) == Reach::none) return refuse(session.who());
    if (row->module) PORTAL_TRYV(require_module(session, *row->module));
    if (row->feature) return require_assurance(session, *row->feature);
    return {};
}

base::Status require_assurance(const Session& session, Feature feature) {
    const auto& who = session.who();
    if (!who.is_member()) return {};
    // Where guests book without a login, a patient who has one of any worth may (K10).
    if (feature == Feature::booking && who.kind == Principal::patient &&
        session.tenant().booking_login == domain::BookingLogin::none)
        return {};
    const auto minimum = domain::minimum_of(session.tenant().features, feature);
    if (who.assurance >= minimum) return {};
    return base::make_error(base::ErrorCode::forbidden,
                            minimum == domain::Assurance::eid ? kNeedsEid : kNeedsCode);
}

std::optional<domain::Assurance> needed_assurance(const base::Error& error) {
    if (error.key == kNeedsEid) return domain::Assurance::eid;
    if (error.key == kNeedsCode) return domain::Assurance::password_code;
    return std::nullopt;
}

base::Status authorize(const Session& session, Action action, const Owners& owners) {
    PORTAL_TRYV(authorize(session, action));
    const auto& who = session.who();
    if (reach_of(session, *find_row(action)) == Reach::any) return {};
    // A colleague who is invited as a test stands in the patient's place (C20).
    const bool own = owners.patient == who.person.id ||
                     (who.kind == Principal::staff && owners.staff == who.person.id);
    if (!own) return base::make_error(base::ErrorCode::not_found, {});
    return {};
}

base::Status require_module(const Session& session, Module module) {
    if (session.has_tenant() && session.tenant().has(module)) return {};
    return base::make_error(base::ErrorCode::not_found,
                            base::N_("This clinic does not use this part of the service."));
}

}  // namespace portal::service
