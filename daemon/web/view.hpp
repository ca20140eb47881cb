// What every page is made from. A view is a plain record that a template prints and nothing else
// does, so its fields need no help texts. Thread rule: plain values.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/record.hpp"

namespace portal::web {

template <class T>
constexpr auto name_fields() {
    using Members = base::detail::MembersOf<T>;
    std::array<base::FieldHelp, boost::mp11::mp_size<Members>::value> all{};
    std::size_t i = 0;
    boost::mp11::mp_for_each<Members>([&](auto member) { all[i++].name = member.name; });
    return all;
}

}  // namespace portal::web

/// Describes a view: PORTAL_VIEW(SlotDay, (title, times)).
#define PORTAL_VIEW(Type, Members)                        \
    BOOST_DESCRIBE_STRUCT(Type, (), Members)              \
    constexpr auto portal_help(const Type*) {             \
        return ::portal::web::name_fields<Type>();        \
    }                                                     \
    constexpr std::string_view portal_name(const Type*) { \
        return #Type;                                     \
    }

namespace portal::web {

/// A line of the summary on top of a page; `field` is the id of the field it speaks of, or empty.
struct ErrorLine {
    std::string field;
    std::string text;
};
PORTAL_VIEW(ErrorLine, (field, text))

/// One field of a form: what was typed, and what is wrong with it.
struct Field {
    std::string value;
    std::string error;
};
PORTAL_VIEW(Field, (value, error))

struct LanguageChoice {
    std::string code;
    std::string name;
    std::string href;
    bool current = false;
};
PORTAL_VIEW(LanguageChoice, (code, name, href, current))

/// The video meeting that every page of its people offers while its room is open (C40).
struct RoomLink {
    std::string href;
    std::string with;  // empty: a group
    std::string when;
};
PORTAL_VIEW(RoomLink, (href, with, when))

/// The page around a page's own content.
struct Frame {
    std::string lang;
    std::string title;
    std::string clinic;
    std::string phone;  // the clinic's, for questions
    std::string dial;   // the same as a telephone takes it: +4681234567; empty: no link
    std::string accent;
    std::string style;           // version of the style sheet
    std::string person;          // who is logged in; empty: nobody
    bool patient = false;        // menu of a patient
    bool staff = false;          // menu of a staff member
    bool administrator = false;  // of the unit
    bool consents = false;       // somebody who is asked for consent
    bool booking = false;        // the clinic has the module
    bool communication = false;
    std::string menu_token;  // of the forms for logging out and for the language
    std::string here;        // this page's address, for the language's form
    std::string done;        // what has just been done
    std::string script;      // version of the session's script
    std::string left;        // seconds until the session ends when nothing is done
    std::string most;        // seconds until it ends whatever is done
    std::string ends;        // the sentence that says when
    std::optional<RoomLink> room;
    std::vector<ErrorLine> errors;
    std::vector<LanguageChoice> languages;
};
PORTAL_VIEW(Frame, (lang, title, clinic, phone, dial, accent, style, person, patient, staff,
                    administrator, consents, booking, communication, menu_token, here, done, script,
                    left, most, ends, room, errors, languages))

/// For an address that no clinic has.
struct BarePage {
    std::string lang;
    std::string text;
};
PORTAL_VIEW(BarePage, (lang, text))

/// A page of words alone.
struct NoticePage {
    Frame frame;
    std::string text;
    std::string next;  // where the button leads; empty: no button
    std::string next_label;
};
PORTAL_VIEW(NoticePage, (frame, text, next, next_label))

}  // namespace portal::web
