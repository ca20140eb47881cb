#include "service/registration_news.hpp"

#include "service/login_facts.hpp"
#include "store/column.hpp"
#include "store/outbox.hpp"

namespace portal::service {
namespace {

constexpr std::chrono::hours kKept{72};

base::Status record_too_many(store::Tx& tx, const Session& session, const store::Membership& to,
                             const RegistrationNews& news) {
    store::NewMessage row;
    row.id = base::make_uuid(session.services().random);
    row.kind = store::enum_text(news.kind);
    row.channel = "email";
    row.dedupe = row.kind + ":email:" + news.cause;
    if (to.id) row.membership = to.id;
    row.language = text::format_language(to_text(to.language));
    row.created_at = row.send_at = row.expires_at = session.now();
    PORTAL_TRY(recorded, store::record_not_sent(tx, session.tenant().id, row, "too-many"));
    return {};
}

}  // namespace

base::Status queue_registration_news(store::Tx& tx, const Session& session,
                                     const store::Membership& to, const RegistrationNews& news) {
    if (news.too_many) return record_too_many(tx, session, to, news);
    const auto& services = session.services();
    Outgoing message;
    message.kind = news.kind;
    message.cause = news.cause;
    message.to = &to;
    message.view.link = tenant_url(services.options, session.tenant()) + news.path;
    message.view.phone = session.tenant().phone;
    message.view.code = news.code;
    if (news.kind == text::MessageKind::registration_approved)
        message.view.extra = first_login_text(session, to_text(to.language));
    if (news.hours > 0)
        message.view.valid = services.catalogue.plural(
            to_text(to.language), text::M_("{1} hour", "{1} hours"), news.hours);
    message.secret = news.hours > 0;
    message.expires_at = session.now() + (news.hours > 0 ? std::chrono::hours{news.hours} : kKept);
    return queue_message(tx, session, std::move(message));
}

store::Membership contact_of(const Session& session) {
    const auto& tenant = session.tenant();
    const auto space = tenant.contact_name.rfind(' ');
    store::Membership contact;
    contact.first_name = tenant.contact_name.substr(0, space);
    if (space != std::string::npos) contact.last_name = tenant.contact_name.substr(space + 1);
    contact.email = tenant.contact_email;
    contact.language = tenant.language;
    return contact;
}

}  // namespace portal::service
