#include "store/statements.hpp"

#include "store/account_budget.hpp"
#include "store/audit.hpp"
#include "store/bankid.hpp"
#include "store/booking.hpp"
#include "store/booking_link.hpp"
#include "store/calendar_feed.hpp"
#include "store/consent.hpp"
#include "store/contact.hpp"
#include "store/credential.hpp"
#include "store/device.hpp"
#include "store/draft.hpp"
#include "store/due_visit.hpp"
#include "store/eid.hpp"
#include "store/exemption.hpp"
#include "store/expiry.hpp"
#include "store/group_visit.hpp"
#include "store/invitation.hpp"
#include "store/login.hpp"
#include "store/oidc.hpp"
#include "store/outbox.hpp"
#include "store/patient_message.hpp"
#include "store/person.hpp"
#include "store/registration.hpp"
#include "store/reminder.hpp"
#include "store/reset.hpp"
#include "store/room.hpp"
#include "store/session_list.hpp"
#include "store/sms_quota.hpp"
#include "store/staff.hpp"
#include "store/tenant.hpp"
#include "store/user.hpp"
#include "store/visit.hpp"
#include "store/waitlist.hpp"

namespace portal::store {

std::vector<Statement> all_statements() {
    const std::vector<std::span<const Statement>> nouns{
        account_budget_statements(), device_statements(),       sms_quota_statements(),
        session_list_statements(),   draft_statements(),        audit_statements(),
        bankid_statements(),         booking_statements(),      consent_statements(),
        calendar_feed_statements(),  expiry_statements(),       contact_statements(),
        credential_statements(),     eid_statements(),          exemption_statements(),
        invitation_statements(),     reset_statements(),        login_statements(),
        oidc_statements(),           outbox_statements(),       patient_message_statements(),
        person_statements(),         registration_statements(), staff_statements(),
        tenant_statements(),         user_statements(),         visit_statements(),
        due_visit_statements(),      group_visit_statements(),  reminder_statements(),
        booking_link_statements(),   room_statements(),         waitlist_statements()};
    std::vector<Statement> all;
    for (const auto& noun : nouns) all.insert(all.end(), noun.begin(), noun.end());
    return all;
}

}  // namespace portal::store
