#include "cli/ui/output.hpp"

#include "base/json.hpp"
#include "catch.hpp"
#include "cli/settings.hpp"
#include "cli/ui/terminal.hpp"
#include "cli/unix_http.hpp"
#include "cli/words.hpp"
#include "domain/visit_type.hpp"

using namespace portal;
using cli::Format;

struct Talk {
    base::Uuid id;
    std::string title;
    int duration_minutes = 0;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Talk, (), (id, title, duration_minutes, version))
PORTAL_HELP(Talk, {"id", "id"}, {"title", "title"}, {"duration_minutes", "length"},
            {"version", "row version", base::kWide})
struct TalkList {
    std::vector<Talk> items;
};
BOOST_DESCRIBE_STRUCT(TalkList, (), (items))
PORTAL_HELP(TalkList, {"items", "the talks"})

namespace {

TalkList sample() {
    TalkList list;
    list.items.resize(2);
    list.items[0].title = "Åtta samtal";
    list.items[0].duration_minutes = 45;
    list.items[1].title = "=HYPERLINK(\"http://evil\")|\x1b[2J";
    list.items[1].duration_minutes = 5;
    return list;
}

std::string render(Format format, bool terminal) {
    const auto list = sample();
    return cli::render(format, base::type_of<TalkList>(), &list, {terminal, false});
}

const std::string kNil = "00000000-0000-0000-0000-000000000000";

}  // namespace

TEST_CASE("a list is aligned on a terminal and has tabs elsewhere") {
    CHECK(render(Format::table, false) ==
          kNil + "\tÅtta samtal\t45\n" + kNil + "\t=HYPERLINK(\"http://evil\")|\\x1b[2J\t5\n");
    const auto table = render(Format::table, true);
    CHECK(table.find("TITLE                              DURATION MINUTES\n") != std::string::npos);
    CHECK(table.find("Åtta samtal                        45\n") != std::string::npos);
    CHECK(table.find('\x1b') == std::string::npos);
    CHECK(render(Format::name, false) == kNil + "\n" + kNil + "\n");
}

TEST_CASE("CSV quotes, and no text becomes a spreadsheet's formula") {
    const auto line = [](const std::vector<std::string>& cells,
                         const std::vector<bool>& numbers = {}) {
        std::string text;
        cli::add_csv_line(text, cells, numbers);
        return text;
    };
    CHECK(line({"a", "b,c", "d\"e", "f\ng", "", "h;i"}) ==
          "a,\"b,c\",\"d\"\"e\",\"f\ng\",,\"h;i\"\n");
    for (const char* evil : {"=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(1)", "\t=1", "\r=1", "\n=1",
                             " =1", "\xc2\xa0-1", "\xef\xbb\xbf@a",
                             "\xef\xbc\x9d"
                             "1",
                             "\xef\xbc\x8b"
                             "1",
                             "\xef\xbc\x8d"
                             "1",
                             "\xef\xbc\xa0"
                             "a"})
        CHECK(line({evil}) == "\"'" + std::string{evil} + "\"\n");
    CHECK(line({"=HYPERLINK(\"a\")"}) == "\"'=HYPERLINK(\"\"a\"\")\"\n");
    CHECK(line({"a=b", "Anna-Lisa", "e@f", " a", "\xff"}) == "a=b,Anna-Lisa,e@f, a,\xff\n");
    CHECK(line({"-2", "-2", "-2+3", "="}, {true, false, true, true}) ==
          "-2,\"'-2\",\"'-2+3\",\"'=\"\n");
    const auto csv = render(Format::csv, false);
    CHECK(csv.substr(0, csv.find('\n')) == "id,title,duration_minutes,version");
    CHECK(csv.find(",\"'=HYPERLINK(\"\"http://evil\"\")|\x1b[2J\",5,") != std::string::npos);
}

TEST_CASE("Markdown cells cannot leave their table") {
    const auto text = render(Format::md, false);
    CHECK(text.substr(0, 36) == "| id | title | duration_minutes |\n| ");
    CHECK(text.find("evil\")\\|") != std::string::npos);
}

TEST_CASE("a single record stands upright") {
    domain::VisitTypeView view;
    view.title = "Talk";
    const auto text = cli::render(Format::table, base::type_of<domain::VisitTypeView>(), &view, {});
    CHECK(text.find("title\tTalk\n") != std::string::npos);
    CHECK(text.find("version\t0\n") != std::string::npos);
}

TEST_CASE("what cannot be shown is written in hexadecimal") {
    CHECK(cli::printable("Åsa") == "Åsa");
    CHECK(cli::printable("a\n\x1b[31m") == "a\\x0a\\x1b[31m");
    CHECK(cli::printable("\xff\xe2\x80\xae") ==
          "\\xff\\xe2"
          "80ae");
    CHECK(cli::printable("\xc3") == "\\xc3");
}

TEST_CASE("an unknown output format is refused") {
    CHECK(cli::parse_format("csv"));
    CHECK_FALSE(cli::parse_format("yaml"));
}

TEST_CASE("a context file is read strictly, with line and column") {
    const auto good =
        cli::parse_context("# mine\n tenant = \"solna\" # here\n\nsocket=\"/a b\"", "c");
    REQUIRE(good);
    CHECK(good->at("tenant") == "solna");
    CHECK(good->at("socket") == "/a b");
    const auto refused = [](std::string_view text) {
        const auto parsed = cli::parse_context(text, "c.toml");
        return parsed ? std::string{"accepted"} : base::describe(parsed.error());
    };
    CHECK(refused("tenant = solna") == "c.toml:1:9: a text in \"quotes\" must stand here");
    CHECK(refused("\n  bogus = \"a\"") ==
          "c.toml:2:3: only socket, tenant and output may stand here");
    CHECK(refused("tenant = \"a\"\ntenant = \"b\"") == "c.toml:2:1: tenant stands there twice");
    for (const char* bad :
         {"[", "tenant", "tenant = \"a", "tenant = \"a\" b", "tenant = \"\\u0041\"",
          "tenant = \"\x01\"", "tenant = \"\xff\"", "output"})
        CHECK(refused(bad) != "accepted");
    CHECK(refused(std::string_view{"[\0\0", 3}) != "accepted");
}

TEST_CASE("the daemon's answer is cut out by its length") {
    const auto whole = cli::parse_answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}more");
    REQUIRE(whole);
    CHECK(whole->status == 200);
    CHECK(whole->body == "{}");
    for (const char* bad :
         {"", "HTTP/1.1 200 OK\r\n", "x\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 999 x\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"})
        CHECK_FALSE(cli::parse_answer(bad));
    const auto nobody = cli::call_unix("/nonexistent.sock", {"GET", "/", ""}, base::Millis{100});
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().code == base::ErrorCode::unavailable);
    CHECK_FALSE(cli::call_unix(std::string(300, 'x'), {"GET", "/", ""}, base::Millis{100}));
}
