#include "service/session_list.hpp"

#include <algorithm>

#include "service/authorize.hpp"
#include "service/login_budget.hpp"
#include "service/record_audit.hpp"
#include "service/user.hpp"
#include "store/session_list.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::N_;
using std::chrono::minutes;

store::OpenSince open_since(const Session& session) {
    const auto& options = session.services().options;
    const auto now = session.now();
    return {now, now - minutes{options.patient_idle_minutes},
            now - minutes{options.staff_idle_minutes}};
}

base::Error not_open(std::string field) {
    auto error = base::make_error(base::ErrorCode::not_found, N_("There is no such open session."));
    error.field = std::move(field);
    return error;
}

base::Status check_which(const EndSessions& command) {
    const int given = (command.session ? 1 : 0) + (command.person ? 1 : 0) + (command.all ? 1 : 0);
    if (given == 1) return {};
    return base::invalid("session",
                         N_("Say which: the id of one session, --person, or --all for everybody."));
}

}  // namespace

base::Result<SessionList> list_sessions(Session& session, const ListSessions& command) {
    PORTAL_TRYV(authorize(session, Action::session_list));
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<SessionList> {
        std::optional<base::MembershipId> of;
        if (command.person) {
            PORTAL_TRY(person, resolve_user(tx, session, *command.person, "person"));
            of = person.id;
        }
        PORTAL_TRYV(
            record_act(tx, session, {"session.list", of ? "membership" : "", of ? of->value : 0}));
        PORTAL_TRY(items, store::list_sessions(tx, tenant, open_since(session), of));
        return SessionList{items};
    });
}

base::Result<EndedSessions> end_sessions(Session& session, const EndSessions& command) {
    PORTAL_TRYV(authorize(session, Action::session_end));
    PORTAL_TRYV(check_which(command));
    const auto tenant = session.tenant().id;
    return session.services().store.write(
        tenant, [&](store::Tx& tx) -> base::Result<EndedSessions> {
            store::EndWhich which;
            which.session = command.session;
            if (command.person) {
                PORTAL_TRY(person, resolve_user(tx, session, *command.person, "person"));
                which.membership = person.id;
            }
            PORTAL_TRY(ended, store::end_sessions(tx, tenant, open_since(session), which));
            if (command.session && ended == 0) return not_open("session");
            PORTAL_TRYV(record_act(
                tx, session,
                {"session.end", which.membership ? "membership" : "",
                 which.membership ? which.membership->value : 0, command.all ? "all" : ""}));
            return EndedSessions{ended};
        });
}

base::Result<UnlockedLogin> unlock_login(Session& session, const UnlockLogin& command) {
    PORTAL_TRYV(authorize(session, Action::login_unlock));
    return session.services().store.write(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<UnlockedLogin> {
            PORTAL_TRY(person, resolve_user(tx, session, command.person, "person"));
            PORTAL_TRY(until, throttled_until(tx, session, person.account));
            PORTAL_TRYV(clear_budgets(tx, session, person.account));
            PORTAL_TRYV(record_act(tx, session, {"login.unlock", "membership", person.id.value}));
            return UnlockedLogin{person.public_id, until};
        });
}

base::Result<std::vector<OwnSession>> list_own_sessions(Session& session) {
    PORTAL_TRYV(authorize(session, Action::own_sessions));
    const auto tenant = session.tenant().id;
    const auto& who = session.who();
    return session.services().store.read(
        tenant, [&](store::Tx& tx) -> base::Result<std::vector<OwnSession>> {
            PORTAL_TRY(views, store::list_sessions(tx, tenant, open_since(session), who.person.id));
            PORTAL_TRY(current, store::find_session_id(tx, tenant, who.session));
            std::vector<OwnSession> all;
            for (const auto& view : views) all.push_back({view, view.id == current});
            std::stable_partition(all.begin(), all.end(),
                                  [](const OwnSession& each) { return each.current; });
            return all;
        });
}

base::Status end_own_session(Session& session, const base::Uuid& id) {
    PORTAL_TRYV(authorize(session, Action::own_sessions));
    const auto tenant = session.tenant().id;
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Status {
        const auto me = session.who().person.id;
        PORTAL_TRY(ended, store::end_sessions(tx, tenant, open_since(session), {id, me, {}}));
        if (ended == 0) return not_open("");
        return record_act(tx, session, {"session.end", "membership", me.value, "own"});
    });
}

base::Result<std::int64_t> end_other_sessions(Session& session) {
    PORTAL_TRYV(authorize(session, Action::own_sessions));
    const auto tenant = session.tenant().id;
    const auto& who = session.who();
    return session.services().store.write(tenant, [&](store::Tx& tx) -> base::Result<std::int64_t> {
        PORTAL_TRY(ended, store::end_sessions(tx, tenant, open_since(session),
                                              {{}, who.person.id, who.session}));
        PORTAL_TRYV(
            record_act(tx, session, {"session.end", "membership", who.person.id.value, "others"}));
        return ended;
    });
}

TimeLeft time_left(const Session& session) {
    const auto& options = session.services().options;
    const bool staff = session.who().kind == Principal::staff;
    const minutes idle{staff ? options.staff_idle_minutes : options.patient_idle_minutes};
    const auto most =
        std::chrono::duration_cast<std::chrono::seconds>(session.who().expires_at - session.now());
    return {idle, std::max(most, std::chrono::seconds{0})};
}

}  // namespace portal::service
