// Views of a unit's administrator: its staff and its patients. Source: C52, C54, D17.
#pragma once

#include "daemon/web/form_field.hpp"

namespace portal::web {

struct UnitMember {
    std::string id;
    std::string name;
    std::string title;
    bool administrator = false;
    bool bookings_off = false;
    bool ended = false;
};
PORTAL_VIEW(UnitMember, (id, name, title, administrator, bookings_off, ended))

struct UnitStaffPage {
    Frame frame;
    std::vector<UnitMember> members;
};
PORTAL_VIEW(UnitStaffPage, (frame, members))

/// A form to add somebody, staff or patient.
struct UnitNewPage {
    Frame frame;
    std::string action;
    std::string submit;  // the button's words
    std::string back;
    std::string known;  // where the person is who is here already; empty: nobody is
    std::vector<FormField> fields;
    std::string token;
};
PORTAL_VIEW(UnitNewPage, (frame, action, submit, back, known, fields, token))

struct UnitMemberPage {
    Frame frame;
    std::string id;
    std::string email;
    bool ended = false;
    std::vector<FormField> fields;
    std::string token;
};
PORTAL_VIEW(UnitMemberPage, (frame, id, email, ended, fields, token))

struct ComingLine {
    std::string id;
    std::string when;
};
PORTAL_VIEW(ComingLine, (id, when))

struct UnitEndPage {
    Frame frame;
    std::string id;
    std::string name;
    std::vector<ComingLine> coming;
    bool may_end = false;
    std::string token;
};
PORTAL_VIEW(UnitEndPage, (frame, id, name, coming, may_end, token))

struct UnitPatient {
    std::string id;
    std::string name;
    std::string contact;
};
PORTAL_VIEW(UnitPatient, (id, name, contact))

struct UnitPatientsPage {
    Frame frame;
    std::string name;  // what was searched for
    std::vector<UnitPatient> patients;
    std::string next;  // the address of the next page; empty: that was all
    std::string token;
};
PORTAL_VIEW(UnitPatientsPage, (frame, name, patients, next, token))

struct UnitPatientPage {
    Frame frame;
    std::string id;
    std::string email;
    std::string mobile;
    std::string number_name;  // what the country calls it
    std::string national_id;
    bool password = false;
    std::string token;
};
PORTAL_VIEW(UnitPatientPage, (frame, id, email, mobile, number_name, national_id, password, token))

/// The error as a page says it: without the id of whoever is known here already.
base::Error without_id(const base::Error& error);
/// Where that person is shown; empty where the error is about nobody.
std::string known_path(const std::string& folder, const base::Error& error);

}  // namespace portal::web
