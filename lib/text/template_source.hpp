// From the text of a *.tpl file to the text that ctemplate is given: includes put in, refusals,
// markers numbered, sentences translated. Only for templates.cpp. Thread rule: pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "text/catalogue.hpp"

namespace portal::text {

/// One {{marker}} of a page. Its place in `Source::markers` is its number in the rewritten text
/// ("m12"), so that two records' fields of one name are never taken for each other.
struct Marker {
    enum Kind { value, section, any, none } kind = value;
    std::string name;
    int parent = -1;  // the marker around this one
};

struct Source {
    std::string name;  // without .tpl
    std::string text;  // numbered markers, sentences still in English
    std::vector<Marker> markers;
    [[nodiscard]] bool is_html() const { return !name.ends_with(".txt"); }
};

using SourceTexts = std::map<std::string, std::string, std::less<>>;  // name without .tpl -> text

/// Includes, checks and numbers `name`.
base::Result<Source> parse_source(const SourceTexts& texts, const std::string& name);
/// The text in one language, ready for ctemplate.
base::Result<std::string> translate_source(const Source& source, const Catalogue& catalogue,
                                           Language language);
/// & < > " ' as entities.
std::string escape_html(std::string_view text);

/// An error that names the template.
base::Error template_error(std::string_view name, std::string problem);
/// Refuses what escaping cannot make safe.
base::Status check_html(std::string_view name, std::string_view text);

}  // namespace portal::text
