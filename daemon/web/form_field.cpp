#include "daemon/web/form_field.hpp"

#include "base/encoding.hpp"

namespace portal::web {

using base::N_;

namespace {

FormField make_field(const Context& context, const char* id, const char* label) {
    FormField field;
    field.id = id;
    field.label = context.word(label);
    return field;
}

std::string without_returns(std::string_view text) {
    std::string plain;
    for (const char c : text)
        if (c != '\r') plain += c;
    return plain;
}

base::Status set(const base::FieldInfo& field, void* record, const std::string& typed) {
    using base::Kind;
    if (typed.empty() && field.type->kind == Kind::optional) return {};
    if (typed.empty() && field.type->kind == Kind::patch &&
        field.type->element->kind == Kind::text && field.help.min == 0) {
        field.type->set_null(field.edit(record));
        return {};
    }
    return base::set_field_text(field, record, typed);
}

}  // namespace

FormField text_field(const Context& context, const char* id, const char* label) {
    return make_field(context, id, label);
}

FormField lines_field(const Context& context, const char* id, const char* label) {
    auto field = make_field(context, id, label);
    field.lines = true;
    field.one = false;
    return field;
}

FormField yes_no_field(const Context& context, const char* id, const char* label, bool yes) {
    auto field = make_field(context, id, label);
    field.one = false;
    field.choices = {{"yes", context.word(N_("Yes")), yes}, {"no", context.word(N_("No")), !yes}};
    return field;
}

void show_refused(const Context& context, const base::Error& error, Frame& frame,
                  std::vector<FormField>& fields) {
    context.show_error(error, frame);
    for (auto& field : fields) {
        if (field.id == error.field) field.error = context.sentence(error);
        const auto typed = context.form.find(field.id);
        if (!typed) continue;
        field.value = base::trim(*typed);
        for (auto& choice : field.choices) choice.chosen = choice.option == *typed;
    }
}

base::Result<std::string> read_typed(const Context& context, std::string_view name) {
    const auto typed = context.form.find(name);
    if (!typed) return base::invalid(std::string{name}, N_("Write something here."));
    return without_returns(base::trim(*typed));
}

base::Status read_fields(const Context& context, const base::TypeInfo& type, void* record,
                         const std::vector<std::string_view>& names) {
    for (const auto name : names) {
        PORTAL_TRY(typed, read_typed(context, name));
        const auto* field = base::find_field(type, name);
        if (field == nullptr) return base::make_error(base::ErrorCode::internal, {});
        if (auto done = set(*field, record, typed); !done) {
            auto error = std::move(done).error();
            error.field = name;
            return error;
        }
    }
    return {};
}

}  // namespace portal::web
