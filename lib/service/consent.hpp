// Consent to the processing of personal data: asked once per clinic and version of its text, kept
// with what was read, withdrawn whenever one likes. Booking needs none; video rooms do.
// Thread rule: any; one call, one transaction. Source: C44, GDPR articles 4(11), 6(1)(a) and 7.
#pragma once

#include <optional>
#include <string>

#include "domain/consent.hpp"
#include "service/session.hpp"

namespace portal::service {

// Operators.
base::Result<domain::ConsentTextView> set_consent_text(Session& session,
                                                       const domain::SetConsentText& command);
base::Result<domain::ConsentTextView> show_consent_text(Session& session,
                                                        const domain::ShowConsentText& command);
base::Result<domain::ConsentList> list_consents(Session& session,
                                                const domain::ListConsents& command);
base::Result<domain::ConsentList> withdraw_consent(Session& session,
                                                   const domain::WithdrawConsent& command);

// The patient or relative himself.
struct ShownText {
    std::string version;
    domain::Language language = domain::Language::sv;  // the reader's, or what there is
    std::string body;
    base::Bytes hash;  // SHA-256 of body
};
struct OwnConsent {
    ShownText text;
    std::optional<base::Instant> given_at;  // a consent to this text stands
    bool gave_earlier = false;              // one to an earlier text stands, none to this
};
base::Result<OwnConsent> show_own_consent(Session& session);

struct ConsentReply {
    domain::ConsentAnswer answer = domain::ConsentAnswer::not_now;
    std::string text_hash;  // hex, of the text that the page showed
};
/// stale when the clinic has another text by now. Saying yes twice is one consent.
base::Status answer_consent(Session& session, const ConsentReply& reply);
base::Status withdraw_own_consent(Session& session);

/// Whether somebody who has just logged in is to be asked: a patient or relative who has not
/// answered this clinic's current text.
base::Result<bool> must_ask_consent(const Session& session, const Principal& who);
/// Whether a consent to the current text stands: what a room asks before it opens.
base::Result<bool> has_consent(store::Tx& tx, const Session& session, base::MembershipId person);

}  // namespace portal::service
