#include "service/message.hpp"

#include "base/ids.hpp"
#include "crypto/seal.hpp"
#include "domain/sms.hpp"
#include "service/calendar_event.hpp"
#include "service/guest.hpp"
#include "service/sms_quota.hpp"
#include "store/column.hpp"
#include "store/outbox.hpp"
#include "store/sms_quota.hpp"
#include "text/date.hpp"
#include "text/mail.hpp"

namespace portal::service {
namespace {

using domain::Module;

struct Draft {
    const Outgoing& message;
    text::Language language;
    text::MessageChannel channel;
};

std::string kind_text(text::MessageKind kind) {
    return store::enum_text(kind);
}
bool is_mail(const Draft& draft) {
    return draft.channel == text::MessageChannel::mail;
}

/// Why this person cannot be reached this way; empty when nothing stands against it.
std::string_view obstacle(const Session& session, const Draft& draft) {
    const auto& to = *draft.message.to;
    if (is_mail(draft)) return to.email.empty() ? "no-email-address" : "";
    if (to.mobile.empty()) return "no-mobile-number";
    const auto kind = draft.message.kind;
    const bool logs_in =
        kind == text::MessageKind::login_code || kind == text::MessageKind::reset_code;
    const bool contact = kind == text::MessageKind::contact_code ||
                         kind == text::MessageKind::contact_changed ||
                         kind == text::MessageKind::contact_removed;
    const auto& tenant = session.tenant();
    const bool may = logs_in   ? tenant.has(Module::two_factor_sms)
                     : contact ? tenant.has(Module::two_factor_sms) || tenant.has(Module::sms)
                               : tenant.has(Module::sms);
    if (!may) return "module-off";
    return session.services().options.sms ? "" : "no-sms-provider";
}

base::Result<std::string> compose(const Session& session, const Draft& draft,
                                  const base::Uuid& id) {
    const auto& message = draft.message;
    const auto& options = session.services().options;
    const auto written = session.services().messages.write(message.kind, draft.channel,
                                                           draft.language, message.view);
    if (!is_mail(draft)) return domain::simplify_sms(written.body);
    text::MailMessage mail;
    mail.date = session.now();
    mail.from_name = session.tenant().name;
    mail.from = base::Email{options.mail_from};
    mail.to_name = message.to->full_name();
    mail.to = message.to->email;
    mail.subject = written.subject;
    mail.message_id = base::format_uuid(id) + "@" + session.tenant().host;
    mail.text = written.body;
    if (message.event) {
        auto event = *message.event;
        event.attendee = message.to->email;
        PORTAL_TRY(calendar, text::make_invitation(event));
        mail.calendar = calendar;
        mail.calendar_method = event.method;
    }
    return text::compose_mail(mail);
}

base::Bytes seal_column(const Session& session, std::string_view column, const base::Uuid& id,
                        std::string_view plain) {
    return crypto::seal(
        session.services().keys, plain,
        crypto::associated_data("outbox", column, session.tenant().id, base::format_uuid(id)));
}

base::Status save(store::Tx& tx, const Session& session, const Draft& draft,
                  const store::NewMessage& row) {
    const auto tenant = session.tenant().id;
    const auto& withheld = draft.message.withheld;
    if (withheld.empty()) {
        PORTAL_TRY(queued, store::enqueue(tx, tenant, row));
        return {};
    }
    PORTAL_TRY(recorded, store::record_not_sent(tx, tenant, row, withheld));
    return {};
}

/// A text message counts; over a quota the row says which, and whoever caused it sees no
/// difference.
base::Status save_within_quotas(store::Tx& tx, const Session& session, const Draft& draft,
                                const store::NewMessage& row) {
    std::string_view spent;
    const auto saved = tx.attempt([&](store::Tx& inner) -> base::Status {
        PORTAL_TRYV(save(inner, session, draft, row));
        PORTAL_TRY(over, spend_sms_quotas(inner, session, draft.message.kind, *draft.message.to));
        spent = over;
        if (spent.empty()) return {};
        return base::make_error(base::ErrorCode::rate_limited, {});
    });
    if (spent.empty()) return saved;
    PORTAL_TRYV(store::count_refused_sms(tx, spent));
    const auto reason = "sms-quota-" + std::string{spent};
    PORTAL_TRY(recorded, store::record_not_sent(tx, session.tenant().id, row, reason));
    return {};
}

base::Status queue_one(store::Tx& tx, const Session& session, const Draft& draft) {
    const auto& message = draft.message;
    store::NewMessage row;
    row.id = base::make_uuid(session.services().random);
    row.kind = kind_text(message.kind);
    row.channel = is_mail(draft) ? "email" : "sms";
    row.dedupe = row.kind + ":" + row.channel + ":" + message.cause;
    row.booking = message.booking;
    if (message.to->id) row.membership = message.to->id;
    row.schedule = message.schedule;
    row.language = text::format_language(draft.language);
    row.secret = message.secret;
    row.created_at = session.now();
    row.send_at = row.created_at;
    row.expires_at = message.expires_at;
    if (const auto reason = obstacle(session, draft); !reason.empty()) {
        PORTAL_TRY(recorded, store::record_not_sent(tx, session.tenant().id, row, reason));
        return {};
    }
    PORTAL_TRY(body, compose(session, draft, row.id));
    row.body_sealed = seal_column(session, "body", row.id, body);
    row.recipient_sealed =
        seal_column(session, "recipient", row.id,
                    is_mail(draft) ? message.to->email.reveal() : message.to->mobile.reveal());
    return is_mail(draft) ? save(tx, session, draft, row)
                          : save_within_quotas(tx, session, draft, row);
}

}  // namespace

bool can_be_reached(const Session& session, const store::Membership& person) {
    Outgoing message;
    message.kind = text::MessageKind::booking_booked;
    message.to = &person;
    for (const auto channel : {text::MessageChannel::mail, text::MessageChannel::sms})
        if (obstacle(session, {message, to_text(person.language), channel}).empty()) return true;
    return false;
}

base::Status queue_message(store::Tx& tx, const Session& session, Outgoing message) {
    const auto language = to_text(message.to->language);
    message.view.clinic = session.tenant().name;
    const auto said = message.view.extra;
    message.view.extra = said.empty() ? message.extra_mail : said;
    if (message.channels != Channels::sms)
        PORTAL_TRYV(queue_one(tx, session, {message, language, text::MessageChannel::mail}));
    message.view.extra = said.empty() ? message.extra_sms : said;
    if (message.channels != Channels::mail)
        PORTAL_TRYV(queue_one(tx, session, {message, language, text::MessageChannel::sms}));
    return {};
}

base::Status queue_booking_news(store::Tx& tx, const Session& session, const BookingNews& news) {
    const auto& booking = *news.booking;
    const auto& tenant = session.tenant();
    PORTAL_TRY(zone, base::Zone::find(tenant.zone));
    const auto language = to_text(news.patient->language);
    Outgoing message;
    message.kind = news.kind;
    message.channels = news.channels;
    message.to = news.patient;
    message.booking = booking.id;
    message.schedule = booking.schedule;
    message.cause = news.cause.value_or(std::to_string(booking.id.value) + ":v" +
                                        std::to_string(booking.version));
    message.expires_at = booking.ends;
    message.withheld = news.withheld;
    if (domain::is_active(booking.state)) {  // how to log in helps nobody whose visit is off
        message.extra_mail = news.type->view.extra_mail;
        message.extra_sms = news.type->view.extra_sms;
    }
    auto& view = message.view;
    view.staff = news.staff->person.full_name() + ", " + news.staff->title;
    view.when = text::format_time(booking.starts, zone, language, text::DateStyle::zoned);
    if (news.old_starts)
        view.old_when = text::format_time(*news.old_starts, zone, language, text::DateStyle::zoned);
    if (news.kind == text::MessageKind::booking_moved) {
        view.confirm = booking.awaits == domain::Awaits::patient;
        view.asked = booking.awaits == domain::Awaits::clinic;
    }
    view.address = meeting_place(session, booking.kind, language);
    const bool guest = is_guest(*news.patient);
    if (guest) {
        PORTAL_TRY(link, make_guest_link(tx, session, booking));
        view.link = link;
    } else {
        view.link = visit_link(session, booking.public_id);
    }
    const bool reminder = news.kind == text::MessageKind::booking_reminder ||
                          news.kind == text::MessageKind::booking_nudge;
    if (!reminder)
        message.event = make_event(session, to_calendar(booking, session.now()), language);
    // A calendar is shown to others; the link that lets a guest in is not.
    if (guest && message.event) {
        message.event->url.clear();
        message.event->description.clear();
    }
    message.secret = guest;
    return queue_message(tx, session, std::move(message));
}

}  // namespace portal::service
