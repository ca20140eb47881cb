#include "service/visit_invitation.hpp"

#include "base/encoding.hpp"
#include "crypto/seal.hpp"
#include "service/booking_change.hpp"
#include "service/booking_message.hpp"
#include "service/invitee.hpp"
#include "service/person.hpp"
#include "service/slot.hpp"
#include "service/visit_type.hpp"
#include "store/column.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::Instant;
using base::N_;

base::Error refuse(std::string_view field, const char* sentence) {
    auto error = base::make_error(ErrorCode::conflict, sentence);
    error.field = field;
    return error;
}

const char* time_field(const InviteToVisit& command) {
    return command.now ? "now" : command.starts ? "starts" : "time";
}

base::Result<Instant> local_start(const Session& session, const InviteToVisit& command) {
    if (!command.date) return base::invalid("date", N_("Choose a date."));
    if (!command.time) return base::invalid("time", N_("Choose a time of day."));
    const auto minute = base::parse_minute(*command.time);
    if (!minute) return base::invalid("time", N_("Write the time of day as 08:30."));
    PORTAL_TRY(zone, base::Zone::find(session.tenant().zone));
    return resolve_local(*command.date, *minute, zone, command.which);
}

base::Result<Instant> start_of(const Session& session, const InviteToVisit& command) {
    const bool local = command.date || command.time;
    if (int{command.now} + int{command.starts.has_value()} + int{local} > 1)
        return base::invalid(time_field(command), N_("Give one time only."));
    if (command.now) return Instant{std::chrono::floor<std::chrono::minutes>(session.now())};
    auto starts =
        command.starts ? base::Result<Instant>{*command.starts} : local_start(session, command);
    if (!starts) return starts;
    if (*starts < session.now())
        return refuse(time_field(command), N_("The time has already passed. Choose a later one."));
    if (auto near = check_near(*starts, session.now()); !near)
        return refuse(time_field(command), near.error().key.c_str());
    return starts;
}

base::Status check_reason(const InviteToVisit& command) {
    if (!command.allow_overlap || command.reason) return {};
    return base::invalid("reason", N_("Say why the visits may lie beside each other."));
}

/// What a repeated form must ask again. Keyed, since it holds a national id and what was written.
std::string act_of(const Session& session, const InviteToVisit& c,
                   const std::optional<NewPerson>& person) {
    const auto text = [](const std::optional<std::string>& value) { return value.value_or(""); };
    std::string all;
    for (const auto& part :
         {c.staff, c.visit_type, text(c.patient), text(c.colleague), text(c.message),
          c.starts ? base::format_instant(*c.starts) : std::string{},
          c.date ? base::format_day(*c.date) : std::string{}, text(c.time),
          c.which ? store::enum_text(*c.which) : std::string{}, text(c.reason),
          std::string{c.now ? "now" : ""},
          person ? person->member.full_name() + "|" + person->national_id->canonical.reveal() +
                       "|" + person->member.mobile.reveal()
                 : std::string{}})
        all += part + "|";
    return "booking.invite:" +
           base::format_hex(crypto::blind_index(session.services().keys, all)).substr(0, 40);
}

base::Result<store::VisitType> find_type(store::Tx& tx, const Session& session,
                                         const InviteToVisit& command, const store::Staff& staff) {
    PORTAL_TRY(type, resolve_visit_type(tx, session, command.visit_type));
    PORTAL_TRYV(require_bookable(session, staff, type));
    return type;
}

/// At the time that was chosen; beside another visit only where that is wanted, and marked so only
/// where there is one.
base::Result<BookedVisit> book_beside(store::Tx& tx, const Session& session,
                                      const InviteToVisit& command, NewVisit wanted) {
    auto booked = tx.attempt([&](store::Tx& inner) { return book_visit(inner, session, wanted); });
    if (booked || booked.error().key != store::kOverlap) return booked;
    if (!command.allow_overlap)
        return refuse(time_field(command), kBesideAnother)
            .with_hint("repeat it with --allow-overlap --reason TEXT");
    wanted.overlaps = true;
    wanted.reason = "overlap: " + *command.reason;
    return book_visit(tx, session, wanted);
}

struct Prepared {
    const InviteToVisit& command;
    std::optional<NewPerson> person;
    NewVisit wanted;
};

base::Result<BookingView> invite(store::Tx& tx, const Session& session, const Prepared& prepared,
                                 std::optional<base::AccountId> known) {
    const auto& command = prepared.command;
    PORTAL_TRY(before, find_claimed(
                           tx, session,
                           {key_of(session, command.key), act_of(session, command, prepared.person),
                            prepared.wanted.public_id}));
    if (before) return *before;
    auto wanted = prepared.wanted;
    PORTAL_TRY(staff, resolve_staff(tx, session, command.staff, "staff"));
    PORTAL_TRYV(authorize(session, Action::booking_invite, {{}, staff.person.id}));
    PORTAL_TRY(type, find_type(tx, session, command, staff));
    PORTAL_TRY(invited, find_or_add_invitee(tx, session, {command, prepared.person, known, staff}));
    wanted.staff = staff;
    wanted.type = type;
    wanted.patient = invited;
    PORTAL_TRY(visit, book_beside(tx, session, command, std::move(wanted)));
    return view_of(visit);
}

base::Result<Prepared> prepare(const Session& session, const InviteToVisit& command) {
    PORTAL_TRYV(check_reason(command));
    PORTAL_TRY(person, parse_invitee(session, command));
    PORTAL_TRY(starts, start_of(session, command));
    auto& random = session.services().random;
    NewVisit wanted;
    wanted.public_id = base::make_uuid(random);
    wanted.uid = base::make_uuid(random);
    wanted.starts = starts;
    wanted.origin = command.colleague ? BookingOrigin::internal
                    : command.now     ? BookingOrigin::book_now
                                      : BookingOrigin::staff;
    wanted.actor = BookingActor::staff;
    wanted.any_time = true;
    wanted.at_once = command.now;
    if (command.message)
        wanted.message_sealed = seal_booking_message(session, wanted.public_id, *command.message);
    return Prepared{command, std::move(person), std::move(wanted)};
}

}  // namespace

base::Result<BookingView> invite_to_visit(Session& session, const InviteToVisit& command) {
    PORTAL_TRYV(authorize(session, Action::booking_invite));
    PORTAL_TRY(prepared, prepare(session, command));
    const auto number =
        prepared.person ? prepared.person->national_id : std::optional<ParsedNationalId>{};
    BookingView view;
    PORTAL_TRYV(add_identified(
        session, number, [&](store::Tx& tx, std::optional<base::AccountId> known) -> base::Status {
            PORTAL_TRY(invited, invite(tx, session, prepared, known));
            view = invited;
            return {};
        }));
    session.services().wake_outbox();
    return view;
}

base::Result<InviteChoices> show_invite_choices(Session& session,
                                                const std::optional<base::Uuid>& patient) {
    PORTAL_TRYV(authorize(session, Action::booking_invite));
    const auto tenant = session.tenant().id;
    const auto own = session.who().staff_id;
    return session.services().store.read(tenant, [&](store::Tx& tx) -> base::Result<InviteChoices> {
        InviteChoices choices;
        PORTAL_TRY(types, store::list_visit_types(tx, tenant));
        for (const auto& type : types)
            if (!type.owner || *type.owner == own) choices.visit_types.push_back(type.view);
        PORTAL_TRY(everybody, store::list_staff(tx, tenant));
        for (const auto& staff : everybody) {
            if (staff.id == own) choices.bookable = staff.bookable;
            if (staff.id == own || staff.person.blocked) continue;
            choices.colleagues.push_back({staff.person.public_id, staff.person.full_name()});
        }
        if (!patient) return choices;
        PORTAL_TRY(member,
                   resolve_member(tx, session,
                                  {base::format_uuid(*patient), store::Role::patient, "patient"}));
        choices.patient = member.full_name();
        if (const auto may = check_named_patient(tx, session, member); !may)
            choices.obstacle = may.error();
        return choices;
    });
}

}  // namespace portal::service
