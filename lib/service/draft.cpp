#include "service/draft.hpp"

#include "base/encoding.hpp"
#include "base/json.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "service/form.hpp"
#include "store/draft.hpp"
#include "store/session_list.hpp"

namespace portal::service {
namespace {

std::string place_of(const Session& session, const base::Bytes& token_hash) {
    return crypto::associated_data("draft", "sealed", session.tenant().id,
                                   base::format_hex(token_hash));
}

base::Error nothing_kept() {
    return base::make_error(base::ErrorCode::not_found,
                            base::N_("Nothing is kept here. It was sent, or it is too old."));
}

}  // namespace

base::Result<std::optional<base::Secret>> keep_draft(Session& session, LateForm late) {
    const std::optional<base::Secret> none;
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto session_hash = crypto::hash_token(late.session_token);
    const auto form = read_form_token(services, session_hash, late.form_token);
    if (!form) return none;
    late.form.version = form->version;
    auto token = crypto::make_token(services.random);
    const auto token_hash = crypto::hash_token(token.reveal());
    const auto sealed =
        crypto::seal(services.keys, base::to_json(late.form), place_of(session, token_hash));
    PORTAL_TRY(kept, services.store.write(tenant, [&](store::Tx& tx) -> base::Result<bool> {
        PORTAL_TRY(whose, store::find_ended_session(tx, tenant, session_hash));
        if (!whose) return false;
        PORTAL_TRYV(store::save_draft(
            tx, tenant, token_hash,
            {whose->membership, late.form.path, sealed, session.now() + kDraftLife}));
        return true;
    }));
    return kept ? std::optional{token} : none;
}

base::Result<TypedForm> show_draft(Session& session, std::string_view token) {
    const auto& services = session.services();
    const auto tenant = session.tenant().id;
    const auto hash = crypto::hash_token(token);
    PORTAL_TRY(draft, services.store.read(tenant, [&](store::Tx& tx) {
        return store::find_draft(tx, tenant, hash, session.now());
    }));
    if (!draft || draft->membership != session.who().person.id) return nothing_kept();
    const auto plain = crypto::open(services.keys, draft->sealed, place_of(session, hash));
    if (!plain) return nothing_kept();
    TypedForm form;
    PORTAL_TRYV(base::read_answer(plain->reveal(), base::type_of<TypedForm>(), &form));
    return form;
}

base::Status drop_draft(Session& session, std::string_view token) {
    const auto tenant = session.tenant().id;
    const auto hash = crypto::hash_token(token);
    return session.services().store.write(
        tenant, [&](store::Tx& tx) { return store::remove_draft(tx, tenant, hash); });
}

}  // namespace portal::service
