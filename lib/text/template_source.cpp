#include "text/template_source.hpp"

#include "base/encoding.hpp"

namespace portal::text {

base::Error template_error(std::string_view name, std::string problem) {
    return base::make_error(base::ErrorCode::internal, "Template {1}: {2}.",
                            {std::string{name}, std::move(problem)});
}

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

namespace {

constexpr int kDeepestInclude = 4;
constexpr auto npos = std::string::npos;

base::Result<std::string> include(const SourceTexts& texts, const std::string& name, int depth) {
    const auto found = texts.find(name);
    if (found == texts.end()) return template_error(name, "there is no such file");
    if (depth > kDeepestInclude) return template_error(name, "it includes itself");
    const auto& text = found->second;
    std::string out;
    std::size_t from = 0;
    for (auto at = text.find("{{>"); at != npos; at = text.find("{{>", from)) {
        const auto close = text.find("}}", at);
        if (close == npos) return template_error(name, "an include does not end");
        PORTAL_TRY(inner, include(texts, text.substr(at + 3, close - at - 3), depth + 1));
        out += text.substr(from, at - from) + inner;
        from = close + 2;
        if (text.substr(from, 1) == "\n") ++from;  // the included file ends its own last line
    }
    return out + text.substr(from);
}

bool is_marker_name(std::string_view name) {
    if (name.empty()) return false;
    for (const char c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

// Blank lines and indentation are only for the reader of the template.
std::string strip_lines(std::string_view text) {
    std::string out;
    for (const auto line : base::split(text, '\n')) {
        const auto trimmed = base::trim(line);
        if (!trimmed.empty()) out += std::string{trimmed} + '\n';
    }
    return out;
}

class Numberer {
  public:
    explicit Numberer(Source& source) : source_(source) {}

    base::Status run(std::string_view text) {
        std::size_t from = 0;
        for (auto at = text.find("{{"); at != npos; at = text.find("{{", from)) {
            const auto close = text.find("}}", at);
            if (close == npos) return fail("a marker does not end");
            copy(text.substr(from, at - from));
            from = close + 2;
            const auto marker = text.substr(at + 2, close - at - 2);
            const auto before = source_.text.size();
            // Ordinary escaping makes line ends spaces; in a text field they are what was typed.
            keeps_lines_ = text.substr(from).starts_with("</textarea>");
            PORTAL_TRYV(rewrite(marker));
            const bool is_value = source_.text.size() > before && source_.text[before + 2] == 'm';
            if (!is_value && stands_alone(text, at, from)) ++from;
        }
        copy(text.substr(from));
        if (open_ >= 0) return fail("the section " + opened().name + " does not end");
        return {};
    }

  private:
    base::Error fail(std::string problem) { return template_error(source_.name, problem); }
    Marker& opened() { return source_.markers[static_cast<std::size_t>(open_)]; }
    void copy(std::string_view text) { source_.text += text; }

    // A section's own line leaves no empty line behind.
    static bool stands_alone(std::string_view text, std::size_t at, std::size_t after) {
        return (at == 0 || text[at - 1] == '\n') && after < text.size() && text[after] == '\n';
    }

    base::Status rewrite(std::string_view marker) {
        if (marker.starts_with('!')) return {};
        if (marker.starts_with('/')) return close(marker.substr(1));
        const auto kind = marker.starts_with('#')   ? Marker::section
                          : marker.starts_with('?') ? Marker::any
                          : marker.starts_with('^') ? Marker::none
                                                    : Marker::value;
        const std::string name{kind == Marker::value ? marker : marker.substr(1)};
        if (!is_marker_name(name)) return fail("the marker {{" + std::string{marker} + "}}");
        const auto number = static_cast<int>(source_.markers.size());
        source_.markers.push_back({kind, name, open_});
        copy(kind == Marker::value ? "{{m" : "{{#m");
        copy(std::to_string(number));
        copy(kind == Marker::value && keeps_lines_ ? ":p}}" : "}}");
        if (kind != Marker::value) open_ = number;
        return {};
    }

    base::Status close(std::string_view name) {
        if (open_ < 0 || opened().name != name)
            return fail("{{/" + std::string{name} + "}} closes nothing");
        copy("{{/m" + std::to_string(open_) + "}}");
        open_ = opened().parent;
        return {};
    }

    Source& source_;
    int open_ = -1;
    bool keeps_lines_ = false;
};

}  // namespace

base::Result<Source> parse_source(const SourceTexts& texts, const std::string& name) {
    Source source;
    source.name = name;
    PORTAL_TRY(text, include(texts, name, 0));
    if (source.is_html()) text = strip_lines(text);
    PORTAL_TRYV(Numberer{source}.run(text));
    return source;
}

base::Result<std::string> translate_source(const Source& source, const Catalogue& catalogue,
                                           Language language) {
    constexpr std::string_view kOpen = "_(\"";
    constexpr std::string_view kClose = "\")";
    const auto& text = source.text;
    std::string out;
    if (source.is_html()) out = "{{%AUTOESCAPE context=\"HTML\"}}";
    std::size_t from = 0;
    for (auto at = text.find(kOpen); at != npos; at = text.find(kOpen, from)) {
        const auto start = at + kOpen.size();
        const auto close = text.find(kClose, start);
        if (close == npos) return template_error(source.name, "a sentence does not end");
        const auto key = text.substr(start, close - start);
        const auto sentence = catalogue.translate(language, key);
        if (sentence.find("{{") != npos || sentence.find("}}") != npos || key.find('\n') != npos)
            return template_error(source.name, "the sentence '" + key + "' is refused");
        out += text.substr(from, at - from) + (source.is_html() ? escape_html(sentence) : sentence);
        from = close + kClose.size();
    }
    return out + text.substr(from);
}

}  // namespace portal::text
