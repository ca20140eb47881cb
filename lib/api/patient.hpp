// Patients of a clinic. Source: K20, K28.
#pragma once

#include "api/operation.hpp"
#include "domain/person.hpp"

namespace portal::api {

inline constexpr Operation<domain::CreatePatient, domain::PatientView> kPatientCreate{
    "patient.create",
    "POST",
    "/v1/tenants/{tenant}/patients",
    Access::write,
    "patient",
    "Add a patient",
    "-T solna --first-name Bo --last-name Lind --email bo@example.org --mobile '+46 70 123 45 67'\n"
    "-T solna --first-name Eva --last-name Ek --email eva@example.org --invite\n"
    "-T solna --first-name Siv --last-name Dahl --national-id-file number.txt"};

inline constexpr Operation<domain::ListPatients, domain::PatientList> kPatientList{
    "patient.list",   "GET",     "/v1/tenants/{tenant}/patients",
    Access::read,     "patient", "List a clinic's patients",
    "-T solna -o csv"};

inline constexpr Operation<domain::ShowPatient, domain::PatientView> kPatientShow{
    "patient.show",
    "POST",
    "/v1/tenants/{tenant}/patients/find",
    Access::read,
    "patient",
    "Show a patient",
    "-T solna bo@example.org"};

}  // namespace portal::api
