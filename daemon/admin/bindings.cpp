// Each operation and its use case, a line each.
#include "api/availability.hpp"
#include "api/booking.hpp"
#include "api/consent.hpp"
#include "api/exemption.hpp"
#include "api/invite.hpp"
#include "api/login.hpp"
#include "api/outbox.hpp"
#include "api/patient.hpp"
#include "api/policy.hpp"
#include "api/reminder.hpp"
#include "api/reset.hpp"
#include "api/slot.hpp"
#include "api/staff.hpp"
#include "api/status.hpp"
#include "api/tenant.hpp"
#include "api/user.hpp"
#include "api/visit_type.hpp"
#include "daemon/admin/admin.hpp"
#include "service/booking.hpp"
#include "service/consent.hpp"
#include "service/exemption.hpp"
#include "service/invitation.hpp"
#include "service/letter.hpp"
#include "service/login_why.hpp"
#include "service/operation.hpp"
#include "service/password_reset.hpp"
#include "service/person.hpp"
#include "service/policy.hpp"
#include "service/tenant.hpp"
#include "service/user.hpp"
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
        bind(api::kUserList, service::list_users),
        bind(api::kUserShow, service::show_user),
        bind(api::kUserCheck, service::check_user),
        bind(api::kUserCreate, service::create_user),
        bind(api::kUserSet, service::set_user),
        bind(api::kUserLink, service::link_user),
        bind(api::kUserMerge, service::merge_users),
        bind(api::kUserSetPassword, service::send_password_link),
        bind(api::kInviteSend, service::send_invitation),
        bind(api::kInviteList, service::list_invitations),
        bind(api::kInviteCancel, service::cancel_invitation),
        bind(api::kInviteLetter, service::make_letter),
        bind(api::kResetConfirm, service::confirm_reset),
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
        bind(api::kExemptionCreate, service::create_exemption),
        bind(api::kExemptionConfirm, service::confirm_exemption),
        bind(api::kExemptionEnd, service::end_exemption),
        bind(api::kExemptionShow, service::show_exemption),
        bind(api::kExemptionList, service::list_exemptions),
        bind(api::kPolicySet, service::set_policy),
        bind(api::kPolicyShow, service::show_policy),
        bind(api::kPolicyExplain, service::explain_policy),
        bind(api::kLoginWhy, service::explain_login),
        bind(api::kConsentSetText, service::set_consent_text),
        bind(api::kConsentShowText, service::show_consent_text),
        bind(api::kConsentList, service::list_consents),
        bind(api::kConsentWithdraw, service::withdraw_consent),
        bind(api::kReminderSend, service::send_reminders),
        bind(api::kOutboxList, service::list_outbox),
        bind(api::kStatus, service::show_status),
    };
}

}  // namespace portal::admin
