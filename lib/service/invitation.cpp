#include "service/invitation.hpp"

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "service/authorize.hpp"
#include "service/login_code.hpp"
#include "service/message.hpp"
#include "service/record_audit.hpp"
#include "service/user.hpp"
#include "store/invitation.hpp"
#include "text/message.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::hours;

constexpr hours kWindow{24};  // K21

base::Error no_way_in(const Session& session, const store::Membership& person, LoginReason reason) {
    return base::make_error(ErrorCode::conflict,
                            N_("This person has no way to log in: {1}. Nothing was sent."),
                            {reason_code(reason)})
        .with_hint(why_line(session, person));
}

base::Error no_address(const Session& session, const store::Membership& person) {
    auto error = base::make_error(ErrorCode::conflict, N_("This person has no e-mail address."));
    error.field = "person";
    return error.with_hint("portalctl invite letter -T " + session.tenant().slug + " " +
                           base::format_uuid(person.public_id) +
                           " --identity-checked-by NAME --how TEXT --out FILE");
}

base::Error sent_before() {
    return base::make_error(ErrorCode::conflict,
                            N_("This person was invited within the last 24 hours."))
        .with_hint("use --again to send another invitation; the older link then ends");
}

InvitationState state_of(const store::Invitation& row, base::Instant now) {
    if (row.ended == "used") return InvitationState::used;
    if (!row.ended.empty()) return InvitationState::ended;
    return row.expires_at > now ? InvitationState::open : InvitationState::expired;
}

base::Result<InvitationView> view_of(const store::Membership& person, const Invited& sent,
                                     base::Instant now) {
    return InvitationView{person.public_id,      person.full_name(), InvitationKind::mail,
                          InvitationState::open, sent.sent_to,       now,
                          sent.expires_at};
}

void mark(text::LoginWays& ways, LoginMethod method) {
    switch (method) {
        case LoginMethod::bankid:
            ways.bankid = true;
            break;
        case LoginMethod::mitid:
            ways.mitid = true;
            break;
        case LoginMethod::oidc:
            ways.oidc = true;
            break;
        case LoginMethod::password:
            ways.password = true;
            break;
    }
}

/// What one writes in front of the password.
base::Status name_identifier(store::Tx& tx, const Session& session, const store::Membership& person,
                             text::LoginWays& ways) {
    const auto& tenant = session.tenant();
    if (person.role == Audience::staff) return {};
    ways.number = tenant.login_identifier == LoginIdentifier::national_id;
    if (tenant.login_identifier != LoginIdentifier::login_name) return {};
    PORTAL_TRY(name, store::find_login_name(tx, tenant.id, person.account));
    ways.name = name.value_or("");
    return {};
}

}  // namespace

std::string why_line(const Session& session, const store::Membership& person) {
    return "portalctl login why -T " + session.tenant().slug + " " +
           base::format_uuid(person.public_id);
}

base::Result<WaysIn> find_ways(store::Tx& tx, const Session& session,
                               const store::Membership& person) {
    WaysIn found;
    const auto clinic = clinic_facts(session, person.role);
    PORTAL_TRY(facts, person_facts(tx, session, person));
    PORTAL_TRY(own, store::has_own_password(tx, session.tenant().id, person.account));
    facts.has_password = true;  // there is one, or the invitation leads to it
    for (const auto method : clinic.policy.methods) {
        const auto reason = decide_login(clinic, facts, method);
        if (reason == LoginReason::allowed)
            mark(found.ways, method);
        else if (found.first == LoginReason::allowed)
            found.first = reason;
    }
    if (clinic.policy.methods.empty()) found.first = LoginReason::method_not_allowed;
    found.ways.choose = found.ways.password && !own;
    found.ways.sms = code_by_sms(clinic, facts);
    PORTAL_TRYV(name_identifier(tx, session, person, found.ways));
    return found;
}

base::Result<Invited> queue_invitation(store::Tx& tx, const Session& session,
                                       const store::Membership& person) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    PORTAL_TRY(receiver, load_receiver(tx, session, person));
    if (receiver.person.email.empty()) return no_address(session, person);
    PORTAL_TRY(found, find_ways(tx, session, person));
    if (!found.any()) return no_way_in(session, person, found.first);
    const auto token = crypto::make_token(services.random);
    const auto hash = crypto::hash_token(token.reveal());
    const auto days = services.options.invitation_days;
    const auto expires_at = session.now() + hours{24 * days};
    PORTAL_TRYV(store::void_password_links(tx, tenant, person.account, session.now()));
    PORTAL_TRYV(store::insert_password_link(
        tx, tenant,
        {person.id, hash, session.now(), expires_at, store::LinkPurpose::invite, {}, {}, {}}));
    PORTAL_TRYV(record_act(tx, session, {"invite.send", "membership", person.id.value}));
    const auto url = tenant_url(services.options, session.tenant());
    Outgoing message;
    message.kind = text::MessageKind::invitation;
    message.cause = base::format_hex(hash);
    message.to = &receiver.person;
    message.view.page = url + "/login";
    message.view.link = url + "/invite/" + token.reveal();
    message.view.ways = found.ways;
    message.view.phone = session.tenant().phone;
    message.view.valid = text::format_duration(services.catalogue, to_text(person.language),
                                               std::chrono::minutes{hours{24 * days}});
    message.secret = true;
    message.expires_at = expires_at;
    PORTAL_TRYV(queue_message(tx, session, std::move(message)));
    return Invited{mask_email(receiver.person.email), expires_at};
}

base::Result<InvitationView> send_invitation(Session& session, const SendInvitation& command) {
    PORTAL_TRYV(authorize(session, Action::invitation_send));
    const auto tenant = session.tenant().id;
    const auto now = session.now();
    PORTAL_TRY(sent,
               session.services().store.write(
                   tenant, [&](store::Tx& tx) -> base::Result<std::optional<InvitationView>> {
                       PORTAL_TRY(person, resolve_user(tx, session, command.person, "person"));
                       PORTAL_TRY(last, store::find_last_invitation(tx, tenant, person.id));
                       const bool recent = last && *last > now - kWindow;
                       if (recent && !command.again) {
                           PORTAL_TRYV(record_act(
                               tx, session,
                               {"invite.refused", "membership", person.id.value, "sent-before"}));
                           return std::optional<InvitationView>{};
                       }
                       PORTAL_TRY(queued, queue_invitation(tx, session, person));
                       PORTAL_TRY(view, view_of(person, queued, now));
                       return std::optional{view};
                   }));
    if (!sent) return sent_before();
    session.services().wake_outbox();
    return *sent;
}

base::Result<InvitationList> list_invitations(Session& session, const ListInvitations& command) {
    PORTAL_TRYV(authorize(session, Action::invitation_list));
    const auto tenant = session.tenant().id;
    using Rows = std::vector<store::Invitation>;
    PORTAL_TRY(rows,
               session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<Rows> {
                   PORTAL_TRYV(record_act(tx, session, {"invite.list", "", 0}));
                   return store::list_invitations(tx, tenant);
               }));
    InvitationList list;
    for (const auto& row : rows) {
        const auto state = state_of(row, session.now());
        if (command.state && *command.state != state) continue;
        const auto kind = row.purpose == store::LinkPurpose::letter ? InvitationKind::letter
                                                                    : InvitationKind::mail;
        list.items.push_back(
            {row.person, row.full_name(), kind, state, {}, row.created_at, row.expires_at});
    }
    return list;
}

base::Result<CancelledView> cancel_invitation(Session& session, const CancelInvitation& command) {
    PORTAL_TRYV(authorize(session, Action::invitation_cancel));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<CancelledView> {
            PORTAL_TRY(person, resolve_user(tx, session, command.person, "person"));
            PORTAL_TRY(ended, store::cancel_invitations(tx, tenant, person.id, session.now()));
            if (ended == 0)
                return base::make_error(ErrorCode::conflict,
                                        N_("This person has no open invitation."));
            PORTAL_TRYV(record_act(tx, session, {"invite.cancel", "membership", person.id.value}));
            return CancelledView{person.public_id, ended};
        });
}

}  // namespace portal::service
