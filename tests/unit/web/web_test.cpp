#include "clinic.hpp"

namespace portal::web {
namespace {

std::string location(const http::Response& response) {
    return std::string{response.headers.find("Location").value_or("")};
}
bool shows(const http::Response& response, const std::string& text) {
    return response.content().find(text) != std::string_view::npos;
}

}  // namespace

TEST_CASE("a host that no clinic has is refused before anything else", "[web][K5]") {
    const Clinic clinic;
    for (const auto* path : {"/", "/login", "/nothing", "/static/portal.css"}) {
        const auto answer = clinic.ask(path, {"GET", {}, {}, {}, "evil.test"});
        CHECK(answer.status == 421);
        CHECK_FALSE(shows(answer, "evil.test"));
        CHECK_FALSE(shows(answer, "Solna"));
    }
}

TEST_CASE("every answer has the security headers, and pages set no cookie", "[web][D12]") {
    const Clinic clinic;
    for (const auto* path : {"/login", "/nothing", "/static/portal.css"}) {
        const auto answer = clinic.ask(path);
        CHECK(answer.header("Content-Security-Policy"));
        CHECK(answer.headers.all("Set-Cookie").empty());
    }
    CHECK(clinic.ask("/nothing").status == 404);
    CHECK(clinic.ask("/login", {"DELETE"}).status == 405);
}

TEST_CASE("who is not logged in is asked to, and comes back to the page", "[web][K4]") {
    const Clinic clinic;
    CHECK(location(clinic.ask("/")) == "/login?next=%2F");
    CHECK(location(clinic.ask("/slots?from=2026-11-23")) ==
          "/login?next=%2Fslots%3Ffrom%3D2026-11-23");
    CHECK(clinic.post("/book", "", {}).status == 401);
    CHECK(clinic.ask("/slots.json?staff=x&visit_type=y").status == 401);
    const auto page = clinic.ask("/login?next=/slots");
    CHECK(shows(page, "name=\"next\" value=\"/slots\""));
    for (const auto* evil : {"//evil.test", "/\\evil.test", "https:evil.test", "/\t/evil"})
        CHECK(shows(clinic.ask("/login?next=" + http::percent_encode(evil)),
                    "name=\"next\" value=\"\""));
}

TEST_CASE("after the session's end a button leads to no page that cannot be opened", "[web][K4]") {
    const Clinic clinic;
    for (const auto* action : {"/logout", "/language"}) {
        INFO(action);
        const auto ended = clinic.post(action, "over", {{"form_token", "x"}});
        CHECK(ended.status == 401);
        CHECK(shows(ended, "href=\"/login\""));
        CHECK(shows(ended, "href=\"/login?lang=en\""));
        CHECK_FALSE(shows(ended, "next="));
        CHECK(shows(clinic.ask("/login?next=" + http::percent_encode(action)),
                    "name=\"next\" value=\"\""));
    }
    CHECK(shows(clinic.post("/book", "over", {{"starts", "2026-11-23T07:00:00Z"}}),
                "href=\"/login?next=%2Fbook%3Fstarts%3D2026-11-23T07%253A00%253A00Z\""));
}

TEST_CASE("each kind of person lands in an own first page", "[web][K4]") {
    Clinic clinic;
    const auto patient = clinic.log_in(clinic.patient_id);
    const auto staff = clinic.log_in(clinic.staff_id);
    CHECK(location(clinic.ask("/", {"GET", patient})) == "/bookings");
    CHECK(location(clinic.ask("/", {"GET", staff})) == "/staff");
    CHECK(clinic.ask("/bookings", {"GET", patient}).status == 200);
    CHECK(clinic.ask("/staff", {"GET", staff}).status == 200);
    CHECK(clinic.ask("/staff", {"GET", patient}).status == 403);
    CHECK(clinic.ask("/slots", {"GET", staff}).status == 403);
}

TEST_CASE("a module that is off has no menu item and no page", "[web][K26][X1]") {
    Clinic clinic;
    const auto patient = clinic.log_in(clinic.patient_id);
    CHECK(shows(clinic.ask("/bookings", {"GET", patient}), "href=\"/slots\""));
    clinic.set_modules({});
    for (const auto* path : {"/bookings", "/slots", "/book", "/bookings/x/move", "/slots.json"})
        CHECK(clinic.ask(path, {"GET", patient}).status >= 400);
    CHECK(clinic.ask("/bookings", {"GET", patient}).status == 404);
    const auto first = clinic.ask("/", {"GET", patient});
    CHECK(first.status == 200);
    CHECK_FALSE(shows(first, "href=\"/slots\""));
}

TEST_CASE("where clients may not log in the page says so", "[web][K1]") {
    Clinic clinic;
    CHECK_FALSE(shows(clinic.ask("/login"), "Patienter kan inte logga in här"));
    clinic.allow_clients(false);
    CHECK(shows(clinic.ask("/login"), "Patienter kan inte logga in här"));
}

TEST_CASE("a form without its token, or from elsewhere, changes nothing", "[web][C45]") {
    Clinic clinic;
    const auto patient = clinic.log_in(clinic.patient_id);
    const auto other = clinic.log_in(clinic.new_patient("per@s.se"));
    const auto page = clinic.ask("/bookings", {"GET", patient});
    const auto token = Clinic::token_of(page, "/logout");
    CHECK(clinic.post("/logout", patient, {}).status == 403);
    CHECK(clinic.post("/logout", other, {{"form_token", token}}).status == 403);
    for (const auto* site : {"cross-site", "same-site"})
        CHECK(clinic
                  .ask("/logout",
                       {"POST", patient, {{"form_token", token}}, {{"Sec-Fetch-Site", site}}})
                  .status == 403);
    CHECK(clinic.ask("/bookings", {"GET", patient}).status == 200);
    const auto out = clinic.post("/logout", patient, {{"form_token", token}});
    CHECK(location(out) == "/login?done=logged-out");
    CHECK(location(clinic.ask("/bookings", {"GET", patient})) == "/login?next=%2Fbookings");
}

TEST_CASE("a visit is booked, confirmed, moved and cancelled by its own pages", "[web][L28]") {
    Clinic clinic;
    const auto me = clinic.log_in(clinic.patient_id);
    const auto times = clinic.ask("/slots", {"GET", me});
    CHECK(shows(times, "<h3>måndag 23 november</h3>"));
    CHECK(shows(times, ">08.00</a>"));
    const std::string choice = "staff=" + base::format_uuid(clinic.staff_id) +
                               "&visit_type=" + base::format_uuid(clinic.type_id);
    const auto question =
        clinic.ask("/book?" + choice + "&starts=2026-11-23T07:00:00Z", {"GET", me});
    CHECK(shows(question, "<strong>måndag 23 november 2026 kl. 08.00</strong>"));
    std::map<std::string, std::string> form{{"form_token", Clinic::token_of(question, "/book")},
                                            {"staff", base::format_uuid(clinic.staff_id)},
                                            {"visit_type", base::format_uuid(clinic.type_id)},
                                            {"starts", "2026-11-23T07:00:00Z"}};
    const auto booked = clinic.post("/book", me, form);
    REQUIRE(booked.status == 303);
    CHECK(location(clinic.post("/book", me, form)) == location(booked));  // a double click
    const auto at = location(booked);
    const auto visit = at.substr(0, at.find('?'));

    const auto page = clinic.ask(at, {"GET", me});
    CHECK(shows(page, "Ditt besök är bokat."));
    CHECK(shows(page, "Inte bekräftat än"));
    CHECK(location(clinic.ask(visit + "/confirm", {"GET", me})) == visit);  // a scanner's look
    const auto confirm = Clinic::token_of(page, visit + "/confirm");
    CHECK(location(clinic.post(visit + "/confirm", me, {{"form_token", confirm}})) ==
          visit + "?done=confirmed");
    CHECK(location(clinic.post(visit + "/confirm", me, {{"form_token", confirm}})) ==
          visit + "?done=confirmed");

    const auto move = clinic.ask(visit + "/move?starts=2026-11-24T08:00:00Z", {"GET", me});
    CHECK(shows(move, "<s>måndag 23 november 2026 kl. 08.00</s>"));
    CHECK(location(clinic.post(visit + "/move", me,
                               {{"form_token", Clinic::token_of(move, visit + "/move")},
                                {"starts", "2026-11-24T08:00:00Z"}})) == visit + "?done=moved");
    const auto cancel = clinic.ask(visit + "/cancel", {"GET", me});
    CHECK(location(clinic.post(visit + "/cancel", me,
                               {{"form_token", Clinic::token_of(cancel, visit + "/cancel")}})) ==
          visit + "?done=cancelled");
    CHECK(shows(clinic.ask("/bookings", {"GET", me}), "Du har inga kommande besök."));
}

TEST_CASE("a page says that something was done only of a visit that is so", "[web][L28]") {
    Clinic clinic;
    const auto me = clinic.log_in(clinic.patient_id);
    const auto visit = clinic.book(me, "2026-11-23T07:00:00Z");
    const std::map<std::string, std::string> sentences{{"booked", "Ditt besök är bokat."},
                                                       {"confirmed", "Ditt besök är bekräftat."},
                                                       {"moved", "Ditt besök har en ny tid."},
                                                       {"cancelled", "Ditt besök är avbokat."},
                                                       {"logged-out", "Du är utloggad."}};
    const auto said = [&] {
        std::string names;
        for (const auto& [name, sentence] : sentences)
            if (shows(clinic.ask(visit + "?done=" + name, {"GET", me}), sentence))
                names += name + " ";
        return names;
    };
    const auto act = [&](const std::string& name, const std::string& at) {
        const auto page = clinic.ask(at, {"GET", me});
        std::map<std::string, std::string> form{
            {"form_token", Clinic::token_of(page, visit + "/" + name)}};
        if (name == "move") form["starts"] = "2026-11-24T08:00:00Z";
        CHECK(clinic.post(visit + "/" + name, me, form).status == 303);
    };
    CHECK(said() == "booked ");
    act("move", visit + "/move?starts=2026-11-24T08:00:00Z");
    CHECK(said() == "booked moved ");
    act("confirm", visit);
    CHECK(said() == "booked confirmed moved ");
    act("cancel", visit + "/cancel");
    CHECK(said() == "cancelled ");
    for (const auto& [name, sentence] : sentences)
        CHECK_FALSE(shows(clinic.ask("/bookings?done=" + name, {"GET", me}), sentence));
}

TEST_CASE("a visit that cannot be moved any more is shown with the reason, without times",
          "[web][L28]") {
    Clinic clinic;
    const auto me = clinic.log_in(clinic.patient_id);
    const auto refused = [&](const http::Response& page, const std::string& reason) {
        CHECK(page.status == 409);
        CHECK(shows(page, "<h1>Ditt besök</h1>"));
        CHECK(shows(page, reason));
        CHECK_FALSE(shows(page, "class=\"times\""));
        CHECK_FALSE(shows(page, "Ändra tiden"));
    };
    const auto visit = clinic.book(me, "2026-11-23T07:00:00Z");
    const auto choice = visit + "/move?starts=2026-11-24T08:00:00Z";
    const auto question = clinic.ask(choice, {"GET", me});
    const auto cancel = clinic.ask(visit + "/cancel", {"GET", me});
    clinic.post(visit + "/cancel", me,
                {{"form_token", Clinic::token_of(cancel, visit + "/cancel")}});
    refused(clinic.ask(visit + "/move", {"GET", me}), "Besöket är redan avbokat.");
    refused(clinic.ask(choice, {"GET", me}), "Besöket är redan avbokat.");
    refused(clinic.post(visit + "/move", me,
                        {{"form_token", Clinic::token_of(question, visit + "/move")},
                         {"starts", "2026-11-24T08:00:00Z"}}),
            "Besöket är redan avbokat.");

    const auto past = clinic.book(me, "2026-11-23T07:30:00Z");
    clinic.set_now("2026-11-23T07:40:00Z");
    const auto later = clinic.log_in(clinic.patient_id);
    refused(clinic.ask(past + "/move", {"GET", later}), "Besöket har redan börjat.");
}

TEST_CASE("another's visit does not exist, and a taken time is told on the page of times",
          "[web][K28]") {
    Clinic clinic;
    const auto me = clinic.log_in(clinic.patient_id);
    const auto other = clinic.log_in(clinic.new_patient("per@s.se"));
    const std::string choice = "staff=" + base::format_uuid(clinic.staff_id) +
                               "&visit_type=" + base::format_uuid(clinic.type_id);
    const auto book = [&](const std::string& who) {
        const auto page =
            clinic.ask("/book?" + choice + "&starts=2026-11-23T07:00:00Z", {"GET", who});
        return clinic.post("/book", who,
                           {{"form_token", Clinic::token_of(page, "/book")},
                            {"staff", base::format_uuid(clinic.staff_id)},
                            {"visit_type", base::format_uuid(clinic.type_id)},
                            {"starts", "2026-11-23T07:00:00Z"}});
    };
    const auto mine = location(book(me));
    const auto visit = mine.substr(0, mine.find('?'));
    const auto taken = book(other);
    CHECK(taken.status == 409);
    CHECK(shows(taken, "Den tiden är inte längre ledig."));
    CHECK(shows(taken, ">08.30</a>"));
    CHECK(clinic.ask(visit, {"GET", me}).status == 200);
    CHECK(clinic.ask(visit, {"GET", other}).status == 404);
    const auto absent =
        clinic.ask("/bookings/5f0c3d4e-0000-4000-8000-000000000001", {"GET", other});
    CHECK(absent.status == 404);
    CHECK(shows(clinic.ask("/staff/bookings", {"GET", clinic.log_in(clinic.staff_id)}),
                "Märta &lt;b&gt; Öberg"));
}

TEST_CASE("a wrong login is told in the reader's language, with the field", "[web][K31]") {
    const Clinic clinic;
    const auto page = clinic.ask("/login");
    const auto token = Clinic::token_of(page, "/login");
    const auto empty =
        clinic.post("/login?lang=da", "",
                    {{"form_token", token}, {"identifier", "not an address"}, {"password", "x"}});
    CHECK(empty.status == 400);
    CHECK(shows(empty, "<html lang=\"da\">"));
    CHECK(shows(empty, "href=\"#identifier\""));
    const auto wrong = clinic.post(
        "/login", "",
        {{"form_token", token}, {"identifier", "nobody@s.se"}, {"password", "a long enough one"}});
    CHECK(shows(wrong, "E-postadressen eller lösenordet stämmer inte"));
    CHECK_FALSE(shows(wrong, "a long enough one"));
    CHECK(clinic.post("/login", "", {{"identifier", "a@b.se"}, {"password", "x"}}).status == 403);
}

TEST_CASE("the language is chosen without script and kept", "[web]") {
    Clinic clinic;
    CHECK(shows(clinic.ask("/login?lang=en"), "<html lang=\"en\">"));
    CHECK(shows(clinic.ask("/login", {"GET", {}, {}, {{"Accept-Language", "da, en;q=0.5"}}}),
                "<html lang=\"da\">"));
    const auto me = clinic.log_in(clinic.patient_id);
    const auto page = clinic.ask("/bookings", {"GET", me});
    CHECK(shows(page, "<html lang=\"sv\">"));
    const auto chosen = clinic.post("/language", me,
                                    {{"form_token", Clinic::token_of(page, "/language")},
                                     {"language", "en"},
                                     {"here", "/bookings"}});
    CHECK(location(chosen) == "/bookings");
    CHECK(shows(clinic.ask("/bookings", {"GET", me}), "<html lang=\"en\">"));
}

TEST_CASE("another language keeps the page and what was chosen there", "[web]") {
    Clinic clinic;
    const auto me = clinic.log_in(clinic.patient_id);
    const auto chosen = "/book?staff=" + base::format_uuid(clinic.staff_id) +
                        "&visit_type=" + base::format_uuid(clinic.type_id) +
                        "&starts=2026-11-23T07%3A00%3A00Z";
    const auto page = clinic.ask(chosen + "&bogus=1&done=booked", {"GET", me});
    const std::string field = "name=\"here\" value=\"";
    const auto at = page.body.find(field);
    REQUIRE(at != std::string::npos);
    auto here = page.body.substr(at + field.size());
    here.resize(here.find('"'));
    for (auto amp = here.find("&amp;"); amp != std::string::npos; amp = here.find("&amp;"))
        here.erase(amp + 1, 4);
    CHECK(here == chosen);
    const auto switched = clinic.post(
        "/language", me,
        {{"form_token", Clinic::token_of(page, "/language")}, {"language", "en"}, {"here", here}});
    CHECK(location(switched) == chosen);
    const auto english = clinic.ask(location(switched), {"GET", me});
    CHECK(shows(english, "<html lang=\"en\">"));
    CHECK(shows(english, "name=\"starts\" value=\"2026-11-23T07:00:00Z\""));
    CHECK(shows(clinic.ask("/login?lang=sv&next=%2Fslots%3Ffrom%3D2026-11-24"),
                "href=\"/login?next=%2Fslots%3Ffrom%3D2026-11-24&amp;lang=da\""));
}

TEST_CASE("the national id has the name of the clinic's country, in every language", "[web][K31]") {
    const auto label = [](const Clinic& clinic, const std::string& language) {
        const auto page = clinic.ask("/login?lang=" + language);
        const std::string start = "<label for=\"identifier\">";
        const auto from = page.body.find(start) + start.size();
        return page.body.substr(from, page.body.find('<', from) - from);
    };
    Clinic swedish;
    CHECK(label(swedish, "en") == "E-mail address");
    swedish.identify_by_national_id();
    CHECK(label(swedish, "sv") == "Personnummer");
    CHECK(label(swedish, "da") == "Personnummer");
    CHECK(label(swedish, "en") == "Personal number");
    Clinic danish{domain::Country::dk};
    danish.identify_by_national_id();
    CHECK(label(danish, "sv") == "CPR-nummer");
    CHECK(label(danish, "da") == "CPR-nummer");
    CHECK(label(danish, "en") == "CPR number");
}

TEST_CASE("the free times are also given as JSON", "[web]") {
    Clinic clinic;
    const auto me = clinic.log_in(clinic.patient_id);
    const auto json = clinic.ask("/slots.json?staff=" + base::format_uuid(clinic.staff_id) +
                                     "&visit_type=" + base::format_uuid(clinic.type_id) +
                                     "&from=2026-11-23&days=1",
                                 {"GET", me});
    CHECK(json.status == 200);
    CHECK(shows(json, "\"starts\":\"2026-11-23T07:00:00Z\""));
    CHECK(clinic.ask("/slots.json?bogus=1", {"GET", me}).status == 400);
    CHECK(clinic.ask("/slots.json?staff=&visit_type=", {"GET", me}).status == 400);
}

}  // namespace portal::web
