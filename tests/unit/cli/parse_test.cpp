#include "base/encoding.hpp"
#include "base/json.hpp"
#include "catch.hpp"
#include "cli/remote.hpp"
#include "cli/tree.hpp"
#include "domain/booking.hpp"
#include "domain/tenant.hpp"

using namespace portal;
using cli::parse_arguments;
using Args = std::vector<std::string>;

namespace {

/// The request that argv leads to, or what is wrong with it.
std::string request(const Args& args) {
    const auto invocation = parse_arguments(args);
    if (!invocation) return "! " + base::describe(invocation.error());
    if (!invocation->verb) return "no operation";
    const auto call = cli::make_call(*invocation->verb->row, invocation->arguments.get(),
                                     invocation->common.tenant);
    if (!call) return "! " + base::describe(call.error());
    return call->method + " " + call->target + " " + call->body;
}

/// Words between spaces; '...' holds them together.
Args shell_words(std::string_view line) {
    Args words;
    bool quoted = false, open = false;
    for (const char c : line) {
        const bool space = c == ' ' && !quoted;
        if (c == '\'') quoted = !quoted;
        if (!space && !open) words.emplace_back();
        open = !space;
        if (!space && c != '\'') words.back() += c;
    }
    return words;
}

const std::string kId = "8c1f6a52-2b8e-4a57-9d0c-5f5b1f0c7a11";

}  // namespace

TEST_CASE("words become a request: path, query and body") {
    CHECK(request({"tenant", "list"}) == "GET /v1/tenants ");
    CHECK(request({"status"}) == "GET /v1/status ");
    CHECK(request({"tenant", "show", "solna"}) == "GET /v1/tenants/solna ");
    CHECK(request({"tenant", "show", "-T", "solna"}) == "GET /v1/tenants/solna ");
    CHECK(request({"-T", "solna", "booking", "show", kId}) ==
          "GET /v1/tenants/solna/bookings/" + kId + " ");
    CHECK(request({"outbox", "list", "-T", "solna", "--limit", "5", "--booking", kId}) ==
          "GET /v1/tenants/solna/outbox?booking=" + kId + "&limit=5 ");
    CHECK(request({"booking", "confirm", "-Tsolna", kId, "--version=3"}) ==
          "POST /v1/tenants/solna/bookings/" + kId + "/confirm {\"version\":3}");
    CHECK(request({"user", "set-password", "-T", "solna", "bo@example.org", "--print"}) ==
          "POST /v1/tenants/solna/users/set-password "
          "{\"user\":\"bo@example.org\",\"print\":true}");
    CHECK(request({"visit-type", "create", "--duration-minutes", "45", "--kind", "phone", "-T",
                   "solna", "--", "--First talk"})
              .find("\"title\":\"--First talk\"") != std::string::npos);
    CHECK(request({"reminder", "send", "-q"}) == "POST /v1/reminders/send {}");
    CHECK(request({"tenant", "show", "a/../b c"}) == "GET /v1/tenants/a%2F..%2Fb%20c ");
}

TEST_CASE("a set carries what is said and no more; nothing said of a field clears it") {
    CHECK(request({"tenant", "set", "solna", "--confirmation", "yes"}) ==
          "POST /v1/tenants/solna {\"confirmation\":true}");
    CHECK(request({"tenant", "set", "solna", "--modules", "booking,sms", "--address", ""}) ==
          "POST /v1/tenants/solna {\"address\":null,\"modules\":[\"booking\",\"sms\"]}");
    CHECK(request({"tenant", "set", "solna", "--modules="}) ==
          "POST /v1/tenants/solna {\"modules\":[]}");
    CHECK(request({"availability", "set", "-T", "solna", "anna@example.org", "--rule",
                   "mon 08:00-12:00", "--rule=wed 13:00-16:30"})
              .find("\"weekday\":\"wed\"") != std::string::npos);
}

TEST_CASE("hostile and mistyped words are refused, each with a reason") {
    const std::vector<std::pair<Args, std::string>> table{
        {{}, "Say what to do."},
        {{"bokking"}, "The noun 'bokking' does not exist."},
        {{"$(id)", "list"}, "The noun '$(id)' does not exist."},
        {{"tenant\n", "list"}, "The noun 'tenant\\x0a' does not exist."},
        {{"\x1b[2J"}, "The noun '\\x1b[2J' does not exist."},
        {{""}, "Say what to do."},
        {{"booking"}, "Say what to do with 'booking'"},
        {{"booking", "destroy"}, "The verb 'destroy' does not exist."},
        {{"tenant", "list", "--bogus"}, "The flag '--bogus' does not exist."},
        {{"tenant", "list", "--bogus=secret"}, "The flag '--bogus' does not exist."},
        {{"tenant", "set", "solna", "--bogus", "x"}, "The flag '--bogus' does not exist."},
        {{"tenant", "list", "-T", "solna"}, "The flag '-T' does not exist."},
        {{"tenant", "list", "more"}, "There are too many words."},
        {{"staff", "create", "-T", "solna", "--", "--role=admin"}, ""},
        {{"staff", "create", "-T", "solna"}, "Missing: --first-name"},
        {{"tenant", "show"}, "Say which clinic."},
        {{"booking", "show", kId}, "Say which clinic."},
        {{"booking", "show", "-T", "solna", "7"}, "BOOKING: "},
        {{"booking", "show", "-T"}, "--tenant: a value is missing"},
        {{"booking", "show", "-T", "solna"}, "Missing: BOOKING."},
        {{"tenant", "set", "solna", "--name", "a\nb"}, "--name: There are characters"},
        {{"tenant", "set", "solna", "--name", "\xc3\x28"}, "--name: The text is not valid UTF-8."},
        {{"tenant", "set", "solna", "--name", std::string(5000, 'x')}, "--name: Write at most"},
        {{"tenant", "set", "solna", "--confirmation", "maybe"}, "--confirmation: Write yes or no."},
        {{"tenant", "set", "solna", "--modules", "booking,bogus"}, "--modules: 'bogus' is not"},
        {{"tenant", "set", "solna", "--name", "a", "--name", "b"}, "--name: stands there twice"},
        {{"visit-type", "create", "-T", "s", "x", "--duration-minutes", "1e3"}, "--duration-mi"},
        {{"visit-type", "create", "-T", "s", "x", "--duration-minutes", "99999999999999999999"},
         "--duration-minutes: "},
        {{"visit-type", "create", "-T", "s", "x", "--duration-minutes"}, ""},
        {{"availability", "set", "-T", "s", "anna", "--rule", "mon 26:00-12:00"}, "--rule: "},
        {{"patient", "create", "-T", "s", "--national-id", "191212121212"},
         "'--national-id' on a command line can be read by others."},
        {{"patient", "create", "-T", "s", "--national-id=191212121212"},
         "'--national-id' on a command line can be read by others."},
        {{"patient", "create", "-T", "s", "--national-id-file", "/nonexistent"},
         "--national-id-file: There is no file"},
    };
    for (const auto& [args, reason] : table) {
        const auto said = request(args);
        CAPTURE(args, said);
        CHECK(said.compare(0, 2, "! ") == 0);
        CHECK(said.find(reason) != std::string::npos);
        CHECK(said.find("191212121212") == std::string::npos);
        CHECK(said.find("secret") == std::string::npos);
    }
}

TEST_CASE("what looks like a shell's or a program's syntax is an ordinary text") {
    CHECK(request({"tenant", "set", "solna", "--name", "$(id)"}) ==
          "POST /v1/tenants/solna {\"name\":\"$(id)\"}");
    CHECK(request({"tenant", "set", "solna", "--name", "[a,b]"}) ==
          "POST /v1/tenants/solna {\"name\":\"[a,b]\"}");
    CHECK(request({"tenant", "set", "solna", "--name", "{{secret}}"}) ==
          "POST /v1/tenants/solna {\"name\":\"{{secret}}\"}");
    CHECK(request({"tenant", "set", "solna", "--name=--role=admin"}) ==
          "POST /v1/tenants/solna {\"name\":\"--role=admin\"}");
}

TEST_CASE("help is asked for in every place") {
    for (const Args& args : {Args{"-h"}, Args{"booking", "--help"}, Args{"booking", "show", "-h"},
                             Args{"status", "--help"}, Args{"--help"}}) {
        const auto invocation = parse_arguments(args);
        REQUIRE(invocation);
        CHECK(invocation->what == cli::Invocation::What::help);
    }
    const auto version = parse_arguments({"--version"});
    REQUIRE(version);
    CHECK(version->what == cli::Invocation::What::version);
}

TEST_CASE("no field has a common flag's name, and no verb two flags of one name") {
    for (const auto& row : api::all_operations()) {
        std::vector<std::string> names{"--tenant",  "--output", "--socket",
                                       "--context", "--quiet",  "--help"};
        for (const auto& flag : cli::make_verb(row).flags) {
            CAPTURE(row.name, flag.name);
            CHECK(std::find(names.begin(), names.end(), flag.name) == names.end());
            names.push_back(flag.name);
        }
    }
}

TEST_CASE("every example of the manual is a command that can be said") {
    for (const auto& row : api::all_operations())
        for (const auto line : base::split(row.example, '\n')) {
            Args args{std::string{row.noun()}};
            if (!row.verb().empty()) args.emplace_back(row.verb());
            for (auto& word : shell_words(line)) args.push_back(std::move(word));
            const auto said = request(args);
            CAPTURE(row.name, line, said);
            CHECK(
                (said.substr(0, 2) != "! " || said.find("There is no file ") != std::string::npos));
        }
}
