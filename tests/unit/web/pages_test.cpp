#include <cmath>
#include <map>
#include <set>

#include "catch.hpp"
#include "sample.hpp"

namespace portal::web {
namespace {

int count(const std::string& text, const std::string& part) {
    int n = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
}

// Every value of an attribute, in order.
std::vector<std::string> values(const std::string& html, const std::string& attribute) {
    std::vector<std::string> all;
    const auto start = " " + attribute + "=\"";
    for (auto at = html.find(start); at != std::string::npos; at = html.find(start, at + 1)) {
        const auto from = at + start.size();
        all.push_back(html.substr(from, html.find('"', from) - from));
    }
    return all;
}

std::vector<RenderedPage> every_page() {
    std::vector<RenderedPage> all;
    for (const auto language : text::kLanguages)
        for (const bool errors : {false, true})
            for (auto& page : render_samples({language, "Märta Öberg", errors}))
                all.push_back(std::move(page));
    return all;
}

// WCAG 2.2: relative luminance and contrast of "#rrggbb".
double channel(const std::string& hex, std::size_t at) {
    const double value = std::stoi(hex.substr(at, 2), nullptr, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}
double luminance(const std::string& hex) {
    return 0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);
}
double contrast(const std::string& one, const std::string& other) {
    const auto a = luminance(one);
    const auto b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

// Name -> colour, of the lines "--name: #rrggbb" of a part of the style sheet; accents by class.
std::map<std::string, std::string> colours(const std::string& css) {
    std::map<std::string, std::string> found;
    std::string accent;
    for (const auto line : base::split(css, '\n')) {
        const auto at = line.find(": #");
        if (at == std::string_view::npos || line.find("--") == std::string_view::npos) continue;
        const auto name_at = line.find("--");
        std::string name{line.substr(name_at, at - name_at)};
        if (name == "--accent") name = std::string{base::trim(line.substr(0, line.find(" {")))};
        found[name] = std::string{line.substr(at + 2, 7)};
    }
    return found;
}

std::string style_sheet() {
    for (const auto& file : embedded_static())
        if (file.name == "portal.css") return std::string{file.content};
    return {};
}

}  // namespace

TEST_CASE("every page has one heading, a language, a title and a skip link", "[web][P25]") {
    for (const auto& page : every_page()) {
        INFO(page.name);
        CHECK(count(page.html, "<h1>") == 1);
        CHECK(page.html.starts_with("<!doctype html>\n<html lang=\""));
        CHECK(count(page.html, "<title>") == 1);
        CHECK(page.html.find("class=\"skip\" href=\"#main\"") != std::string::npos);
        CHECK(page.html.find("_(\"") == std::string::npos);
        CHECK(page.html.find("{{") == std::string::npos);
        CHECK(count(page.html, "<script") == count(page.html, "<script src=\"/static/"));
        CHECK(count(page.html, " style=") == 0);
    }
}

TEST_CASE("every field has a label, and ids stand once", "[web][P25]") {
    for (const auto& page : every_page()) {
        INFO(page.name);
        const auto ids = values(page.html, "id");
        CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
        const auto labels = values(page.html, "for");
        const int fields = count(page.html, "<select ") + count(page.html, "<textarea ") +
                           count(page.html, "<input ") - count(page.html, "type=\"hidden\"");
        const int around = count(page.html, "<label class=\"choice\"><input ");
        CHECK(static_cast<int>(labels.size()) + around == fields);
        for (const auto& label : labels)
            CHECK(std::find(ids.begin(), ids.end(), label) != ids.end());
        for (const auto& described : values(page.html, "aria-describedby"))
            for (const auto id : base::split(described, ' '))
                CHECK(std::find(ids.begin(), ids.end(), std::string{id}) != ids.end());
    }
}

TEST_CASE("an error stands on top, linked to its field, and beside the field", "[web][L28]") {
    const auto pages = render_samples({text::Language::en, "Anna", true});
    const auto& html = pages.front().html;
    CHECK(html.find("<title>Error: ") != std::string::npos);
    CHECK(html.find("role=\"alert\"") < html.find("<form method=\"post\" action=\"/login"));
    CHECK(html.find("<a href=\"#password\">Write something here.</a>") != std::string::npos);
    CHECK(html.find("id=\"password-error\">Write something here.") != std::string::npos);
    CHECK(html.find("aria-invalid=\"true\" aria-describedby=\"password-error\"") !=
          std::string::npos);
}

TEST_CASE("every posting form carries its token", "[web]") {
    for (const auto& page : every_page()) {
        INFO(page.name);
        CHECK(count(page.html, "method=\"post\"") == count(page.html, "name=\"form_token\""));
    }
}

TEST_CASE("what people wrote is text on every page", "[web]") {
    for (const std::string evil : {"<img src=x onerror=alert(1)>", "\"><svg/onload=alert(1)>",
                                   "{{frame}}", "</title><script>alert(1)</script>"})
        for (const bool errors : {false, true})
            for (const auto& page : render_samples({text::Language::sv, evil, errors})) {
                INFO(page.name);
                CHECK(count(page.html, "<img") == count(page.html, "<img src=\"/static/help_"));
                CHECK(count(page.html, "<svg/") == 0);
                CHECK(count(page.html, "<script") == count(page.html, "<script src=\"/static/"));
            }
}

TEST_CASE("login fields tell the browser what they are", "[web]") {
    const auto pages = render_samples({text::Language::sv, "Anna", false});
    CHECK(pages[0].html.find("autocomplete=\"username\"") != std::string::npos);
    CHECK(pages[0].html.find("autocomplete=\"current-password\"") != std::string::npos);
    CHECK(pages[1].html.find("autocomplete=\"one-time-code\"") != std::string::npos);
    CHECK(pages[1].html.find("inputmode=\"numeric\"") != std::string::npos);
    CHECK(count(pages[2].html, "autocomplete=\"new-password\"") == 2);
}

TEST_CASE("every colour can be read, light and dark, in every accent", "[web][P25]") {
    const auto css = style_sheet();
    const auto dark_at = css.find("@media (prefers-color-scheme: dark)");
    const auto end = css.find("*, *::before");
    REQUIRE(dark_at != std::string::npos);
    int accents = 0;
    for (const auto& part : {css.substr(0, dark_at), css.substr(dark_at, end - dark_at)}) {
        auto all = colours(part);
        for (const auto& [name, colour] : all) {
            if (!name.starts_with(".accent")) continue;
            INFO(name);
            ++accents;
            CHECK(contrast(colour, all["--paper"]) >= 4.5);
            CHECK(contrast(colour, all["--on-accent"]) >= 4.5);
        }
        for (const auto* name : {"--ink", "--quiet", "--bad", "--good", "--open"}) {
            INFO(name);
            CHECK(contrast(all[name], all["--paper"]) >= 4.5);
            CHECK(contrast(all[name], all["--wash"]) >= 4.5);
        }
        for (const auto* name : {"--bad", "--good", "--open"})
            CHECK(contrast(all[name], all[name + std::string{"-wash"}]) >= 4.5);
        CHECK(contrast(all["--ink"], all["--bad-wash"]) >= 4.5);
        CHECK(contrast(all["--ink"], all["--good-wash"]) >= 4.5);
        CHECK(contrast(all["--line"], all["--paper"]) >= 3.0);
        CHECK(contrast(all["--focus"], all["--paper"]) >= 3.0);
    }
    CHECK(accents == 12);
}

}  // namespace portal::web
