// Everybody of a tenant, whatever their role. Source: P9, P10, K11, K12, R12, R13, D1, D4, X5.
// Thread rule: any; one call, one transaction, but where a number is looked up first.
#pragma once

#include <string_view>

#include "domain/user.hpp"
#include "domain/user_link.hpp"
#include "service/person.hpp"

namespace portal::service {

base::Result<domain::UserList> list_users(Session& session, const domain::ListUsers& command);
base::Result<domain::UserView> show_user(Session& session, const domain::ShowUser& command);
/// What the person lacks for each login, by the function that every login asks (N2).
base::Result<domain::UserCheck> check_user(Session& session, const domain::ShowUser& command);
/// Relatives; patients and staff have their own nouns, which know more fields.
base::Result<domain::UserView> create_user(Session& session, const domain::CreateUser& command);
/// A notice goes to the address or number that was changed (D2).
base::Result<domain::UserView> set_user(Session& session, const domain::SetUser& command);
/// Without `user`: as create, by national id, the same answer whether or not the person is known.
/// With it: one who is here in another role.
base::Result<domain::UserView> link_user(Session& session, const domain::LinkUser& command);
/// `dry_run` writes nothing at all.
base::Result<domain::MergePlan> merge_users(Session& session, const domain::MergeUsers& command);

/// By id, e-mail address or login name, in whichever role; not_found at `field`, conflict where the
/// name means several roles (their ids in it).
base::Result<store::Membership> resolve_user(store::Tx& tx, const Session& session,
                                             std::string_view reference, std::string_view field);
/// The same in one role; not_found at the field.
base::Result<store::Membership> resolve_role(store::Tx& tx, const Session& session,
                                             const Wanted& wanted);
base::Result<domain::UserView> user_view(store::Tx& tx, const Session& session,
                                         const store::Membership& member);

}  // namespace portal::service
