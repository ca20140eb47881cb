// What may not stand in an HTML template, since escaping by place would not make it safe.
#include <algorithm>
#include <array>

#include "base/encoding.hpp"
#include "text/template_source.hpp"

namespace portal::text {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':';
}

// Reads one tag, attribute by attribute; `text` is in lower case.
class TagReader {
  public:
    TagReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}
    /// Empty, or what is wrong.
    std::string read() {
        while (at_ < text_.size() && is_name(text_[at_])) ++at_;
        while (at_ < text_.size() && text_[at_] != '>') {
            if (text_.substr(at_, 2) == "{{") {
                skip_marker();
            } else if (!is_name(text_[at_])) {
                ++at_;
            } else if (auto problem = attribute(); !problem.empty()) {
                return problem;
            }
        }
        return at_ < text_.size() ? "" : "a tag does not end";
    }
    [[nodiscard]] std::size_t end() const { return at_; }

  private:
    void skip_marker() {
        const auto close = text_.find("}}", at_);
        at_ = close == std::string_view::npos ? text_.size() : close + 2;
    }

    std::string attribute() {
        const auto start = at_;
        while (at_ < text_.size() && is_name(text_[at_])) ++at_;
        const std::string name{text_.substr(start, at_ - start)};
        static constexpr std::array<std::string_view, 3> kRefused{"formaction", "srcdoc", "style"};
        if (name.starts_with("on") ||
            std::find(kRefused.begin(), kRefused.end(), name) != kRefused.end())
            return "the attribute " + name + " is refused";
        while (at_ < text_.size() && kSpace.find(text_[at_]) != std::string_view::npos) ++at_;
        if (at_ >= text_.size() || text_[at_] != '=') return {};
        return value(name);
    }

    std::string value(const std::string& name) {
        do ++at_;
        while (at_ < text_.size() && kSpace.find(text_[at_]) != std::string_view::npos);
        const char quote = at_ < text_.size() ? text_[at_] : ' ';
        if (quote != '"' && quote != '\'') return "the value of " + name + " needs quotes";
        const auto close = text_.find(quote, at_ + 1);
        if (close == std::string_view::npos) return "the value of " + name + " does not end";
        const auto inside = base::trim(text_.substr(at_ + 1, close - at_ - 1));
        at_ = close + 1;
        if (inside.starts_with("javascript:") || inside.starts_with("data:"))
            return "the link in " + name + " is refused";
        return {};
    }

    std::string_view text_;
    std::size_t at_;
};

// A script's or style's whole content, up to its closing tag. In the tag itself a marker may stand
// as in any other.
bool has_marker_inside(std::string_view text, std::size_t tag, std::string_view element) {
    const auto from = std::min(text.find('>', tag), text.size());
    const auto close = text.find("</" + std::string{element}, from);
    return text.substr(from, close == std::string_view::npos ? close : close - from).find("{{") !=
           std::string_view::npos;
}

}  // namespace

base::Status check_html(std::string_view name, std::string_view text) {
    const auto lower = base::lower_ascii(text);
    const std::string_view view = lower;
    for (auto at = view.find('<'); at != std::string_view::npos; at = view.find('<', at)) {
        ++at;
        for (const std::string_view element : {"script", "style"})
            if (view.substr(at).starts_with(element) && has_marker_inside(view, at, element))
                return template_error(name, "a marker stands inside " + std::string{element});
        if (at >= view.size() || view[at] < 'a' || view[at] > 'z') continue;
        TagReader tag{view, at};
        if (const auto problem = tag.read(); !problem.empty()) return template_error(name, problem);
        at = tag.end();
    }
    return {};
}

}  // namespace portal::text
