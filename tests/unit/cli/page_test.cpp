#include "cli/page.hpp"

#include "api/operations.hpp"
#include "base/json.hpp"
#include "catch.hpp"
#include "cli/ui/output.hpp"
#include "domain/booking_list.hpp"

using namespace portal;

namespace {

domain::BookingList sample() {
    domain::BookingList list;
    list.items.resize(2);
    auto& first = list.items[0];
    first.starts = base::from_ms(1'800'000'000'000);
    first.ends = base::from_ms(1'800'000'000'123);
    first.state = domain::BookingState::no_show;
    first.patient = "=Åsa \"Q\"\n, Berg";
    first.staff_title = "-2";
    first.cancel_minutes = -5;
    first.version = 7;
    list.items[1].visit_type = "\\ \x01";
    list.next = domain::BookingCursor{first.starts, first.id};
    return list;
}

/// Values that stand in one cell: what PageReader can read.
bool is_plain(const base::TypeInfo& type) {
    if (type.kind == base::Kind::optional) return is_plain(*type.element);
    return type.kind == base::Kind::text || type.kind == base::Kind::integer ||
           type.kind == base::Kind::boolean;
}

}  // namespace

TEST_CASE("rows read from a page are those of its records") {
    const auto list = sample();
    const auto& type = base::type_of<domain::BookingList>();
    const auto page = base::to_json(list);
    for (const auto format :
         {cli::Format::csv, cli::Format::table, cli::Format::name, cli::Format::md}) {
        cli::PageReader reader{base::type_of<domain::BookingView>(), format == cli::Format::csv};
        cli::Sheet sheet{format, {true, false}};
        const auto rows = reader.read(page);
        REQUIRE(rows);
        CHECK(sheet.add(**rows) == cli::render(format, type, &list, {true, false}));
    }
}

TEST_CASE("a later page has no heading, and its rows stand in the first one's columns") {
    auto list = sample();
    cli::PageReader reader{base::type_of<domain::BookingView>(), false};
    cli::Sheet sheet{cli::Format::table, {true, false}};
    const auto first = sheet.add(**reader.read(base::to_json(list)));
    CHECK(first.substr(0, 2) == "ID");
    list.items.pop_back();
    const auto second = sheet.add(**reader.read(base::to_json(list)));
    CHECK(second == first.substr(first.find('\n') + 1, second.size()));
    list.items.clear();
    CHECK(sheet.add(**reader.read(base::to_json(list))).empty());
}

TEST_CASE("a page says where the next one begins, and gives its items as they are written") {
    const auto list = sample();
    const auto page = base::to_json(list);
    const auto next = cli::read_next(page);
    REQUIRE(next);
    const auto cursor = base::TextForm<domain::BookingCursor>::parse(next->value());
    REQUIRE(cursor);
    CHECK(cursor->starts == list.items[0].starts);
    CHECK(cursor->booking == list.items[0].id);
    CHECK_FALSE(cli::read_next(R"({"next":null,"items":[]})")->has_value());
    CHECK_FALSE(cli::read_next(R"({"items":[]})")->has_value());
    CHECK(*cli::read_items(R"({"version":1,"next":"a","items":[{"a":"]"},2]})") ==
          R"({"a":"]"},2)");
    for (const char* bad : {"", "[]", "{}", R"({"items":1})", R"({"items":[{"id":"a})"}) {
        CHECK_FALSE(cli::read_items(bad));
        CHECK_FALSE(cli::PageReader{base::type_of<domain::BookingView>(), true}.read(bad));
    }
    for (const char* bad : {"", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!", "=1"})
        CHECK_FALSE(base::TextForm<domain::BookingCursor>::parse(bad));
}

TEST_CASE("what is listed in pages has plain values only, and a page's size is limited") {
    int paged = 0;
    for (const auto& row : api::all_operations()) {
        const auto paging = cli::find_paging(row.arguments(), row.result());
        if (!paging) continue;
        ++paged;
        INFO(row.name);
        CHECK(paging->limit->help.max > 0);
        for (const auto& field : paging->items->type->element->fields) CHECK(is_plain(*field.type));
    }
    CHECK(paged >= 1);
}
