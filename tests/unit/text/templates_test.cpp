#include "text/templates.hpp"

#include <chrono>
#include <iostream>
#include <stdexcept>
#include <thread>

#include "catch.hpp"

namespace portal::text {
namespace {

struct Visit {
    std::string id;
    std::string title;
    bool may_cancel = false;
};
BOOST_DESCRIBE_STRUCT(Visit, (), (id, title, may_cancel))
PORTAL_HELP(Visit, {"id", "id"}, {"title", "title"}, {"may_cancel", "may be cancelled"})

struct Place {
    std::string title;
    std::optional<std::string> room;
};
BOOST_DESCRIBE_STRUCT(Place, (), (title, room))
PORTAL_HELP(Place, {"title", "title"}, {"room", "room"})

struct View {
    std::string title;
    int count = 0;
    std::vector<Visit> visits;
    std::vector<std::string> words;
    Place place;
    std::optional<Place> other;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(View, (), (title, count, visits, words, place, other, note))
PORTAL_HELP(View, {"title", "t"}, {"count", "c"}, {"visits", "v"}, {"words", "w"}, {"place", "p"},
            {"other", "o"}, {"note", "n"})

const Catalogue& catalogue() {
    static const Catalogue one;
    return one;
}

base::Result<Templates> load(std::string_view text, std::string_view name = "page.tpl") {
    const EmbeddedFile files[] = {{name, text}, {"_part.tpl", "[{{title}}]\n"}};
    return Templates::load(files, catalogue());
}

std::string render(std::string_view text, const View& view, Language language = Language::en) {
    auto templates = load(text);
    if (!templates) return base::describe(templates.error());
    if (const auto checked = templates->check<View>("page"); !checked)
        return base::describe(checked.error());
    return templates->render("page", language, view);
}

}  // namespace

TEST_CASE("line ends that were typed stay in a text field, and are spaces elsewhere") {
    View view;
    view.title = "one\n<two>";
    CHECK(render("<textarea name=\"t\">{{title}}</textarea>", view) ==
          "<textarea name=\"t\">one\n&lt;two&gt;</textarea>\n");
    CHECK(render("<p>{{title}}</p>", view) == "<p>one &lt;two&gt;</p>\n");
}

TEST_CASE("values, lists, records and sections come from the described record", "[text]") {
    View view;
    view.title = "Tider";
    view.count = 2;
    view.words = {"a", "b"};
    view.visits = {{"1", "Besök", true}, {"2", "", false}};
    view.place = {"Solna", "12"};
    CHECK(render("{{title}} {{count}}", view) == "Tider 2\n");
    CHECK(render("{{#words}}{{it}};{{/words}}", view) == "a;b;\n");
    CHECK(render("{{#visits}}{{id}}{{#may_cancel}}!{{/may_cancel}}{{^may_cancel}}-{{/may_cancel}}"
                 "{{/visits}}",
                 view) == "1!2-\n");
    CHECK(render("{{#place}}{{title}}{{#room}} {{room}}{{/room}}{{/place}}", view) == "Solna 12\n");
    CHECK(render("{{?visits}}any{{/visits}}{{^visits}}none{{/visits}}", view) == "any\n");
    CHECK(render("{{^other}}no{{/other}}{{#other}}{{title}}{{/other}}", view) == "no\n");
    view.other = Place{"Lund", {}};
    CHECK(render("{{#other}}{{title}}{{^room}} -{{/room}}{{/other}}", view) == "Lund -\n");
    CHECK(render("{{#note}}x{{/note}}{{>_part}}", view) == "[Tider]\n");
}

TEST_CASE("an inner record's empty field is not taken from the record around it", "[text]") {
    View view;
    view.title = "outer";
    view.visits = {{"1", "", false}};
    CHECK(render("{{#visits}}{{#title}}{{title}}{{/title}}{{^title}}-{{/title}}{{count}}"
                 "{{/visits}}",
                 view) == "-0\n");
}

TEST_CASE("values are escaped by their place in the page", "[text]") {
    View view;
    for (const std::string evil :
         {"<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>", "' onclick='x",
          "{{title}}{{>_part}}", "</title><script>alert(1)</script>"}) {
        view.title = evil;
        const auto html = render(
            "<p>{{title}}</p><input value=\"{{title}}\"><a href=\"/x?q={{title}}\">x</a>", view);
        INFO(html);
        CHECK(html.find("<img") == std::string::npos);
        CHECK(html.find("<svg") == std::string::npos);
        CHECK(html.find("<script") == std::string::npos);
        CHECK(html.find("' onclick") == std::string::npos);
        CHECK(html.find("\"><") == html.find("\"><a"));
    }
    view.title = "javascript:alert(1)";
    CHECK(render("<a href=\"{{title}}\">x</a>", view).find("javascript") == std::string::npos);
    view.title = "{{title}}";
    CHECK(render("{{title}}", view) == "{{title}}\n");
}

TEST_CASE("a part put into a page is escaped as the page is", "[text]") {
    View view;
    view.title = "<b>";
    CHECK(render("<p>{{>_part}}</p>", view) == "<p>[&lt;b&gt;]\n</p>\n");
}

TEST_CASE("plain text is not escaped and keeps its lines", "[text]") {
    View view;
    view.title = "Å & <b>";
    auto templates = load("A\n\n{{#title}}\n{{title}}\n{{/title}}\n  end\n", "page.txt.tpl");
    REQUIRE(templates);
    REQUIRE(templates->check<View>("page.txt"));
    CHECK(templates->render("page.txt", Language::en, view) == "A\n\nÅ & <b>\n  end\n");
}

TEST_CASE("templates that escaping cannot make safe are refused", "[text]") {
    for (const std::string_view bad : {"{{title:none}}",
                                       "{{title:h}}",
                                       "{{%AUTOESCAPE context=\"JSON\"}}",
                                       "{{=<% %>=}}",
                                       "<p onclick=\"{{title}}\">",
                                       "<p ONload='x'>",
                                       "<button formaction=\"/x\">",
                                       "<iframe srcdoc=\"{{title}}\">",
                                       "<p style=\"color:{{title}}\">",
                                       "<script>var a = \"{{title}}\";</script>",
                                       "<style>p{color:{{title}}}</style>",
                                       "<a href=\"javascript:x\">",
                                       "<a href={{title}}>",
                                       "<p class=x>",
                                       "{{#title}}",
                                       "{{/title}}",
                                       "{{#title}}{{/note}}",
                                       "{{",
                                       "{{>page}}",
                                       "{{>absent}}",
                                       "{{Title}}",
                                       "<p title=\"x>"}) {
        INFO(bad);
        CHECK_FALSE(load(bad));
    }
}

TEST_CASE("a misspelt marker refuses to start", "[text]") {
    const View view;
    CHECK(render("{{titel}}", view) == "Template page: 'titel' is not in View.");
    CHECK(render("{{#visits}}{{titel}}{{/visits}}", view) ==
          "Template page: 'titel' is not in View.");
    CHECK(render("{{visits}}", view) == "Template page: 'visits' cannot be printed.");
    CHECK(render("{{#count}}x{{/count}}", view) == "Template page: 'count' is a number.");
    auto templates = load("x");
    REQUIRE(templates);
    CHECK_FALSE(templates->check<View>("absent"));
    CHECK_THROWS_AS(templates->render("page", Language::en, view), std::logic_error);
}

TEST_CASE("sentences are put in by language, escaped", "[text]") {
    const View view;
    CHECK(render("<p>_(\"Your visit is booked.\")</p>", view, Language::sv) ==
          "<p>Ditt besök är bokat.</p>\n");
    CHECK(render("<p title=\"_(\"Don't & <b>\")\">", view, Language::sv) ==
          "<p title=\"Don&#39;t &amp; &lt;b&gt;\">\n");
    CHECK_FALSE(load("_(\"{{title}}\")"));
}

TEST_CASE("pages are rendered by many threads at once", "[text]") {
    auto templates = load("{{#visits}}{{id}} {{title}} {{count}}\n{{/visits}}");
    REQUIRE(templates);
    REQUIRE(templates->check<View>("page"));
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            View view;
            view.count = t;
            view.visits = {{"1", "x", true}};
            for (int i = 0; i < 2000; ++i)
                if (templates->render("page", Language::en, view) !=
                    "1 x " + std::to_string(t) + "\n")
                    ++wrong;
        });
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
}

}  // namespace portal::text
