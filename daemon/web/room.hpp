// The page of a video visit's room, which works without script, and what its script asks for.
// Source: C32, C33, C40, C44, D9.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct RoomPage {
    Frame frame;
    std::string id;
    std::string when;
    std::string with;
    std::string what;
    std::string says;                 // what is the matter
    std::string hint;                 // what to do about it
    std::string count;                // how long it takes yet
    std::vector<std::string> people;  // who is there, who has not come
    std::string start;                // the button that leads in; empty: none
    std::string next;                 // another way on
    std::string next_label;
    bool inside = false;
    bool looks = false;  // something may change
    std::string back;
    std::string key;   // changes when the page would
    std::string look;  // seconds until the script looks again; 0: never
    std::string script;
    std::string token;
};
PORTAL_VIEW(RoomPage, (frame, id, when, with, what, says, hint, count, people, start, next,
                       next_label, inside, looks, back, key, look, script, token))

/// For the script: whether to ask for the page anew, and when to look again.
struct RoomStatus {
    std::string state;
    bool inside = false;
    std::string key;
    std::int64_t seconds = 0;  // until the room opens, by the server's clock
    std::int64_t look = 0;
    std::int64_t left = 0;  // of the login session
    std::int64_t most = 0;
};
PORTAL_VIEW(RoomStatus, (state, inside, key, seconds, look, left, most))

}  // namespace portal::web
