#include "base/encoding.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/unit.hpp"
#include "service/find_patients.hpp"
#include "service/invitation.hpp"
#include "service/person.hpp"

namespace portal::web {
namespace {

using base::N_;

// What has just been done: ?done=NAME of an act that led here.
const char* done_sentence(std::string_view name) {
    if (name == "added") return N_("The patient is added.");
    if (name == "invited") return N_("The invitation is on its way.");
    return "";
}

std::string contact_of(const domain::PatientView& patient) {
    if (patient.email.empty() || patient.mobile.empty()) return patient.email + patient.mobile;
    return patient.email + ", " + patient.mobile;
}

/// `name`: searched for; it stands in the form alone, never in an address.
Answer list_page(Context& context, const std::string& name) {
    service::PatientSearch search{name, {}};
    const auto& query = context.request().query;
    if (const auto after = query.find("after")) {
        const auto id = base::parse_uuid(*after);
        if (!id) return base::make_error(base::ErrorCode::not_found, {});
        search.after = *id;
    }
    PORTAL_TRY(found, service::find_patients(context.session(), search));
    UnitPatientsPage page;
    page.frame = context.frame(N_("Patients"));
    page.name = name;
    for (const auto& each : found.items)
        page.patients.push_back({base::format_uuid(each.id), each.name, contact_of(each)});
    if (found.next) page.next = "/unit/patients?after=" + base::format_uuid(*found.next);
    page.token = context.form_token();
    return context.page("unit_patients", page);
}

Answer show_list(Context& context) {
    return list_page(context, {});
}

Answer post_search(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(name, read_typed(context, "name"));
    return list_page(context, name);
}

const char* number_name(const Context& context) {
    return context.tenant().country == domain::Country::dk ? N_("CPR number")
                                                           : N_("Personal number");
}

const std::vector<std::string_view> kNewFields{
    "first_name", "last_name", "national_id", "email", "mobile", "protected_identity", "invite"};

UnitNewPage new_page(const Context& context) {
    UnitNewPage page;
    page.frame = context.frame(N_("Add a patient"));
    page.action = "/unit/patients/new";
    page.submit = context.word(N_("Add the patient"));
    page.back = "/unit/patients";
    auto number = text_field(context, "national_id", number_name(context));
    number.hint = context.word(
        N_("Needed to log in with an electronic ID. Leave this empty if there is none."));
    auto email = text_field(context, "email", N_("E-mail address"));
    email.type = "email";
    auto mobile = text_field(context, "mobile", N_("Mobile number"));
    mobile.type = "tel";
    auto hidden = yes_no_field(context, "protected_identity",
                               N_("Is the patient's identity protected by law?"), false);
    page.fields = {
        text_field(context, "first_name", N_("First name")),
        text_field(context, "last_name", N_("Last name")),
        std::move(number),
        std::move(email),
        std::move(mobile),
        std::move(hidden),
        yes_no_field(context, "invite", N_("Send an e-mail that tells how to log in?"), false)};
    page.token = context.form_token();
    return page;
}

Answer show_new(Context& context) {
    return context.page("unit_new", new_page(context));
}

base::Result<domain::PatientView> add(Context& context) {
    PORTAL_TRY(token, context.read_token());
    domain::CreatePatient command;
    PORTAL_TRYV(read_fields(context, command, kNewFields));
    command.key = key_text(token);
    return service::create_patient(context.session(), command);
}

Answer post_new(Context& context) {
    const auto added = add(context);
    if (added)
        return http::redirect("/unit/patients/" + base::format_uuid(added->id) + "?done=added");
    const auto& error = added.error();
    if (error.code == base::ErrorCode::forbidden) return error;
    auto page = new_page(context);
    show_refused(context, without_id(error), page.frame, page.fields);
    page.known = known_path("/unit/patients/", error);
    return context.page("unit_new", page, base::error_row(error.code).http_status);
}

base::Result<domain::PatientView> find_patient(Context& context) {
    const std::string id{context.path.get("id")};
    if (!base::parse_uuid(id)) return base::make_error(base::ErrorCode::not_found, {});
    return service::show_patient(context.session(), {id});
}

UnitPatientPage patient_page(const Context& context, const domain::PatientView& patient) {
    UnitPatientPage page;
    page.frame = context.frame(N_("Patients"));
    page.frame.title = patient.name;
    page.id = base::format_uuid(patient.id);
    page.email = patient.email;
    page.mobile = patient.mobile;
    page.number_name = context.word(number_name(context));
    page.national_id = patient.national_id;
    page.password = patient.password;
    page.token = context.form_token();
    return page;
}

Answer show_one(Context& context) {
    PORTAL_TRY(patient, find_patient(context));
    auto page = patient_page(context, patient);
    page.frame.done = context.word(done_sentence(context.request().query.text("done")));
    return context.page("unit_patient", page);
}

Answer post_invite(Context& context) {
    PORTAL_TRY(patient, find_patient(context));
    PORTAL_TRY(token, context.read_token());
    const auto id = base::format_uuid(patient.id);
    const auto sent = service::send_invitation(context.session(), {id});
    if (sent) return http::redirect("/unit/patients/" + id + "?done=invited");
    auto page = patient_page(context, patient);
    context.show_error(sent.error(), page.frame);
    return context.page("unit_patient", page, base::error_row(sent.error().code).http_status);
}

}  // namespace

// Whoever is known here already stands in the error by his id: the page leads to him instead.
base::Error without_id(const base::Error& error) {
    if (error.args.empty() || !base::parse_uuid(error.args.front())) return error;
    auto plain = error;
    plain.args.clear();
    plain.key = error.field.empty()      ? N_("This person is here already.")
                : error.field == "email" ? N_("Somebody else here has this e-mail address.")
                                         : N_("Somebody else here has this login name.");
    return plain;
}

std::string known_path(const std::string& folder, const base::Error& error) {
    const bool known = error.field.empty() && !error.args.empty() &&
                       static_cast<bool>(base::parse_uuid(error.args.front()));
    return known ? folder + error.args.front() : std::string{};
}

std::vector<PageRoute> unit_patient_routes() {
    using enum Entry;
    return {{"GET", "/unit/patients", show_list, administrator},
            {"POST", "/unit/patients", post_search, administrator, {}, false, {"name"}, false},
            {"GET", "/unit/patients/new", show_new, administrator},
            {"POST", "/unit/patients/new", post_new, administrator, {}, false, kNewFields},
            {"GET", "/unit/patients/{id}", show_one, administrator},
            {"POST", "/unit/patients/{id}/invite", post_invite, administrator}};
}

base::Status check_unit(text::Templates& templates) {
    PORTAL_TRYV(templates.check<UnitStaffPage>("unit_staff"));
    PORTAL_TRYV(templates.check<UnitNewPage>("unit_new"));
    PORTAL_TRYV(templates.check<UnitMemberPage>("unit_member"));
    PORTAL_TRYV(templates.check<UnitEndPage>("unit_end"));
    PORTAL_TRYV(templates.check<UnitPatientsPage>("unit_patients"));
    return templates.check<UnitPatientPage>("unit_patient");
}

}  // namespace portal::web
