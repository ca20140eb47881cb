// Filled views of profiles and of a unit's pages. Source: C5-C7, C54.
#pragma once

#include "daemon/web/profile.hpp"
#include "daemon/web/unit.hpp"
#include "sample.hpp"

namespace portal::web {

constexpr const char* kSomeId = "5f0c3d4e-0000-4000-8000-000000000002";

inline FormField sample_field(const Sample& s, const char* id, const char* label) {
    FormField field;
    field.id = id;
    field.label = s.word(label);
    field.value = s.errors ? "" : s.name;
    if (s.errors) field.error = s.word("Write something here.");
    return field;
}

inline std::vector<FormField> sample_fields(const Sample& s, Frame& frame) {
    auto about = sample_field(s, "description", "About you");
    about.lines = true;
    about.one = false;
    about.hint = s.word("Patients can read it if the profile is shown to them.");
    auto listed = sample_field(s, "listed", "Show this profile to patients?");
    listed.one = false;
    listed.choices = {{"yes", s.word("Yes"), true}, {"no", s.word("No"), false}};
    if (s.errors) frame.errors.push_back({"description", about.error});
    return {sample_field(s, "title", "Professional title"), std::move(about), std::move(listed)};
}

template <class View>
RenderedPage render_people(const Sample& s, const std::string& file, const View& view) {
    return {file, sample_templates().render(file, s.language, view)};
}

inline std::vector<RenderedPage> profile_samples(const Sample& s) {
    ProfilePage own;
    own.frame = s.frame("Your profile", Reader::staff);
    own.fields = sample_fields(s, own.frame);
    own.shown_as = s.name;
    own.see = std::string{"/staff-members/"} + kSomeId;
    own.token = "t";
    own.has_booking = true;
    own.bookable = !s.errors;
    MembersPage members;
    members.frame = s.frame("Our staff", Reader::patient);
    if (!s.errors) members.members = {{kSomeId, s.name, s.name}};
    MemberPage member;
    member.frame = s.frame("Our staff", Reader::patient);
    member.title = s.name;
    member.paragraphs = {{{s.name, s.name}}, {{s.name}}};
    member.book = std::string{"/slots?staff="} + kSomeId;
    return {render_people(s, "profile", own), render_people(s, "staff_members", members),
            render_people(s, "staff_member", member)};
}

inline std::vector<RenderedPage> unit_staff_samples(const Sample& s) {
    UnitStaffPage staff;
    staff.frame = s.frame("Staff", Reader::staff);
    staff.frame.administrator = true;
    staff.members = {{kSomeId, s.name, s.name, true, true, false},
                     {kSomeId, s.name, s.name, false, true, true}};
    UnitNewPage fresh;
    fresh.frame = s.frame("Add a staff member", Reader::staff);
    fresh.action = "/unit/staff/new";
    fresh.submit = s.word("Add the person");
    fresh.back = "/unit/staff";
    fresh.known = s.errors ? "/unit/staff/x" : "";
    fresh.fields = sample_fields(s, fresh.frame);
    fresh.token = "t";
    UnitMemberPage member;
    member.frame = s.frame("Staff", Reader::staff);
    member.id = kSomeId;
    member.email = s.name;
    member.fields = sample_fields(s, member.frame);
    member.token = "t";
    UnitEndPage end;
    end.frame = s.frame("Does this person no longer work here?", Reader::staff);
    end.id = kSomeId;
    end.name = s.name;
    end.may_end = !s.errors;
    if (s.errors) end.coming = {{kSomeId, s.at("2027-01-12T09:00:00Z", text::DateStyle::full)}};
    end.token = "t";
    return {render_people(s, "unit_staff", staff), render_people(s, "unit_new", fresh),
            render_people(s, "unit_member", member), render_people(s, "unit_end", end)};
}

inline std::vector<RenderedPage> unit_patient_samples(const Sample& s) {
    UnitPatientsPage patients;
    patients.frame = s.frame("Patients", Reader::staff);
    patients.name = s.name;
    if (!s.errors) patients.patients = {{kSomeId, s.name, s.name}};
    patients.next = "/unit/patients?after=x";
    patients.token = "t";
    UnitPatientPage patient;
    patient.frame = s.frame("Patients", Reader::staff);
    patient.id = kSomeId;
    patient.email = patient.mobile = s.name;
    patient.number_name = s.word("Personal number");
    patient.national_id = "19121212-****";
    patient.token = "t";
    return {render_people(s, "unit_patients", patients), render_people(s, "unit_patient", patient)};
}

}  // namespace portal::web
