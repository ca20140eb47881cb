// Each operation and its use case, a line each.
#include "api/availability.hpp"
#include "api/booking.hpp"
#include "api/consent.hpp"
#include "api/exemption.hpp"
#include "api/feed.hpp"
#include "api/invite.hpp"
#include "api/login.hpp"
#include "api/outbox.hpp"
#include "api/patient.hpp"
#include "api/policy.hpp"
#include "api/registration.hpp"
#include "api/reminder.hpp"
#include "api/reset.hpp"
#include "api/session.hpp"
#include "api/simulate.hpp"
#include "api/slot.hpp"
#include "api/staff.hpp"
#include "api/status.hpp"
#include "api/tenant.hpp"
#include "api/user.hpp"
#include "api/visit_type.hpp"
#include "api/waitlist.hpp"
#include "daemon/admin/admin.hpp"
#include "service/booking.hpp"
#include "service/booking_message.hpp"
#include "service/consent.hpp"
#include "service/exemption.hpp"
#include "service/feed.hpp"
#include "service/invitation.hpp"
#include "service/letter.hpp"
#include "service/login_why.hpp"
#include "service/operation.hpp"
#include "service/password_reset.hpp"
#include "service/person.hpp"
#include "service/policy.hpp"
#include "service/registration.hpp"
#include "service/schedule.hpp"
#include "service/session_list.hpp"
#include "service/simulate.hpp"
#include "service/staff.hpp"
#include "service/tenant.hpp"
#include "service/user.hpp"
#include "service/availability.hpp"
#include "service/slot.hpp"
#include "service/visit_invitation.hpp"
#include "service/visit_type.hpp"
#include "service/waitlist.hpp"

namespace portal::admin {

namespace {

std::vector<Binding> people_bindings() {
    return {
        bind(api::kTenantCreate, service::create_tenant),
        bind(api::kTenantList, service::list_tenants),
        bind(api::kTenantShow, service::show_tenant),
        bind(api::kTenantSet, service::set_tenant),
        bind(api::kStaffCreate, service::create_staff),
        bind(api::kStaffList, service::list_staff),
        bind(api::kStaffShow, service::show_staff),
        bind(api::kStaffSet, service::set_staff),
        bind(api::kStaffDelete, service::delete_staff),
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
        bind(api::kExemptionCreate, service::create_exemption),
        bind(api::kExemptionConfirm, service::confirm_exemption),
        bind(api::kExemptionEnd, service::end_exemption),
        bind(api::kExemptionShow, service::show_exemption),
        bind(api::kExemptionList, service::list_exemptions),
        bind(api::kPolicySet, service::set_policy),
        bind(api::kPolicyShow, service::show_policy),
        bind(api::kPolicyExplain, service::explain_policy),
        bind(api::kLoginWhy, service::explain_login),
        bind(api::kLoginUnlock, service::unlock_login),
        bind(api::kSessionList, service::list_sessions),
        bind(api::kSessionEnd, service::end_sessions),
        bind(api::kConsentSetText, service::set_consent_text),
        bind(api::kConsentShowText, service::show_consent_text),
        bind(api::kConsentList, service::list_consents),
        bind(api::kConsentWithdraw, service::withdraw_consent),
        bind(api::kRegistrationList, service::list_registrations),
        bind(api::kRegistrationApprove, service::approve_registration),
        bind(api::kRegistrationReject, service::reject_registration),
        bind(api::kReminderSend, service::send_reminders),
        bind(api::kOutboxList, service::list_outbox),
        bind(api::kSimulate, service::simulate),
        bind(api::kStatus, service::show_status),
    };
}

std::vector<Binding> visit_bindings() {
    return {
        bind(api::kVisitTypeCreate, service::create_visit_type),
        bind(api::kVisitTypeList, service::list_visit_types),
        bind(api::kVisitTypeShow, service::show_visit_type),
        bind(api::kVisitTypeSet, service::set_visit_type),
        bind(api::kVisitTypeDelete, service::delete_visit_type),
        bind(api::kAvailabilitySet, service::set_availability),
        bind(api::kAvailabilityShow, service::show_availability),
        bind(api::kAvailabilityAddException, service::add_exceptions),
        bind(api::kAvailabilityRemoveException, service::remove_exception),
        bind(api::kAvailabilityClose, service::close_days),
        bind(api::kSlotList, service::list_slots),
        bind(api::kBookingList, service::list_bookings),
        bind(api::kBookingShow, service::show_booking),
        bind(api::kBookingCreate, service::create_booking),
        bind(api::kBookingConfirm, service::confirm_booking),
        bind(api::kBookingMove, service::move_booking),
        bind(api::kBookingCancel, service::cancel_booking),
        bind(api::kBookingDone, service::finish_booking),
        bind(api::kBookingNoShow, service::miss_booking),
        bind(api::kBookingInvite, service::invite_to_visit),
        bind(api::kBookingSet, service::set_booking),
        bind(api::kFeedList, service::list_feeds),
        bind(api::kFeedRevoke, service::revoke_feed),
        bind(api::kWaitlistList, service::list_waitlist),
        bind(api::kWaitlistOffers, service::list_waitlist_offers),
        bind(api::kWaitlistAdd, service::join_waitlist),
        bind(api::kWaitlistRemove, service::leave_waitlist),
    };
}

}  // namespace

std::vector<Binding> all_bindings() {
    auto all = people_bindings();
    for (auto& binding : visit_bindings()) all.push_back(std::move(binding));
    return all;
}

}  // namespace portal::admin
