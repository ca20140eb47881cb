// Consent texts and what people answered. Source: C44.
#pragma once

#include "api/operation.hpp"
#include "domain/consent.hpp"

namespace portal::api {

inline constexpr Operation<domain::SetConsentText, domain::ConsentTextView> kConsentSetText{
    "consent.set-text",
    "POST",
    "/v1/tenants/{tenant}/consent-text",
    Access::write,
    "consent",
    "Set the text that people are asked to consent to; everybody is asked anew",
    "-T solna --language sv --text-file samtycke.txt\n"
    "-T solna --language en --text-file consent.txt --translation"};

inline constexpr Operation<domain::ShowConsentText, domain::ConsentTextView> kConsentShowText{
    "consent.show-text",
    "GET",
    "/v1/tenants/{tenant}/consent-text",
    Access::read,
    "consent",
    "Show the current text and how many have answered it",
    "-T solna\n"
    "-T solna --language en -o json"};

inline constexpr Operation<domain::ListConsents, domain::ConsentList> kConsentList{
    "consent.list",
    "POST",
    "/v1/tenants/{tenant}/consents/find",
    Access::read,
    "consent",
    "List what people have answered, of all or of one",
    "-T solna\n"
    "-T solna anna@example.org -o json"};

inline constexpr Operation<domain::WithdrawConsent, domain::ConsentList> kConsentWithdraw{
    "consent.withdraw",
    "POST",
    "/v1/tenants/{tenant}/consents/withdraw",
    Access::write,
    "consent",
    "Withdraw a person's consent for him, as he asked the clinic to",
    "-T solna anna@example.org --reason 'by letter of 3 May'"};

}  // namespace portal::api
