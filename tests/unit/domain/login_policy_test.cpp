#include "domain/login_policy.hpp"

#include <fstream>
#include <map>

#include "base/encoding.hpp"
#include "catch.hpp"

using namespace portal;
using namespace portal::domain;

namespace {

using R = LoginReason;
using M = LoginMethod;

template <class E>
E read(std::string_view text) {
    E value{};
    REQUIRE(base::type_of<E>().set_text(&value, text));
    return value;
}

/// The reason as audit rows and `login why` write it.
std::string code(R reason) {
    auto text = base::type_of<R>().get_text(&reason);
    for (char& c : text)
        if (c == '-') c = '_';
    return text;
}

/// A clinic where everything is on, and somebody who lacks nothing.
ClinicFacts open_clinic() {
    ClinicFacts clinic;
    clinic.client_login = true;
    clinic.policy.methods = {M::password, M::bankid, M::mitid, M::oidc};
    clinic.modules = {Module::bankid, Module::mitid, Module::oidc, Module::two_factor_sms,
                      Module::cpr_password};
    clinic.sms_ready = true;
    clinic.configured = {M::bankid, M::mitid, M::oidc};
    return clinic;
}
PersonFacts whole_person(Audience audience = Audience::patient) {
    PersonFacts person;
    person.audience = audience;
    person.has_password = person.has_email = person.has_mobile = person.has_national_id = true;
    return person;
}

using Line = std::map<std::string, std::string>;

std::vector<Line> read_golden() {
    std::ifstream file{"tests/golden/login_matrix.tsv"};
    REQUIRE(file);
    std::vector<std::string> names;
    std::vector<Line> lines;
    std::string text;
    while (std::getline(file, text)) {
        if (text.starts_with('#')) continue;
        const auto cells = base::split(text, '\t');
        if (names.empty()) {
            names.assign(cells.begin(), cells.end());
            continue;
        }
        auto& line = lines.emplace_back();
        for (std::size_t i = 0; i < names.size(); ++i) line[names[i]] = cells[i];
    }
    return lines;
}

R decide(Line& line) {
    auto clinic = open_clinic();
    auto person = whole_person(read<Audience>(line["audience"]));
    const auto method = read<M>(line["method"]);
    clinic.client_login = line["client_login"] == "yes";
    if (line["allowed"] == "no") clinic.policy.methods.clear();
    clinic.policy.eid_first = line["eid_first"] == "yes";
    clinic.policy.minimum = read<Assurance>(line["assurance"]);
    if (line["module"] == "off") clinic.modules.clear();
    person.exemption = read<ExemptionState>(line["exemption"]);
    person.verified = line["verified"] == "yes";
    return decide_login(clinic, person, method);
}

}  // namespace

TEST_CASE("every login is decided as the rules of the requirements say", "[login-policy]") {
    auto lines = read_golden();
    CHECK(lines.size() == 2304);
    for (auto& line : lines) {
        std::string cell;
        for (const auto& [name, value] : line) cell += name + "=" + value + " ";
        INFO(cell);
        CHECK(code(decide(line)) == line["reason"]);
    }
}

TEST_CASE("what a person lacks is the reason where the clinic has none", "[login-policy]") {
    const auto clinic = open_clinic();
    const auto why = [&](auto change, M method = M::password) {
        auto person = whole_person();
        change(person);
        return decide_login(clinic, person, method);
    };
    CHECK(why([](auto& p) { p.blocked = true; }) == R::blocked);
    CHECK(why([](auto& p) { p.blocked = true; }, M::bankid) == R::blocked);
    CHECK(why([](auto& p) { p.awaiting_approval = true; }, M::mitid) == R::awaiting_approval);
    CHECK(why([](auto& p) { p.has_password = false; }) == R::no_password);
    CHECK(why([](auto& p) { p.has_email = false; }) == R::no_email);
    CHECK(why([](auto& p) { p.self_made = true; }) == R::eid_first);
    CHECK(why([](auto& p) { p.self_made = p.verified = true; }) == R::allowed);
    CHECK(why([](auto& p) { p.has_national_id = false; }, M::bankid) == R::no_national_id);
    CHECK(why([](auto& p) { p.has_national_id = false; }, M::mitid) == R::no_national_id);
    CHECK(why([](auto& p) { p.has_national_id = false; }) == R::allowed);
    const auto by_subject = [](auto& p) {
        p.has_national_id = false;
        p.has_eid_subject = true;
    };
    CHECK(why(by_subject, M::oidc) == R::allowed);
    CHECK(why(by_subject, M::bankid) == R::no_national_id);
}

TEST_CASE("codes by SMS need the module, a number and a provider", "[login-policy]") {
    auto clinic = open_clinic();
    clinic.code = CodeChannel::sms;
    auto person = whole_person();
    CHECK(code_by_sms(clinic, person));
    person.has_mobile = false;
    CHECK(decide_login(clinic, person, M::password) == R::no_mobile);
    person.exemption = ExemptionState::active;  // its codes go to the code address
    CHECK(decide_login(clinic, person, M::password) == R::allowed);
    person = whole_person();
    clinic.sms_ready = false;
    CHECK(decide_login(clinic, person, M::password) == R::no_sms_provider);
    clinic.modules.clear();  // G15: without the module the number is of no use
    CHECK_FALSE(code_by_sms(clinic, person));
    CHECK(decide_login(clinic, person, M::password) == R::allowed);
}

TEST_CASE("an eID that the installation cannot reach is not offered", "[login-policy]") {
    auto clinic = open_clinic();
    clinic.configured = {M::bankid};
    CHECK(decide_method(clinic, Audience::patient, M::bankid) == R::allowed);
    CHECK(decide_method(clinic, Audience::patient, M::mitid) == R::not_configured);
    CHECK(decide_method(clinic, Audience::staff, M::password) == R::allowed);
}

TEST_CASE("a feature's minimum is what its word says, else password and code", "[login-policy]") {
    const auto minima = parse_feature_minima("video=eid nonsense=eid booking=link video");
    CHECK(format_feature_minima(minima) == "video=eid booking=link");
    CHECK(minimum_of(minima, Feature::video) == Assurance::eid);
    CHECK(minimum_of(minima, Feature::booking) == Assurance::link);
    CHECK(minimum_of(minima, Feature::contact) == Assurance::password_code);
    CHECK(Assurance::link < Assurance::password);
    CHECK(Assurance::password < Assurance::password_code);
    CHECK(Assurance::password_code < Assurance::eid);
    for (const auto* text : {"video", "video=", "=eid", "video=strong", "Video=eid", ""})
        CHECK_FALSE(parse_feature_minimum(text));
}
