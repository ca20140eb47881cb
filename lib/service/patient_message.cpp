#include "service/patient_message.hpp"

#include <algorithm>

#include "service/authorize.hpp"
#include "store/patient_message.hpp"

namespace portal::service {

base::Result<std::vector<ReadMessage>> read_messages(Session& session) {
    PORTAL_TRYV(authorize(session, Action::message_read));
    const auto tenant = session.tenant().id;
    const auto person = session.who().person.id;
    auto& store = session.services().store;
    PORTAL_TRY(rows, store.read(tenant, [&](store::Tx& tx) {
        return store::list_patient_messages(tx, tenant, person);
    }));
    std::vector<ReadMessage> messages;
    for (const auto& row : rows) messages.push_back({row.body, row.created_at, !row.read_at});
    const bool any_new =
        std::any_of(messages.begin(), messages.end(), [](const auto& each) { return each.is_new; });
    if (any_new)
        PORTAL_TRYV(store.write(tenant, [&](store::Tx& tx) {
            return store::mark_messages_read(tx, tenant, person, session.now());
        }));
    return messages;
}

}  // namespace portal::service
