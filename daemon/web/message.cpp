#include "daemon/web/message.hpp"

#include "base/encoding.hpp"
#include "daemon/web/routes.hpp"
#include "service/patient_message.hpp"

namespace portal::web {
namespace {

using base::N_;

std::vector<std::string> paragraphs_of(std::string_view body) {
    std::vector<std::string> paragraphs;
    for (const auto line : base::split(body, '\n'))
        if (!base::trim(line).empty()) paragraphs.emplace_back(base::trim(line));
    return paragraphs;
}

Answer show_messages(Context& context) {
    PORTAL_TRY(messages, service::read_messages(context.session()));
    MessagesPage page;
    page.frame = context.frame(N_("Messages"));
    page.none = messages.empty();
    for (const auto& each : messages)
        page.messages.push_back(
            {context.when(each.at, text::DateStyle::full), each.is_new, paragraphs_of(each.body)});
    return context.page("messages", page);
}

}  // namespace

std::vector<PageRoute> message_routes() {
    return {{"GET", "/messages", show_messages, Entry::patient, domain::Module::communication}};
}

base::Status check_message(text::Templates& templates) {
    return templates.check<MessagesPage>("messages");
}

}  // namespace portal::web
