#include "daemon/web/room.hpp"

#include <algorithm>

#include "base/json.hpp"
#include "daemon/http/address.hpp"
#include "daemon/web/routes.hpp"
#include "service/room.hpp"
#include "service/session_list.hpp"
#include "text/message.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::Awaits;
using domain::RoomState;
using std::chrono::seconds;
using text::DateStyle;

/// From an hour before the room opens the page looks for itself, and keeps its reader logged in.
constexpr seconds kWaits = std::chrono::hours{1};
constexpr std::int64_t kLookEvery = 10;  // seconds

std::string path_of(const domain::BookingView& visit) {
    return "/bookings/" + base::format_uuid(visit.id) + "/room";
}

base::Result<base::Uuid> id_of(const Context& context) {
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    return *id;
}

/// Until the room opens; a part of a second counts as one.
std::int64_t seconds_to(const Context& context, const service::RoomView& room) {
    const auto left = std::chrono::ceil<seconds>(room.opens - context.session().now());
    return room.state == RoomState::too_early ? std::max<std::int64_t>(left.count(), 1) : 0;
}

std::int64_t next_look(const Context& context, const service::RoomView& room) {
    const bool changes = room.state == RoomState::open || room.state == RoomState::too_early ||
                         room.state == RoomState::unconfirmed;
    if (!changes || room.opens - context.session().now() > kWaits) return 0;
    if (room.state != RoomState::too_early) return kLookEvery;
    return std::min(kLookEvery, seconds_to(context, room));
}

std::int64_t minutes_to(const Context& context, const service::RoomView& room) {
    return std::chrono::ceil<std::chrono::minutes>(seconds{seconds_to(context, room)}).count();
}

std::string key_of(const Context& context, const service::RoomView& room) {
    std::string key = base::type_of<RoomState>().get_text(&room.state);
    for (const bool fact : {room.inside, room.elsewhere, room.needs_consent, room.staff_there})
        key += fact ? "-1" : "-0";
    return key + "-" + std::to_string(room.patients_there.size()) + "-" +
           std::to_string(minutes_to(context, room));
}

std::string fill(const Context& context, const char* sentence,
                 std::initializer_list<std::string> values) {
    return base::fill_arguments(context.word(sentence), std::vector<std::string>{values});
}

std::string come_sentence(const Context& context, const std::string& name, bool there) {
    return fill(context, there ? N_("{1} is here.") : N_("{1} has not come yet."), {name});
}

void show_people(const Context& context, const service::RoomView& room, RoomPage& page) {
    const bool group = room.visit.kind == domain::VisitKind::video_group;
    const auto& patients = room.patients_there;
    if (room.as_patient) {
        page.people.push_back(come_sentence(context, room.visit.staff, room.staff_there));
        if (group && !patients.empty())
            page.people.push_back(
                fill(context, N_("Patients in the room: {1}"), {std::to_string(patients.size())}));
        return;
    }
    if (!group) {
        page.people.push_back(come_sentence(context, room.visit.patient, !patients.empty()));
        return;
    }
    for (const auto& name : patients) page.people.push_back(come_sentence(context, name, true));
    if (patients.empty()) page.people.push_back(context.word(N_("Nobody has come yet.")));
}

void show_open(const Context& context, const service::RoomView& room, RoomPage& page) {
    page.inside = room.inside;
    if (room.needs_consent) {
        page.says = context.word(N_("Before you meet by video, the clinic asks for your consent."));
        page.next = "/consent?next=" + http::percent_encode(path_of(room.visit));
        page.next_label = context.word(N_("Read and answer"));
        return;
    }
    show_people(context, room, page);
    if (room.inside) {
        page.says = context.word(N_("You are in the room."));
        const bool alone = room.as_patient ? !room.staff_there : room.patients_there.empty();
        if (alone) page.hint = context.word(N_("Please wait here."));
        return;
    }
    page.says = context.word(room.elsewhere ? N_("You have opened this visit on another device.")
                                            : N_("The room is open. You can start the visit."));
    if (room.elsewhere)
        page.hint = context.word(N_("If you go on here, the other device leaves the room."));
    page.start = context.word(room.elsewhere ? N_("Go on here") : N_("Start the visit"));
}

void show_early(const Context& context, const service::RoomView& room, RoomPage& page) {
    page.says =
        fill(context, N_("The room opens: {1}."), {context.when(room.opens, DateStyle::full)});
    page.hint = context.word(N_("You can wait on this page or come back then."));
    if (seconds{seconds_to(context, room)} > std::chrono::hours{2}) return;
    page.count =
        fill(context, N_("It opens in {1}."),
             {text::format_duration(context.services().catalogue, context.session().language(),
                                    std::chrono::minutes{minutes_to(context, room)})});
}

void show_unconfirmed(const Context& context, const service::RoomView& room, RoomPage& page) {
    page.says = context.word(N_("The room stays closed until the visit is confirmed."));
    if (room.visit.awaits == Awaits::clinic) {
        page.hint = context.word(N_("The clinic has not confirmed it yet."));
    } else if (room.as_patient) {
        page.hint = context.word(N_("Please confirm that you are coming."));
    } else {
        page.hint = context.word(N_("The patient has not confirmed it yet."));
    }
    page.next = "/bookings/" + base::format_uuid(room.visit.id);
    page.next_label = context.word(N_("Go to the visit"));
}

const char* closed_sentence(RoomState state) {
    if (state == RoomState::cancelled) return N_("This visit is cancelled.");
    if (state == RoomState::lapsed) return N_("This visit was not confirmed in time.");
    if (state == RoomState::no_room) return N_("This is not a video visit.");
    return N_("This visit is over.");
}

RoomPage room_page(const Context& context, const service::RoomView& room) {
    RoomPage page;
    page.frame = context.frame(N_("Your video visit"));
    // The page itself offers the meeting.
    if (page.frame.room && page.frame.room->href == path_of(room.visit)) page.frame.room.reset();
    page.id = base::format_uuid(room.visit.id);
    page.when = context.when(room.visit.starts, DateStyle::full);
    const bool group = room.visit.kind == domain::VisitKind::video_group;
    if (room.as_patient)
        page.with = room.visit.staff_title.empty()
                        ? room.visit.staff
                        : room.visit.staff + ", " + room.visit.staff_title;
    else if (!group)
        page.with = room.visit.patient;
    page.what = room.visit.visit_type;
    if (room.state == RoomState::open)
        show_open(context, room, page);
    else if (room.state == RoomState::too_early)
        show_early(context, room, page);
    else if (room.state == RoomState::unconfirmed)
        show_unconfirmed(context, room, page);
    else
        page.says = context.word(closed_sentence(room.state));
    const auto look = next_look(context, room);
    page.looks = look > 0;
    page.look = std::to_string(look);
    page.back = context.session().who().kind == service::Principal::staff ? "/staff" : "/bookings";
    page.key = key_of(context, room);
    page.script = context.static_path("room.js");
    page.token = context.form_token();
    return page;
}

Answer show_room(Context& context) {
    PORTAL_TRY(id, id_of(context));
    PORTAL_TRY(room, service::show_room(context.session(), id));
    auto page = room_page(context, room);
    if (context.request().query.text("done") == "left" && !room.inside)
        page.frame.done = context.word(N_("You have left the room."));
    return context.page("room", page);
}

base::Result<RoomStatus> status_of(Context& context) {
    PORTAL_TRY(id, id_of(context));
    PORTAL_TRY(room, service::show_room(context.session(), id));
    const auto left = service::time_left(context.session());
    return RoomStatus{base::type_of<RoomState>().get_text(&room.state),
                      room.inside,
                      key_of(context, room),
                      seconds_to(context, room),
                      next_look(context, room),
                      left.next().count(),
                      left.most.count()};
}

Answer show_room_json(Context& context) {
    const auto status = status_of(context);
    if (status) return http::json(base::to_json(*status));
    return http::json(base::error_json(status.error()),
                      base::error_row(status.error().code).http_status);
}

Answer post_room(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(id, id_of(context));
    const auto entered = service::enter_room(context.session(), id);
    if (entered) return http::redirect(path_of(entered->visit));
    const auto& error = entered.error();
    if (service::is_consent_missing(error))
        return http::redirect("/consent?next=" + http::percent_encode(context.here()));
    if (error.code != base::ErrorCode::conflict) return error;
    PORTAL_TRY(room, service::show_room(context.session(), id));
    auto page = room_page(context, room);
    context.show_error(error, page.frame);
    return context.page("room", page, base::error_row(error.code).http_status);
}

Answer post_leave(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(id, id_of(context));
    PORTAL_TRYV(service::leave_room(context.session(), id));
    return http::redirect("/bookings/" + base::format_uuid(id) + "/room?done=left");
}

}  // namespace

std::vector<PageRoute> room_routes() {
    constexpr auto kBooking = domain::Module::booking;
    return {{"GET", "/bookings/{id}/room", show_room, Entry::member, kBooking},
            {"GET", "/bookings/{id}/room.json", show_room_json, Entry::everybody},
            {"POST", "/bookings/{id}/room", post_room, Entry::member, kBooking},
            {"POST", "/bookings/{id}/room/leave", post_leave, Entry::member, kBooking}};
}

base::Status check_room(text::Templates& templates) {
    return templates.check<RoomPage>("room");
}

}  // namespace portal::web
