// Views of the kinds of visit a clinic offers: their list, and the form of one.
// Source: C11-C13, K23.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct VisitTypeLine {
    std::string id;
    std::string title;
    std::string facts;  // "Video visit, 30 minutes"
    std::string owner;  // whose own it is; empty: everybody's
    bool off = false;   // nobody can book it
};
PORTAL_VIEW(VisitTypeLine, (id, title, facts, owner, off))

struct VisitTypesPage {
    Frame frame;
    std::vector<VisitTypeLine> editable;
    std::vector<VisitTypeLine> shared;  // the clinic's, which this person cannot change
};
PORTAL_VIEW(VisitTypesPage, (frame, editable, shared))

struct TypeChoice {
    std::string value;
    std::string name;
    bool chosen = false;
};
PORTAL_VIEW(TypeChoice, (value, name, chosen))

struct NumberField {
    std::string name;
    std::string label;
    std::string hint;
    std::string value;
    std::string error;
};
PORTAL_VIEW(NumberField, (name, label, hint, value, error))

struct VisitTypePage {
    Frame frame;
    std::string id;  // empty: a new one
    std::string note;
    Field title;
    std::vector<TypeChoice> kinds;
    std::string kind_error;
    std::vector<NumberField> size;
    std::vector<NumberField> rules;
    std::vector<TypeChoice> approval;
    Field extra_mail;
    Field extra_sms;
    std::string sms_count;  // how many text messages that makes
    std::string sms_words;  // the same with {1} {2} {3}, for the script
    std::string sms_rest;   // a usual text message without the extra words
    std::string script;
    std::vector<TypeChoice> owners;  // empty: it is this person's own
    bool many_owners = false;
    bool off = false;
    std::string token;
};
PORTAL_VIEW(VisitTypePage,
            (frame, id, note, title, kinds, kind_error, size, rules, approval, extra_mail,
             extra_sms, sms_count, sms_words, sms_rest, script, owners, many_owners, off, token))

}  // namespace portal::web
