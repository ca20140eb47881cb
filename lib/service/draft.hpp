// What somebody typed into a form whose session was over when it came: kept sealed for half an
// hour and shown again to the same membership alone, after a new login. Thread rule: any.
// Source: L12.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/session.hpp"

namespace portal::service {

inline constexpr std::chrono::minutes kDraftLife{30};

struct TypedField {
    std::string name;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(TypedField, (), (name, value))
PORTAL_HELP(TypedField, {"name", "name of the field"}, {"value", "what was typed"})

struct TypedForm {
    std::string path;                // where it goes
    std::vector<TypedField> fields;  // the form's token aside
    std::int64_t version = 0;        // of the row that the form was made from
};
BOOST_DESCRIBE_STRUCT(TypedForm, (), (path, fields, version))
PORTAL_HELP(TypedForm, {"path", "where it goes"}, {"fields", "what was typed"},
            {"version", "of the row that the form was made from"})

struct LateForm {
    std::string session_token;  // the cookie, of a session that is over
    std::string form_token;
    TypedForm form;
};
/// The cookie that finds it again; none where no session of ours was meant or the form is not its.
base::Result<std::optional<base::Secret>> keep_draft(Session& session, LateForm late);
/// not_found for anybody else, and when it is over.
base::Result<TypedForm> show_draft(Session& session, std::string_view token);
/// It was sent.
base::Status drop_draft(Session& session, std::string_view token);

}  // namespace portal::service
