#include <algorithm>
#include <set>

#include "api/operations.hpp"
#include "catch.hpp"

using namespace portal;
using api::all_operations;

TEST_CASE("every operation has a name, a place and words of its own") {
    std::set<std::string_view> names;
    std::set<std::string> places;
    for (const auto& row : all_operations()) {
        CAPTURE(row.name);
        CHECK(names.insert(row.name).second);
        CHECK(places.insert(std::string{row.method} + " " + std::string{row.path}).second);
        CHECK((row.method == "GET" || row.method == "POST"));
        CHECK(row.path.substr(0, 4) == "/v1/");
        CHECK_FALSE(row.scope.empty());
        CHECK_FALSE(row.help.empty());
        CHECK(row.help.back() != '.');
        CHECK_FALSE(api::noun_help(row.noun()).empty());
        CHECK((row.access == api::Access::write) <= (row.method == "POST"));
        CHECK(api::find_operation(row.name) == &row);
    }
    CHECK(names.size() >= 26);
    CHECK(api::find_operation("bogus.list") == nullptr);
}

TEST_CASE("every parameter of a path is a field or the tenant") {
    for (const auto& row : all_operations())
        for (const auto name : api::path_parameters(row.path)) {
            CAPTURE(row.name, name);
            CHECK((name == "tenant" || base::find_field(row.arguments(), name) != nullptr));
        }
    CHECK(api::path_parameters("/v1/{a}/x/{b}") == std::vector<std::string_view>{"a", "b"});
}

TEST_CASE("personal data travels in bodies, never in an address") {
    for (const auto& row : all_operations()) {
        const auto in_path = api::path_parameters(row.path);
        for (const auto& field : row.arguments().fields) {
            CAPTURE(row.name, field.help.name);
            const bool personal = field.has(base::kPersonal) || field.has(base::kSecret);
            const bool seen = row.method == "GET" || std::find(in_path.begin(), in_path.end(),
                                                               field.help.name) != in_path.end();
            CHECK_FALSE((personal && seen));
        }
    }
}

TEST_CASE("every record of an operation can be made and described") {
    for (const auto& row : all_operations()) {
        CAPTURE(row.name);
        CHECK(row.make_arguments() != nullptr);
        CHECK(row.make_result() != nullptr);
        CHECK(row.arguments().kind == base::Kind::record);
        CHECK(row.result().kind == base::Kind::record);
        CHECK_FALSE(row.result().fields.empty());
        if (row.verb() == "list") CHECK(base::find_field(row.result(), "items") != nullptr);
    }
}
