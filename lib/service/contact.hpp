// A person's own contact details: seeing them, and changing e-mail address or mobile number. Both
// are login factors, so a change needs a login of a few minutes ago, a code to the new address, and
// the old one is told. Somebody else's address is answered like a free one; its owner is told.
// Thread rule: any. Source: K30, D2, L6, ASVS 7.5.1.
#pragma once

#include <optional>
#include <string>

#include "service/session.hpp"

namespace portal::service {

enum class ContactKind { email, mobile };
BOOST_DESCRIBE_ENUM(ContactKind, email, mobile)

struct ContactView {
    std::string name;
    base::Email email;
    base::Phone mobile;
    domain::Language language = domain::Language::sv;
    base::Email code_address;                  // of an exemption, where it is not `email`
    bool email_ends_login = false;             // a new e-mail address waits for the clinic (D2)
    std::optional<domain::CodeChannel> lacks;  // what a login by password and code still needs
    bool sms = false;                          // a code can go to a mobile number
};
base::Result<ContactView> show_contact(Session& session);

/// Whether the login is recent enough to open a page that changes a login factor.
bool is_fresh(const Session& session);

struct ContactChange {
    ContactKind what = ContactKind::email;
    std::string value;  // as typed
    base::Bytes key;    // of the form: sent twice, it is one code
};
struct ContactAsked {
    std::string sent_to;  // in full: a slip of the finger shall show
    bool by_sms = false;
};
/// invalid at "value"; conflict where no text message can be sent; rate_limited; forbidden when the
/// login is too old.
base::Result<ContactAsked> begin_contact_change(Session& session, const ContactChange& change);
/// Where the code went, for showing the page again; not_found when it is over.
base::Result<ContactAsked> show_contact_change(Session& session, ContactKind what);

struct ContactSaved {
    bool suspended = false;  // the exemption waits for the clinic; every session has ended
};
/// `code` as typed. invalid or unauthenticated at "code"; not_found when it is over; conflict when
/// somebody else has got the address meanwhile.
base::Result<ContactSaved> finish_contact_change(Session& session, ContactKind what,
                                                 std::string_view code);

/// Of messages and pages.
base::Status change_language(Session& session, domain::Language language);

}  // namespace portal::service
