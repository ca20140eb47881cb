// The audit trail: who did what to which object, by ids only. Written in the act's transaction;
// reads of others' data are written by themselves. Thread rule: inside a transaction.
// Source: architecture.md "Audit", G23, X6.
#pragma once

#include <span>
#include <string>

#include "store/tx.hpp"

namespace portal::store {

struct AuditEntry {
    base::Instant at{};
    std::string actor;   // "member:12", "uid:0", "job", "nobody"
    std::string act;     // "booking.create", "login.denied"
    std::string object;  // "booking:7"
    std::string reason;  // a code, never a sentence: "client_login_disabled"
    base::Bytes before_digest;
    base::Bytes after_digest;
};
/// `tenant` is TenantId{} for what belongs to the installation.
base::Status insert_audit(Tx& tx, base::TenantId tenant, const AuditEntry& entry);

std::span<const Statement> audit_statements();

}  // namespace portal::store
