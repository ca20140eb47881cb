#include "identity/bankid.hpp"

#include "base/json_pointer.hpp"
#include "catch.hpp"
#include "scripted_server.hpp"

using namespace portal;
using namespace portal::identity;
using testing::Connection;
using testing::ScriptedServer;

namespace {

const base::SystemClock kClock;

constexpr std::string_view kOrder =
    R"({"orderRef":"131daac9-16c6-4618-beb0-365768f37288",
        "autoStartToken":"7c40b5c9-fa74-49cf-b98c-bfe651f9a7c6",
        "qrStartToken":"67df3917-fa0d-44e5-b327-edcc928297f8",
        "qrStartSecret":"d28db9a7-4cde-429e-a983-359be676944c", "later":{"x":[1]}})";

std::string answer(std::string_view status, std::string_view body, std::string_view headers = "") {
    return "HTTP/1.1 " + std::string{status} +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string{headers} +
           "\r\n" + std::string{body};
}

BankIdOptions at(const ScriptedServer& server) {
    BankIdOptions options;
    options.url = server.url("/rp/v6.0/");
    options.timeout = base::Millis{2'000};
    return options;
}

template <class T>
BankIdError error_of(const BankIdAnswer<T>& answer) {
    REQUIRE(std::holds_alternative<BankIdProblem>(answer));
    return std::get<BankIdProblem>(answer).error;
}

std::string complete(std::string_view inner) {
    return R"({"orderRef":"x","status":"complete","completionData":{"user":{)"
           R"("personalNumber":"199001011234","name":"Anna Ek","givenName":"Anna",)"
           R"("surname":"Ek"},)" +
           std::string{inner} + "}}";
}

BankIdPerson person_of(std::string_view json) {
    const auto collected = parse_bankid_collected(json);
    REQUIRE(std::holds_alternative<BankIdCollected>(collected));
    const auto& got = std::get<BankIdCollected>(collected);
    REQUIRE(got.status == OrderStatus::complete);
    REQUIRE(got.person);
    return *got.person;
}

BankIdProblem problem_of(int status, std::string_view body) {
    return parse_bankid_error({status, {}, std::string{body}});
}

}  // namespace

TEST_CASE("an identification is asked for as BankID wants it", "[bankid][C43]") {
    std::string head;
    std::string body;
    const ScriptedServer server{[&](Connection& peer) {
        head = peer.read_until("\r\n\r\n");
        body = peer.read_until("}}");
        peer.write(answer("200 OK", kOrder));
    }};
    BankId bankid{at(server), kClock};
    BankIdRequest request{"194.168.2.25"};
    request.visible_text = "Logga in på \"Solna\"";
    request.return_url = "https://solna.example/return?nonce=1";
    request.referring_domain = "solna.example";
    request.user_agent = std::string(300, 'x');
    request.device_identifier = "d1";
    const auto got = bankid.auth(request);
    REQUIRE(std::holds_alternative<BankIdOrder>(got));
    const auto& order = std::get<BankIdOrder>(got);
    CHECK(order.order_ref.reveal() == "131daac9-16c6-4618-beb0-365768f37288");
    CHECK(order.auto_start_token.reveal() == "7c40b5c9-fa74-49cf-b98c-bfe651f9a7c6");
    CHECK(order.qr_start_token == "67df3917-fa0d-44e5-b327-edcc928297f8");
    CHECK(order.qr_start_secret.reveal() == "d28db9a7-4cde-429e-a983-359be676944c");
    CHECK(head.starts_with("POST /rp/v6.0/auth HTTP/1.1\r\n"));
    CHECK(head.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
    CHECK(base::json_text_at(body, "/endUserIp") == "194.168.2.25");
    CHECK(base::json_text_at(body, "/userVisibleData") == "TG9nZ2EgaW4gcMOlICJTb2xuYSI=");
    CHECK(base::json_text_at(body, "/returnUrl") == request.return_url);
    CHECK(base::json_text_at(body, "/web/referringDomain") == "solna.example");
    CHECK(base::json_text_at(body, "/web/userAgent") == std::string(256, 'x'));
    CHECK(base::json_text_at(body, "/web/deviceIdentifier") == "d1");
    CHECK(base::json_bool_at(body, "/returnRisk") == true);
}

TEST_CASE("a text for the app is cut to what fits, between characters", "[bankid]") {
    BankIdRequest request{"::1"};
    for (int i = 0; i < 2'000; ++i) request.visible_text += "å";
    const auto sent = base::json_text_at(format_bankid_request(request), "/userVisibleData");
    REQUIRE(sent);
    CHECK(sent->size() <= 1'500);
    CHECK(sent->size() > 1'490);
    CHECK(format_bankid_request({"::1"}).find("userVisibleData") == std::string::npos);
    CHECK(format_bankid_request({"::1"}).find("web") == std::string::npos);
}

TEST_CASE("maintenance is tried once more, and only once", "[bankid]") {
    int asked = 0;
    const ScriptedServer server{[&](Connection& peer) {
        while (!peer.read_until("\r\n\r\n").empty()) {
            (void)peer.read_until("}");
            ++asked;
            peer.write(answer("503 Service Unavailable", R"({"errorCode":"Maintenance"})"));
        }
    }};
    BankId bankid{at(server), kClock};
    CHECK(error_of(bankid.auth({"::1"})) == BankIdError::maintenance);
    CHECK(asked == 2);
    CHECK(error_of(bankid.collect(base::Secret{"x"})) == BankIdError::maintenance);
    CHECK(asked == 3);
}

TEST_CASE("nobody there, no whole answer and too much are told apart", "[bankid]") {
    BankIdOptions nobody;
    {
        const ScriptedServer gone{[](Connection&) {}};
        nobody = at(gone);
    }
    CHECK(error_of(BankId{nobody, kClock}.auth({"::1"})) == BankIdError::unreachable);
    const ScriptedServer cut{[](Connection& peer) {
        peer.read_until("}");
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"orderRef\"");
    }};
    CHECK(error_of(BankId{at(cut), kClock}.auth({"::1"})) == BankIdError::no_answer);
    const ScriptedServer much{[](Connection& peer) {
        peer.read_until("}");
        peer.write(answer("200 OK", std::string(600'000, 'x')));
    }};
    CHECK(error_of(BankId{at(much), kClock}.auth({"::1"})) == BankIdError::not_understood);
}

TEST_CASE("BankID is left in peace after a row of failures, and tried again", "[bankid][P17]") {
    int asked = 0;
    bool well = false;
    const ScriptedServer server{[&](Connection& peer) {
        while (!peer.read_until("}").empty()) {
            ++asked;
            peer.write(well ? answer("200 OK", R"({"status":"pending"})")
                            : answer("500 Internal Server Error", ""));
        }
    }};
    base::TestClock clock{base::Instant{}};
    BankId bankid{at(server), clock};
    const base::Secret order{"x"};
    for (int i = 0; i < 5; ++i)
        CHECK(error_of(bankid.collect(order)) == BankIdError::internal_error);
    for (int i = 0; i < 5; ++i) CHECK(error_of(bankid.collect(order)) == BankIdError::unreachable);
    CHECK(asked == 5);
    clock.advance(base::Millis{15'000});
    CHECK(error_of(bankid.collect(order)) == BankIdError::internal_error);
    CHECK(error_of(bankid.collect(order)) == BankIdError::unreachable);
    CHECK(asked == 6);
    well = true;
    clock.advance(base::Millis{15'000});
    for (int i = 0; i < 3; ++i)
        CHECK(std::holds_alternative<BankIdCollected>(bankid.collect(order)));
    CHECK(asked == 9);
}

TEST_CASE("an order lacking a token, or with a strange one, is not understood", "[bankid]") {
    for (const std::string_view json :
         {"", "null", "[]", "{}", "<html>busy</html>", R"({"orderRef":"a"})",
          R"({"orderRef":"a","autoStartToken":"b","qrStartToken":"c","qrStartSecret":""})",
          R"({"orderRef":"a","autoStartToken":"b","qrStartToken":"c.d","qrStartSecret":"e"})",
          R"({"orderRef":"a","autoStartToken":"b\u0000","qrStartToken":"c","qrStartSecret":"e"})",
          R"({"orderRef":["a"],"autoStartToken":"b","qrStartToken":"c","qrStartSecret":"e"})"})
        CHECK(error_of(parse_bankid_order(json)) == BankIdError::not_understood);
    const auto long_one = R"({"orderRef":")" + std::string(300, 'a') +
                          R"(","autoStartToken":"b","qrStartToken":"c","qrStartSecret":"e"})";
    CHECK(error_of(parse_bankid_order(long_one)) == BankIdError::not_understood);
}

TEST_CASE("pending and failed keep their hint, known or not", "[bankid]") {
    const auto pending = parse_bankid_collected(
        R"({"orderRef":"x","status":"pending","hintCode":"userFace","new":{"a":1}})");
    REQUIRE(std::holds_alternative<BankIdCollected>(pending));
    CHECK(std::get<BankIdCollected>(pending).status == OrderStatus::pending);
    CHECK(std::get<BankIdCollected>(pending).hint == "userFace");
    const auto failed = parse_bankid_collected(R"({"status":"failed"})");
    REQUIRE(std::holds_alternative<BankIdCollected>(failed));
    CHECK(std::get<BankIdCollected>(failed).status == OrderStatus::failed);
    CHECK(std::get<BankIdCollected>(failed).hint.empty());
    for (const std::string_view json :
         {"", "{", "true", R"({"status":"done"})", R"({"status":1})", R"({"hintCode":"userSign"})"})
        CHECK(error_of(parse_bankid_collected(json)) == BankIdError::not_understood);
}

TEST_CASE("a complete answer says who it was", "[bankid][C43]") {
    const auto person = person_of(
        complete(R"("device":{"ipAddress":"192.168.0.1","uhi":"OZvYM9VvyiAmG7NA5jU5zqGcVpo="},)"
                 R"("bankIdIssueDate":"2020-02-01Z","stepUp":{"mrtd":true},"risk":"LOW",)"
                 R"("signature":"PD94","ocspResponse":"MIIH","more":null)"));
    CHECK(person.personal_number.reveal() == "199001011234");
    CHECK(person.given_name == "Anna");
    CHECK(person.surname == "Ek");
    CHECK(person.device_address == "192.168.0.1");
    CHECK(person.device_id == "OZvYM9VvyiAmG7NA5jU5zqGcVpo=");
    CHECK(person.issued == "2020-02-01Z");
    CHECK(person.risk == "low");
    CHECK(person.document_read);
}

TEST_CASE("a step up is a truth or an object", "[bankid]") {
    CHECK(person_of(complete(R"("stepUp":{"mrtd":true})")).document_read);
    CHECK(person_of(complete(R"("stepUp":{"mrtd":{"verified":"x"}})")).document_read);
    CHECK(person_of(complete(R"("stepUp":true)")).document_read);
    CHECK(!person_of(complete(R"("stepUp":{"mrtd":false})")).document_read);
    CHECK(!person_of(complete(R"("stepUp":null)")).document_read);
    CHECK(!person_of(complete(R"("stepUp":[])")).document_read);
}

TEST_CASE("a complete answer without a whole personal number is nobody", "[bankid]") {
    for (const std::string_view number : {"\"\"", "null", "\"19900101123\"", "\"1990010112345\"",
                                          "\"19900101-234\"", "199001011234.0"})
        CHECK(error_of(parse_bankid_collected(
                  R"({"status":"complete","completionData":{"user":{"personalNumber":)" +
                  std::string{number} + "}}}")) == BankIdError::not_understood);
    CHECK(error_of(parse_bankid_collected(R"({"status":"complete"})")) ==
          BankIdError::not_understood);
}

TEST_CASE("a name that no card bears is left out", "[bankid]") {
    const auto named = [](std::string_view name) {
        return person_of(R"({"status":"complete","completionData":{"user":{)"
                         R"("personalNumber":"199001011234","givenName":")" +
                         std::string{name} + R"("}}})")
            .given_name;
    };
    CHECK(named("Åsa-Märta") == "Åsa-Märta");
    CHECK(named("a\\nb").empty());
    CHECK(named("a\\u202eb").empty());
    CHECK(named(std::string(500, 'a')).empty());
}

TEST_CASE("every error of BankID is known by its code, in either case of letters", "[bankid]") {
    const std::tuple<int, std::string_view, BankIdError> rows[] = {
        {400, "alreadyInProgress", BankIdError::already_in_progress},
        {400, "invalidParameters", BankIdError::invalid_parameters},
        {400, "canceled", BankIdError::canceled},
        {401, "unauthorized", BankIdError::unauthorized},
        {403, "unauthorized", BankIdError::unauthorized},
        {404, "notFound", BankIdError::not_found},
        {405, "methodNotAllowed", BankIdError::method_not_allowed},
        {408, "requestTimeout", BankIdError::request_timeout},
        {415, "unsupportedMediaType", BankIdError::unsupported_media_type},
        {429, "tooManyRequests", BankIdError::too_many_requests},
        {500, "internalError", BankIdError::internal_error},
        {503, "Maintenance", BankIdError::maintenance},
        {503, "maintenance", BankIdError::maintenance},
    };
    for (const auto& [status, code, error] : rows) {
        CAPTURE(status, code);
        const auto json = R"({"errorCode":")" + std::string{code} + R"(","details":"x"})";
        CHECK(problem_of(status, json).error == error);
        CHECK(problem_of(status, json).status == status);
        if (status == 400) continue;  // without a body the status alone must do
        CHECK(problem_of(status, "").error == error);
        CHECK(problem_of(status, "<html>").error == error);
        CHECK(problem_of(status, R"({"errorCode":"somethingNew"})").error == error);
    }
    CHECK(problem_of(400, "").error == BankIdError::not_understood);
    CHECK(problem_of(302, "").error == BankIdError::not_understood);
    CHECK(problem_of(502, "bad gateway").error == BankIdError::internal_error);
}

TEST_CASE("too many requests say how long to wait", "[bankid]") {
    const auto wait = [](std::string_view name, std::string_view value) {
        return parse_bankid_error({429, {{std::string{name}, std::string{value}}}, ""}).retry_after;
    };
    CHECK(wait("ratelimit-reset", "7") == std::chrono::seconds{7});
    CHECK(wait("retry-after", "9") == std::chrono::seconds{9});
    CHECK(wait("ratelimit-reset", "4000000000") == std::chrono::hours{24});
    CHECK(wait("ratelimit-reset", "soon").count() == 0);
    CHECK(wait("ratelimit-limit", "7").count() == 0);
}
