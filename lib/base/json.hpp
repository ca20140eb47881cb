// JSON both ways for described records. Reading refuses unknown and doubled fields, non-finite and
// fractional numbers, lone surrogates and depth over 32, and names the place (`rules[0].bogus`).
// Writing goes straight to text. Thread rule: pure.
#pragma once

#include <string>
#include <string_view>

#include "base/record.hpp"

namespace portal::base {

void write_json(std::string& out, const TypeInfo& type, const void* value);
Status read_json(std::string_view text, const TypeInfo& type, void* value);
/// For what our own daemon answers, perhaps a newer or older one: unknown and absent fields and the
/// limits of commands are let pass; kinds are still checked.
Status read_answer(std::string_view text, const TypeInfo& type, void* value);
/// A JSON string literal with its quotes.
void write_json_text(std::string& out, std::string_view text);

template <class T>
std::string to_json(const T& value) {
    std::string out;
    write_json(out, type_of<T>(), &value);
    return out;
}
template <class T>
Result<T> from_json(std::string_view text) {
    T value{};
    PORTAL_TRYV(read_json(text, type_of<T>(), &value));
    return value;
}

/// {"error": {"code", "message", "field", "hint"}} and back; the message is English.
std::string error_json(const Error& error);
Error parse_error_json(std::string_view text, int http_status);

}  // namespace portal::base
