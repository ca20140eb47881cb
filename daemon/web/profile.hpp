// Views of a staff member's own profile and of those that patients read. Source: C5-C7, C10.
#pragma once

#include "daemon/web/form_field.hpp"

namespace portal::web {

struct ProfilePage {
    Frame frame;
    std::string shown_as;  // "Anna Lind, physiotherapist"
    std::vector<FormField> fields;
    std::string token;
    std::string see;           // the address of the profile as patients see it; empty: not listed
    bool has_booking = false;  // the clinic has the module
    bool bookable = false;
};
PORTAL_VIEW(ProfilePage, (frame, shown_as, fields, token, see, has_booking, bookable))

struct MemberCard {
    std::string id;
    std::string name;
    std::string title;
};
PORTAL_VIEW(MemberCard, (id, name, title))

struct MembersPage {
    Frame frame;
    std::vector<MemberCard> members;
};
PORTAL_VIEW(MembersPage, (frame, members))

struct Paragraph {
    std::vector<std::string> lines;
};
PORTAL_VIEW(Paragraph, (lines))

struct MemberPage {
    Frame frame;
    std::string title;
    std::vector<Paragraph> paragraphs;
    std::string book;  // where to find a time; empty: nowhere
};
PORTAL_VIEW(MemberPage, (frame, title, paragraphs, book))

}  // namespace portal::web
