// The second step of a login: who can get a code, and sending it. Used by login.cpp.
// Thread rule: any. Source: K11, P9, P13.
#pragma once

#include "service/login.hpp"
#include "service/login_facts.hpp"

namespace portal::service {

/// Somebody whose password was right, and what it rests on.
struct CodeReceiver {
    store::Membership person;
    domain::PersonFacts facts;
    store::ProvedBy rests_on = store::ProvedBy::tenant;
    std::optional<std::int64_t> credential{};  // the password that was typed
};
/// `key`: of the form; the same one again asks for the same code.
base::Result<CodeAsked> send_login_code(Session& session, const CodeReceiver& receiver,
                                        const base::Bytes& key);
/// The person as codes reach him: with the code address of his exemption.
base::Result<CodeReceiver> load_receiver(store::Tx& tx, const Session& session,
                                         const store::Membership& person);

}  // namespace portal::service
