// Filled views of a video visit's room. Source: C32, C40, C44.
#pragma once

#include "daemon/web/room.hpp"
#include "sample.hpp"

namespace portal::web {

inline RoomPage sample_room(const Sample& s, Reader reader, const char* says) {
    RoomPage page;
    page.frame = s.frame("Your video visit", reader);
    page.id = "5f0c3d4e-0000-4000-8000-000000000003";
    page.when = s.at("2026-11-23T08:30:00Z", text::DateStyle::full);
    page.with = s.name;
    page.what = "Läkarsamtal";
    page.says = s.word(says);
    page.looks = true;
    page.back = "/bookings";
    page.key = "open-0-0-0-1-0-0";
    page.look = "10";
    page.script = "/static/room.js?v=1";
    page.token = "t";
    return page;
}

inline std::vector<RenderedPage> room_samples(const Sample& s) {
    auto early = sample_room(s, Reader::patient, "The room is not open yet.");
    early.hint = s.word("You can wait on this page or come back then.");
    early.count = base::fill_arguments(s.word("It opens in {1}."), {"12 minuter"});
    auto open = sample_room(s, Reader::staff, "The room is open. You can start the visit.");
    open.people = {base::fill_arguments(s.word("{1} has not come yet."), {s.name})};
    open.start = s.word("Start the visit");
    if (s.errors) open.frame.errors = {{"", s.word("The room is full.")}};
    auto inside = sample_room(s, Reader::patient, "You are in the room.");
    inside.inside = true;
    inside.people = {base::fill_arguments(s.word("{1} is here."), {s.name})};
    auto asked = sample_room(s, Reader::patient,
                             "Before you meet by video, the clinic asks for your consent.");
    asked.next = "/consent?next=%2F";
    asked.next_label = s.word("Read and answer");
    // Another page, which offers the meeting.
    NoticePage elsewhere;
    elsewhere.frame = s.frame("Welcome", Reader::patient);
    elsewhere.frame.room = RoomLink{"/bookings/" + open.id + "/room", s.name, open.when};
    elsewhere.text = s.word("There is nothing for you to do here just now.");
    const auto page = [&](const RoomPage& view, const char* name) {
        return RenderedPage{name, sample_templates().render("room", s.language, view)};
    };
    return {page(early, "room-early"),
            page(open, "room-open"),
            page(inside, "room-inside"),
            page(asked, "room-consent"),
            {"room-elsewhere", sample_templates().render("notice", s.language, elsewhere)}};
}

}  // namespace portal::web
