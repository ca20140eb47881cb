// The exemption from eID (N7): the clinic ticks and unticks it, confirms it again, and looks at it.
// A flag holds for one membership, so never at another clinic (P21). Thread rule: any; functions
// with a Tx& inside a write transaction. Source: P11-P22, D1, D2, D14.
#pragma once

#include <string>

#include "domain/exemption.hpp"
#include "service/session.hpp"
#include "store/exemption.hpp"

namespace portal::service {

base::Result<domain::ExemptionView> create_exemption(Session& session,
                                                     const domain::CreateExemption& command);
base::Result<domain::ExemptionView> confirm_exemption(Session& session,
                                                      const domain::ConfirmExemption& command);
base::Result<domain::ExemptionView> end_exemption(Session& session,
                                                  const domain::EndExemption& command);
base::Result<domain::ExemptionView> show_exemption(Session& session,
                                                   const domain::ShowExemption& command);
base::Result<domain::ExemptionList> list_exemptions(Session& session,
                                                    const domain::ListExemptions& command);

/// What the clinic states when it ticks "no eID".
struct ExemptionFacts {
    std::string reason;
    std::string checked_by;
    std::string checked_how;
    base::LocalDay checked_on{};
    domain::AddressOwner address_owner = domain::AddressOwner::own;
    bool address_confirmed = false;
    std::optional<base::Email> code_address{};
    std::optional<base::LocalDay> review_on{};
};
/// Begins an exemption: voids what this clinic (or the person alone, here) proved before, counts as
/// verified, and mails a link for a password to the code address. Also from `patient create`, in
/// its transaction (P12). invalid or conflict at the field that is missing or in doubt (P17, P18).
base::Result<store::Exemption> begin_exemption(store::Tx& tx, const Session& session,
                                               const store::Membership& person,
                                               const ExemptionFacts& facts);

/// Whoever changes a person's e-mail address calls this in the same transaction: tells the old
/// address, voids links that lie there, and suspends an exemption whose code address it was; then
/// the sessions that rest on it end. True when it did suspend.
struct AddressChange {
    const store::Membership* person = nullptr;  // as it was
    base::Email now;                            // empty: taken away
};
base::Result<bool> note_address_change(store::Tx& tx, const Session& session,
                                       const AddressChange& change);

/// Tells what the person was reached at that it counts no longer (D2). `person`: as it was.
base::Status tell_old_address(store::Tx& tx, const Session& session,
                              const store::Membership& person, const base::Uuid& cause);

}  // namespace portal::service
