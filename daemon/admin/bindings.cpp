// Each operation and its use case, a line each.
#include "api/availability.hpp"
#include "api/booking.hpp"
#include "api/outbox.hpp"
#include "api/patient.hpp"
#include "api/policy.hpp"
#include "api/reminder.hpp"
#include "api/slot.hpp"
#include "api/staff.hpp"
#include "api/status.hpp"
#include "api/tenant.hpp"
#include "api/user.hpp"
#include "api/visit_type.hpp"
#include "daemon/admin/admin.hpp"
#include "service/booking.hpp"
#include "service/operation.hpp"
#include "service/person.hpp"
#include "service/tenant.hpp"
#include "service/visit.hpp"

namespace portal::admin {

std::vector<Binding> all_bindings() {
    return {
        bind(api::kTenantCreate, service::create_tenant),
        bind(api::kTenantList, service::list_tenants),
        bind(api::kTenantShow, service::show_tenant),
        bind(api::kTenantSet, service::set_tenant),
        bind(api::kStaffCreate, service::create_staff),
        bind(api::kStaffList, service::list_staff),
        bind(api::kPatientCreate, service::create_patient),
        bind(api::kPatientList, service::list_patients),
        bind(api::kPatientShow, service::show_patient),
        bind(api::kUserSetPassword, service::send_password_link),
        bind(api::kVisitTypeCreate, service::create_visit_type),
        bind(api::kVisitTypeList, service::list_visit_types),
        bind(api::kAvailabilitySet, service::set_availability),
        bind(api::kAvailabilityShow, service::show_availability),
        bind(api::kSlotList, service::list_slots),
        bind(api::kBookingList, service::list_bookings),
        bind(api::kBookingShow, service::show_booking),
        bind(api::kBookingCreate, service::create_booking),
        bind(api::kBookingConfirm, service::confirm_booking),
        bind(api::kBookingMove, service::move_booking),
        bind(api::kBookingCancel, service::cancel_booking),
        bind(api::kPolicySet, service::set_policy),
        bind(api::kPolicyShow, service::show_policy),
        bind(api::kReminderSend, service::send_reminders),
        bind(api::kOutboxList, service::list_outbox),
        bind(api::kStatus, service::show_status),
    };
}

}  // namespace portal::admin
