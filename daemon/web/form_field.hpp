// Fields of a plain form, printed one under the other by _fields.tpl, and read back into a
// described record. Thread rule: one request, one thread. Source: N5, K20.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "daemon/web/context.hpp"

namespace portal::web {

struct FieldChoice {
    std::string option;
    std::string text;
    bool chosen = false;
};
PORTAL_VIEW(FieldChoice, (option, text, chosen))

struct FormField {
    std::string id;  // and name: the record's field
    std::string label;
    std::string hint;
    std::string value;
    std::string error;
    std::string type = "text";
    std::string complete = "off";      // autocomplete
    bool lines = false;                // several
    bool one = true;                   // one line of text
    std::vector<FieldChoice> choices;  // radio buttons
};
PORTAL_VIEW(FormField, (id, label, hint, value, error, type, complete, lines, one, choices))

FormField text_field(const Context& context, const char* id, const char* label);
/// Several lines.
FormField lines_field(const Context& context, const char* id, const char* label);
FormField yes_no_field(const Context& context, const char* id, const char* label, bool yes);

/// What was typed and what is wrong with it, on the page and beside its field.
void show_refused(const Context& context, const base::Error& error, Frame& frame,
                  std::vector<FormField>& fields);

/// The form's fields into the record's of the same names, which check them. Nothing typed leaves an
/// optional field absent and clears one of a `set` record. invalid names the field.
base::Status read_fields(const Context& context, const base::TypeInfo& type, void* record,
                         const std::vector<std::string_view>& names);
template <class Record>
base::Status read_fields(const Context& context, Record& record,
                         const std::vector<std::string_view>& names) {
    return read_fields(context, base::type_of<Record>(), &record, names);
}
/// What stands in a field that the form must have; line ends are one character.
base::Result<std::string> read_typed(const Context& context, std::string_view name);

}  // namespace portal::web
