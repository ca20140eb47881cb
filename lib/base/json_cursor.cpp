#include "base/json_cursor.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "base/json_strict.hpp"

namespace portal::base {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

}  // namespace

void JsonCursor::skip_space() {
    const auto first = rest_.find_first_not_of(kSpace);
    rest_.remove_prefix(std::min(first, rest_.size()));
}

std::string_view JsonCursor::fail() {
    failed_ = true;
    rest_ = {};
    return {};
}

void JsonCursor::open(char bracket) {
    skip_space();
    if (rest_.empty() || rest_.front() != bracket)
        fail();
    else
        rest_.remove_prefix(1);
}

bool JsonCursor::next(char closing) {
    skip_space();
    if (!rest_.empty() && rest_.front() == ',') {
        rest_.remove_prefix(1);
        skip_space();
    }
    if (rest_.empty()) fail();
    if (failed_ || rest_.front() != closing) return !failed_;
    rest_.remove_prefix(1);
    return false;
}

/// With both quotes, of the string at the front; 0 where it does not end.
std::size_t JsonCursor::string_length() const {
    for (std::size_t i = 1; i < rest_.size(); ++i) {
        if (rest_[i] == '"') return i + 1;
        if (rest_[i] == '\\') ++i;
    }
    return 0;
}

/// Of the object or list at the front; 0 where it does not end.
std::size_t JsonCursor::nested_length() const {
    auto at = *this;
    std::size_t depth = 0;
    while (!at.rest_.empty()) {
        const char c = at.rest_.front();
        const auto length = c == '"' ? at.string_length() : 1;
        if (length == 0) return 0;
        at.rest_.remove_prefix(length);
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && --depth == 0) return rest_.size() - at.rest_.size();
    }
    return 0;
}

std::string_view JsonCursor::read_name() {
    const auto literal = read_value();
    if (failed_ || literal.size() < 2 || literal.front() != '"') return fail();
    skip_space();
    if (rest_.empty() || rest_.front() != ':') return fail();
    rest_.remove_prefix(1);
    return literal.substr(1, literal.size() - 2);
}

std::string_view JsonCursor::read_value() {
    skip_space();
    if (rest_.empty()) return fail();
    std::size_t length = 0;
    if (rest_.front() == '"')
        length = string_length();
    else if (rest_.front() == '{' || rest_.front() == '[')
        length = nested_length();
    else
        length = std::min(rest_.find_first_of(",]} \t\r\n"), rest_.size());
    if (length == 0) return fail();
    const auto value = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return value;
}

bool append_json_string(std::string& out, std::string_view literal) {
    if (literal.size() < 2 || literal.front() != '"') return false;
    const auto inside = literal.substr(1, literal.size() - 2);
    if (inside.find('\\') == std::string_view::npos) {
        out += inside;
        return true;
    }
    const auto parsed = parse_strict(literal);
    if (!parsed || !parsed->is_string()) return false;
    out += std::string_view{parsed->get_string()};
    return true;
}

}  // namespace portal::base
