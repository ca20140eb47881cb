// What was typed when the session was over: kept over the new login and sent again by its writer.
// Thread rule: one request. Source: L12.
#pragma once

#include <optional>

#include "daemon/web/context.hpp"

namespace portal::web {

struct PageRoute;

struct DraftField {
    std::string label;  // empty: goes with the form, says nothing to a person
    std::string shown;
    std::string name;
    std::string value;
};
PORTAL_VIEW(DraftField, (label, shown, name, value))

struct DraftPage {
    Frame frame;
    std::string action;
    std::vector<DraftField> fields;
    std::string token;
};
PORTAL_VIEW(DraftPage, (frame, action, fields, token))

/// The way to the login page, where the form that came too late is kept; none where it is not.
std::optional<http::Response> keep_late_form(Context& context, const PageRoute& route);
/// After an answer to the kept form: it is not needed any more.
void drop_sent_draft(Context& context, http::Response& response);

}  // namespace portal::web
