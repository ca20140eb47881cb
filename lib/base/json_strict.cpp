#include "base/json_strict.hpp"

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>
#include <set>

#include "base/encoding.hpp"

namespace portal::base {
namespace {

namespace json = boost::json;
constexpr std::size_t kMaxDepth = 32;

/// Builds a value and refuses a doubled key, which a finished value no longer shows.
struct StrictHandler {
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 1'000'000;
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = 1'048'576;

    json::value_stack stack;
    std::vector<std::set<std::string>> keys;
    std::string key;
    std::string text;
    std::string doubled;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&) {
        keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t n, json::error_code&) {
        keys.pop_back();
        stack.push_object(n);
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t n, json::error_code&) {
        stack.push_array(n);
        return true;
    }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
        key.append(part.data(), part.size());
        stack.push_chars(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& failed) {
        key.append(part.data(), part.size());
        if (!keys.back().insert(key).second) {
            doubled = key;
            failed = json::error::extra_data;
            return false;
        }
        key.clear();
        stack.push_key(part);
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
        stack.push_chars(part);
        return true;
    }
    bool on_string(json::string_view part, std::size_t, json::error_code&) {
        stack.push_string(part);
        return true;
    }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t value, json::string_view, json::error_code&) {
        stack.push_int64(value);
        return true;
    }
    bool on_uint64(std::uint64_t value, json::string_view, json::error_code&) {
        stack.push_uint64(value);
        return true;
    }
    bool on_double(double value, json::string_view, json::error_code&) {
        stack.push_double(value);
        return true;
    }
    bool on_bool(bool value, json::error_code&) {
        stack.push_bool(value);
        return true;
    }
    bool on_null(json::error_code&) {
        stack.push_null();
        return true;
    }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }
};

}  // namespace

Result<json::value> parse_strict(std::string_view text) {
    json::parse_options options;
    options.max_depth = kMaxDepth;
    json::basic_parser<StrictHandler> parser{options};
    parser.handler().stack.reset();
    json::error_code failed;
    const auto used = parser.write_some(false, text.data(), text.size(), failed);
    if (!parser.handler().doubled.empty())
        return invalid(parser.handler().doubled, N_("stands there twice"));
    const auto rest = trim(text.substr(std::min(used, text.size())));
    if (failed || !rest.empty())
        return invalid("", N_("The JSON is malformed at byte {1}."), {std::to_string(used)});
    return parser.handler().stack.release();
}

}  // namespace portal::base
