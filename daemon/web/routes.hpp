// The table of pages. Each noun's file adds its own rows. Thread rule: at start only.
#pragma once

#include <vector>

#include "daemon/web/context.hpp"

namespace portal::web {

/// Who may come this far. What they may do there is the service's question.
/// visitor: a patient, and everybody where the clinic shows its free times to all (K10).
/// administrator: of the unit; for others the page does not exist (C54).
enum class Entry { everybody, visitor, member, patient, staff, administrator };

struct PageRoute {
    std::string_view method;
    std::string_view pattern;
    Answer (*handler)(Context&);
    Entry entry = Entry::member;
    std::optional<domain::Module> module{};  // off: the page does not exist (X1)
    bool hashes = false;                     // computes a password hash
    std::vector<std::string_view> fields{};  // of its form, form_token aside
    bool keeps_draft = true;                 // what was typed outlives the session (L12)
};

std::vector<PageRoute> login_routes();
std::vector<PageRoute> bankid_routes();
std::vector<PageRoute> oidc_routes();
std::vector<PageRoute> password_routes();
std::vector<PageRoute> reset_routes();
std::vector<PageRoute> letter_routes();
std::vector<PageRoute> session_routes();
std::vector<PageRoute> sessions_routes();
std::vector<PageRoute> draft_routes();
std::vector<PageRoute> slot_routes();
std::vector<PageRoute> availability_routes();
std::vector<PageRoute> guest_routes();
std::vector<PageRoute> booking_routes();
std::vector<PageRoute> book_routes();
std::vector<PageRoute> room_routes();
std::vector<PageRoute> staff_routes();
std::vector<PageRoute> staff_bookings_routes();
std::vector<PageRoute> staff_visit_routes();
std::vector<PageRoute> invite_routes();
std::vector<PageRoute> booking_message_routes();
std::vector<PageRoute> profile_routes();
std::vector<PageRoute> unit_staff_routes();
std::vector<PageRoute> unit_patient_routes();
std::vector<PageRoute> calendar_routes();
std::vector<PageRoute> visit_type_routes();
std::vector<PageRoute> waitlist_routes();
std::vector<PageRoute> contact_routes();
std::vector<PageRoute> consent_routes();
std::vector<PageRoute> help_routes();
std::vector<PageRoute> register_routes();
std::vector<PageRoute> message_routes();

/// Each page's template against its view, at start.
base::Status check_login(text::Templates& templates);
base::Status check_bankid(text::Templates& templates);
base::Status check_sessions(text::Templates& templates);
base::Status check_draft(text::Templates& templates);
base::Status check_password(text::Templates& templates);
base::Status check_slots(text::Templates& templates);
base::Status check_availability_pages(text::Templates& templates);
base::Status check_guest(text::Templates& templates);
base::Status check_booking(text::Templates& templates);
base::Status check_book(text::Templates& templates);
base::Status check_room(text::Templates& templates);
base::Status check_staff(text::Templates& templates);
base::Status check_staff_bookings(text::Templates& templates);
base::Status check_staff_visit(text::Templates& templates);
base::Status check_invite(text::Templates& templates);
base::Status check_booking_message(text::Templates& templates);
base::Status check_profile(text::Templates& templates);
base::Status check_unit(text::Templates& templates);
base::Status check_calendar(text::Templates& templates);
base::Status check_visit_types(text::Templates& templates);
base::Status check_waitlist(text::Templates& templates);
base::Status check_contact(text::Templates& templates);
base::Status check_consent(text::Templates& templates);
base::Status check_help(text::Templates& templates);
base::Status check_register(text::Templates& templates);
base::Status check_message(text::Templates& templates);

}  // namespace portal::web
