// What a clinic does with those who ask to be its patients: list, approve, reject; and whom an eID
// proved. Source: P5, P24, D4.
#include "service/authorize.hpp"
#include "service/new_person.hpp"
#include "service/record_audit.hpp"
#include "service/registration.hpp"
#include "service/registration_news.hpp"
#include "store/column.hpp"
#include "store/registration.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using store::Membership;

base::Result<RegistrationView> view_of(store::Tx& tx, const Session& session,
                                       const store::Registration& row) {
    RegistrationView view;
    view.id = row.public_id;
    view.name = row.full_name();
    view.state = row.state;
    view.origin = row.origin;
    view.email = row.email.reveal();
    view.mobile = row.mobile.reveal();
    view.reason = row.reason;
    view.created_at = row.created_at;
    view.decided_at = row.decided_at;
    if (row.account) {
        PORTAL_TRY(masked, store::find_masked_identity(tx, *row.account));
        view.national_id = masked.value_or("");
    }
    if (row.membership) {
        PORTAL_TRY(member, store::find_membership(tx, session.tenant().id, *row.membership));
        if (member) view.user = base::format_uuid(member->public_id);
    }
    return view;
}

base::Result<store::Registration> load_pending(store::Tx& tx, const Session& session,
                                               const base::Uuid& id) {
    PORTAL_TRY(row, store::find_registration(tx, session.tenant().id, id));
    if (!row) {
        auto error = base::make_error(ErrorCode::not_found, N_("There is no such registration."));
        error.field = "registration";
        return error;
    }
    if (row->state == RegistrationState::pending) return *row;
    return base::make_error(ErrorCode::conflict, N_("This registration is not waiting: {1}."),
                            {store::enum_text(row->state)});
}

base::Status save(store::Tx& tx, const Session& session, const store::Registration& row) {
    PORTAL_TRY(saved, store::save_registration(tx, session.tenant().id, row));
    if (!saved) return base::make_error(ErrorCode::stale, {});
    return {};
}

Membership receiver_of(const store::Registration& row) {
    Membership person;
    if (row.membership) person.id = *row.membership;
    person.first_name = row.first_name;
    person.last_name = row.last_name;
    person.email = row.email;
    person.mobile = row.mobile;
    person.language = row.language;
    return person;
}

/// "bankid-self": what has proved the person; empty where nothing has.
std::string proving_method(const store::Registration& row) {
    const auto dash = row.origin.find("-self");
    return dash == std::string::npos ? std::string{} : row.origin.substr(0, dash);
}

/// The profile of an approved registration; one that the clinic made meanwhile serves as well.
base::Result<Membership> make_member(store::Tx& tx, const Session& session,
                                     const store::Registration& row) {
    PORTAL_TRY(members, store::list_memberships_of(tx, session.tenant().id, *row.account));
    for (const auto& each : members)
        if (each.role == store::Role::patient) return each;
    NewPerson person;
    person.member = receiver_of(row);
    person.member.public_id = base::make_uuid(session.services().random);
    person.member.created_at = session.now();
    person.member.origin = row.origin;
    if (const auto method = proving_method(row); !method.empty()) {
        person.member.verified_at = row.created_at;
        person.member.verified_by = method;
        person.member.is_protected = row.reason == "protected";
    }
    if (!row.email.empty()) {
        PORTAL_TRY(folded, fold_address(row.email));
        person.folded_email = folded;
    }
    PORTAL_TRYV(add_member(tx, session, person, *row.account));
    PORTAL_TRYV(record_act(tx, session,
                           {"patient.create", "membership", person.member.id.value, row.origin}));
    PORTAL_TRYV(add_welcome(tx, session, person.member));
    return person.member;
}

base::Status tell(store::Tx& tx, const Session& session, const store::Registration& row,
                  text::MessageKind kind) {
    RegistrationNews news;
    news.kind = kind;
    news.cause = base::format_uuid(row.public_id);
    news.path = "/login";
    return queue_registration_news(tx, session, receiver_of(row), news);
}

}  // namespace

base::Result<RegistrationList> list_registrations(Session& session,
                                                  const ListRegistrations& command) {
    PORTAL_TRYV(authorize(session, Action::registration_list));
    const auto tenant = session.tenant().id;
    const auto state = command.state.value_or(RegistrationState::pending);
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<RegistrationList> {
            PORTAL_TRYV(record_act(tx, session, {"registration.list", "", 0}));
            PORTAL_TRY(rows, store::list_registrations(tx, tenant, state));
            RegistrationList list;
            for (const auto& row : rows) {
                PORTAL_TRY(view, view_of(tx, session, row));
                list.items.push_back(view);
            }
            return list;
        });
}

base::Result<RegistrationView> approve_registration(Session& session,
                                                    const ApproveRegistration& command) {
    PORTAL_TRYV(authorize(session, Action::registration_decide));
    auto done = session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<RegistrationView> {
            PORTAL_TRY(row, load_pending(tx, session, command.registration));
            PORTAL_TRY(member, make_member(tx, session, row));
            row.membership = member.id;
            row.state = RegistrationState::approved;
            row.decided_at = session.now();
            PORTAL_TRYV(save(tx, session, row));
            PORTAL_TRYV(tell(tx, session, row, text::MessageKind::registration_approved));
            PORTAL_TRYV(record_act(tx, session, {"registration.approve", "registration", row.id}));
            return view_of(tx, session, row);
        });
    if (done) session.services().wake_outbox();
    return done;
}

base::Result<RegistrationView> reject_registration(Session& session,
                                                   const RejectRegistration& command) {
    PORTAL_TRYV(authorize(session, Action::registration_decide));
    auto done = session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<RegistrationView> {
            PORTAL_TRY(row, load_pending(tx, session, command.registration));
            row.state = RegistrationState::rejected;
            row.reason = command.reason.value_or("");
            row.decided_at = session.now();
            PORTAL_TRYV(save(tx, session, row));
            PORTAL_TRYV(tell(tx, session, row, text::MessageKind::registration_rejected));
            PORTAL_TRYV(record_act(tx, session, {"registration.reject", "registration", row.id}));
            return view_of(tx, session, row);
        });
    if (done) session.services().wake_outbox();
    return done;
}

base::Status ask_approval(store::Tx& tx, const Session& session, base::AccountId account,
                          const VerifiedPerson& person) {
    store::Registration row;
    row.public_id = base::make_uuid(session.services().random);
    row.account = account;
    row.state = RegistrationState::pending;
    row.origin = store::enum_text(person.method) + "-self";
    row.first_name = person.given_name;
    row.last_name = person.surname;
    row.language = to_domain(session.language());
    row.reason = person.name_is_real ? "" : "protected";
    row.created_at = session.now();
    PORTAL_TRY(made, store::insert_registration(tx, session.tenant().id, row));
    if (!made) return {};
    RegistrationNews news;
    news.kind = text::MessageKind::registration_waiting;
    news.cause = base::format_uuid(row.public_id);
    news.path = "/login";
    PORTAL_TRYV(queue_registration_news(tx, session, contact_of(session), news));
    return record_act(tx, session, {"registration.ask", "account", account.value, row.origin});
}

}  // namespace portal::service
