#include "service/guest.hpp"

#include "base/encoding.hpp"
#include "crypto/seal.hpp"
#include "crypto/token.hpp"
#include "domain/email.hpp"
#include "domain/phone.hpp"
#include "service/booking_change.hpp"
#include "service/login_budget.hpp"
#include "service/message.hpp"
#include "service/new_person.hpp"
#include "service/person.hpp"
#include "service/record_audit.hpp"
#include "service/slot.hpp"
#include "service/visit_type.hpp"
#include "store/booking_link.hpp"
#include "store/login.hpp"
#include "text/unicode.hpp"

namespace portal::service {
namespace {

using namespace domain;
using base::ErrorCode;
using base::N_;
using std::chrono::minutes;

constexpr std::string_view kPurpose = "guest";
constexpr std::chrono::days kLinkLife{30};  // after the visit

base::Error over() {
    return base::make_error(ErrorCode::not_found,
                            N_("This has taken too long or was tried too often. Nothing is "
                               "booked. Choose a time again."));
}

/// What an attempt is about; sealed in its row.
struct Wanted {
    store::Membership person;
    std::string staff;
    std::string visit_type;
    base::Instant starts{};
};

std::string place_of(const Session& session, const base::Bytes& hash) {
    return crypto::associated_data("login_attempt", "detail_sealed", session.tenant().id,
                                   base::format_hex(hash));
}

base::Bytes seal_wanted(const Session& session, const Wanted& w, const base::Bytes& hash) {
    std::string text;
    for (const auto& part :
         {w.person.first_name, w.person.last_name, w.person.email.reveal(),
          w.person.mobile.reveal(), w.staff, w.visit_type, base::format_instant(w.starts)})
        text += part + "\n";
    return crypto::seal(session.services().keys, text, place_of(session, hash));
}

base::Result<Wanted> open_wanted(const Session& session, const store::LoginAttempt& attempt,
                                 const base::Bytes& hash) {
    if (!attempt.detail) return base::make_error(ErrorCode::internal, {});
    PORTAL_TRY(text,
               crypto::open(session.services().keys, *attempt.detail, place_of(session, hash)));
    const auto parts = base::split(text.reveal(), '\n');
    if (parts.size() != 8) return base::make_error(ErrorCode::internal, {});
    Wanted w;
    w.person.first_name = parts[0];
    w.person.last_name = parts[1];
    w.person.email = base::Email{std::string{parts[2]}};
    w.person.mobile = base::Phone{std::string{parts[3]}};
    w.person.language = to_domain(session.language());
    w.person.origin = "guest";
    w.person.created_at = session.now();
    w.staff = parts[4];
    w.visit_type = parts[5];
    PORTAL_TRY(starts, base::parse_instant(parts[6]));
    w.starts = starts;
    return w;
}

base::Error at_contact(base::Error error) {
    error.field = "contact";
    return error;
}

/// Only what the code will prove is kept: an address that was merely told could be anybody's.
base::Result<Wanted> parse_guest(const Session& session, const GuestForm& form) {
    Wanted w;
    w.person.first_name = base::trim(form.first_name);
    w.person.last_name = base::trim(form.last_name);
    PORTAL_TRYV(check_name("first_name", w.person.first_name));
    PORTAL_TRYV(check_name("last_name", w.person.last_name));
    w.person.language = to_domain(session.language());
    const std::string typed{base::trim(form.contact)};
    if (typed.empty())
        return base::invalid("contact",
                             guests_have_sms(session)
                                 ? N_("Write your mobile number or your e-mail address.")
                                 : N_("Write your e-mail address, like anna@example.org."));
    if (typed.find('@') != std::string::npos) {
        auto email = parse_address(base::Email{typed});
        if (!email) return at_contact(std::move(email).error());
        w.person.email = *email;
    } else {
        if (!guests_have_sms(session))
            return base::invalid("contact",
                                 N_("Write your e-mail address, like anna@example.org."));
        auto mobile = parse_mobile(session, base::Phone{typed});
        if (!mobile) return at_contact(std::move(mobile).error());
        w.person.mobile = *mobile;
    }
    w.staff = form.staff;
    w.visit_type = form.visit_type;
    w.starts = form.starts;
    return w;
}

struct Chosen {
    store::Staff staff;
    store::VisitType type;
};
base::Result<Chosen> load_chosen(store::Tx& tx, const Session& session, const Wanted& w) {
    PORTAL_TRY(staff, resolve_staff(tx, session, w.staff, "staff"));
    PORTAL_TRY(type, resolve_visit_type(tx, session, w.visit_type));
    return Chosen{staff, type};
}

const std::string& contact_of(const Wanted& w) {
    return w.person.email.empty() ? w.person.mobile.reveal() : w.person.email.reveal();
}

/// Nobody's mailbox is filled by whoever knows the address.
base::Result<bool> may_write_to(store::Tx& tx, const Session& session, const Wanted& w) {
    const auto& services = session.services();
    PORTAL_TRY(folded, text::fold(contact_of(w)));
    const auto subject = crypto::blind_index(services.keys, "guest|" + folded);
    PORTAL_TRY(asked,
               store::count_login_step(tx, session.tenant().id, subject,
                                       std::chrono::floor<std::chrono::hours>(session.now())));
    return asked <= services.options.codes_per_hour;
}

base::Status send_code(store::Tx& tx, const Session& session, const Wanted& w,
                       const base::Bytes& hash) {
    const auto& services = session.services();
    store::NewAttempt row;
    row.token_hash = hash;
    row.now = session.now();
    row.expires_at = session.now() + minutes{services.options.code_minutes};
    row.purpose = kPurpose;
    row.detail = seal_wanted(session, w, hash);
    PORTAL_TRY(made, store::insert_attempt(tx, session.tenant().id, row));
    if (!made) return {};  // the same form again: its code is on its way
    PORTAL_TRY(may, may_write_to(tx, session, w));
    const auto code = crypto::make_code(services.random);
    PORTAL_TRYV(store::set_attempt_code(tx, session.tenant().id, *made,
                                        crypto::hash_code(services.keys, {kPurpose, *made}, code)));
    Outgoing message;
    message.kind = text::MessageKind::booking_code;
    message.channels = w.person.email.empty() ? Channels::sms : Channels::mail;
    message.cause = base::format_hex(hash);
    message.to = &w.person;
    message.view.code = code.reveal();
    message.view.valid = services.catalogue.plural(
        session.language(), text::M_("{1} minute", "{1} minutes"), services.options.code_minutes);
    message.view.phone = session.tenant().phone;
    message.secret = true;
    message.expires_at = row.expires_at;
    if (!may) message.withheld = "too-many";
    return queue_message(tx, session, std::move(message));
}

base::Result<std::optional<store::LoginAttempt>> find_guest(store::Tx& tx, const Session& session,
                                                            const base::Bytes& hash) {
    PORTAL_TRY(found, store::find_attempt(tx, session.tenant().id, hash));
    if (!found || found->purpose != kPurpose || !found->code_hash)
        return std::optional<store::LoginAttempt>{};
    return found;
}

struct Entering {
    base::Uuid public_id;
    base::Uuid uid;
    base::Uuid member;
    base::Secret token;
};
Entering make_entering(const Session& session) {
    auto& random = session.services().random;
    return {base::make_uuid(random), base::make_uuid(random), base::make_uuid(random),
            crypto::make_token(random)};
}

base::Status enter(store::Tx& tx, const Session& session, const store::Membership& person,
                   const base::Secret& token) {
    NewLogin login;
    login.person = &person;
    login.assurance = Assurance::link;
    login.token_hash = crypto::hash_token(token.reveal());
    return begin_session(tx, session, login);
}

base::Status book(store::Tx& tx, const Session& session, Wanted wanted, const Entering& entering) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(chosen, load_chosen(tx, session, wanted));
    PORTAL_TRY(account, store::insert_account(tx, session.now()));
    wanted.person.account = account;
    wanted.person.public_id = entering.member;
    PORTAL_TRY(id, store::insert_membership(tx, tenant, wanted.person));
    if (!id) return base::make_error(ErrorCode::internal, {});
    wanted.person.id = *id;
    PORTAL_TRYV(record_act(tx, session, {"patient.create", "membership", id->value, "guest"}));
    NewVisit visit;
    visit.public_id = entering.public_id;
    visit.uid = entering.uid;
    visit.staff = chosen.staff;
    visit.type = chosen.type;
    visit.patient = wanted.person;
    visit.starts = wanted.starts;
    visit.origin = BookingOrigin::guest;
    PORTAL_TRY(booked, book_visit(tx, session, visit));  // its messages make the link
    return enter(tx, session, wanted.person, entering.token);
}

enum class Answer { booked, again, wrong, over };

struct Typed {
    base::Bytes hash;  // of the attempt's token
    const base::Secret& code;
};
base::Result<Answer> evaluate(store::Tx& tx, const Session& session, const Typed& typed,
                              const Entering& entering) {
    const auto& services = session.services();
    const auto& [hash, code] = typed;
    PORTAL_TRY(found, find_guest(tx, session, hash));
    if (!found) return Answer::over;
    const auto fits = [&] {
        return crypto::code_matches(services.keys, {kPurpose, found->id}, code, *found->code_hash);
    };
    if (found->done_at) return fits() ? Answer::again : Answer::over;
    PORTAL_TRY(counted, store::count_attempt_try(tx, session.tenant().id, found->id,
                                                 services.options.code_attempts, session.now()));
    if (!counted) return Answer::over;
    if (!fits()) return Answer::wrong;
    PORTAL_TRY(ours, store::finish_attempt(tx, session.tenant().id, found->id, session.now()));
    if (!ours) return Answer::over;
    PORTAL_TRY(wanted, open_wanted(session, *found, hash));
    PORTAL_TRYV(book(tx, session, std::move(wanted), entering));
    return Answer::booked;
}

base::Result<store::Booking> find_linked(store::Tx& tx, const Session& session,
                                         std::string_view token) {
    const auto tenant = session.tenant().id;
    PORTAL_TRY(id, store::find_booking_link(tx, tenant, crypto::hash_token(token), session.now()));
    if (!id) return base::make_error(ErrorCode::not_found, {});
    PORTAL_TRY(booking, store::find_booking(tx, tenant, *id));
    if (!booking) return base::make_error(ErrorCode::not_found, {});
    return *booking;
}

}  // namespace

base::Status require_guests(const Session& session) {
    PORTAL_TRYV(require_module(session, Module::booking));
    if (session.tenant().booking_login == BookingLogin::none) return {};
    return base::make_error(ErrorCode::not_found, {});
}

bool guests_have_sms(const Session& session) {
    return session.services().options.sms && session.tenant().has(Module::sms);
}

base::Result<base::Secret> ask_guest_code(Session& session, const GuestForm& form) {
    PORTAL_TRYV(require_guests(session));
    const auto& services = session.services();
    PORTAL_TRY(wanted, parse_guest(session, form));
    // Another contact on the same form is another attempt: the first may have been misspelt.
    const auto contact = crypto::blind_index(services.keys, contact_of(wanted));
    const auto token =
        derive_token(services, "guest|" + std::to_string(session.tenant().id.value) + "|" +
                                   base::format_hex(form.key) + "|" + base::format_hex(contact));
    PORTAL_TRYV(services.store.write(session.tenant().id, [&](store::Tx& tx) -> base::Status {
        PORTAL_TRY(may, spend_network_step(tx, session));
        if (!may)
            return base::make_error(ErrorCode::rate_limited,
                                    N_("Too many tries. Wait a minute and try again."));
        PORTAL_TRY(chosen, load_chosen(tx, session, wanted));
        PORTAL_TRYV(require_bookable(session, chosen.staff, chosen.type));
        PORTAL_TRYV(require_free(tx, session, {chosen.staff, chosen.type, wanted.starts}));
        return send_code(tx, session, wanted, crypto::hash_token(token.reveal()));
    }));
    services.wake_outbox();
    return token;
}

base::Result<GuestWaiting> show_guest(Session& session, std::string_view token) {
    PORTAL_TRYV(require_guests(session));
    const auto hash = crypto::hash_token(token);
    return session.services().store.read(
        session.tenant().id, [&](store::Tx& tx) -> base::Result<GuestWaiting> {
            PORTAL_TRY(found, find_guest(tx, session, hash));
            if (!found || found->done_at || found->expires_at <= session.now() ||
                found->tries >= session.services().options.code_attempts)
                return over();
            PORTAL_TRY(wanted, open_wanted(session, *found, hash));
            const bool sms = wanted.person.email.empty();
            return GuestWaiting{
                sms ? mask_phone(wanted.person.mobile) : mask_email(wanted.person.email), sms,
                wanted.starts};
        });
}

base::Result<GuestBooked> book_as_guest(Session& session, std::string_view token,
                                        const base::Secret& code) {
    PORTAL_TRYV(require_guests(session));
    const Typed typed{crypto::hash_token(token), code};
    const auto entering = make_entering(session);
    PORTAL_TRY(answer, session.services().store.write(session.tenant().id, [&](store::Tx& tx) {
        return evaluate(tx, session, typed, entering);
    }));
    if (answer == Answer::over) return over();
    if (answer == Answer::wrong) {
        auto error = base::make_error(ErrorCode::unauthenticated,
                                      N_("The code is not right. Look at the latest message."));
        error.field = "code";
        return error;
    }
    if (answer == Answer::again) return GuestBooked{};
    session.services().wake_outbox();
    return GuestBooked{entering.public_id, entering.token};
}

bool is_guest(const store::Membership& person) {
    return person.origin == "guest" && !person.verified_at;
}

base::Result<std::string> make_guest_link(store::Tx& tx, const Session& session,
                                          const store::Booking& booking) {
    const auto derived =
        derive_token(session.services(), "visit|" + base::format_uuid(booking.public_id));
    const auto& token = derived.reveal();
    store::NewBookingLink link;
    link.booking = booking.id;
    link.token_hash = crypto::hash_token(token);
    link.now = session.now();
    link.expires_at = booking.ends + kLinkLife;
    PORTAL_TRYV(store::upsert_booking_link(tx, session.tenant().id, link));
    return tenant_url(session.services().options, session.tenant()) + "/visit/" + token;
}

base::Status check_guest_link(Session& session, std::string_view token) {
    PORTAL_TRYV(require_guests(session));
    PORTAL_TRY(booking, session.services().store.read(session.tenant().id, [&](store::Tx& tx) {
        return find_linked(tx, session, token);
    }));
    return {};
}

base::Result<GuestBooked> open_guest_link(Session& session, std::string_view token) {
    PORTAL_TRYV(require_guests(session));
    const auto entering = make_entering(session);
    PORTAL_TRY(booking,
               session.services().store.write(
                   session.tenant().id, [&](store::Tx& tx) -> base::Result<store::Booking> {
                       PORTAL_TRY(found, find_linked(tx, session, token));
                       PORTAL_TRY(person,
                                  store::find_membership(tx, session.tenant().id, found.patient));
                       if (!person || person->blocked || !is_guest(*person))
                           return base::make_error(ErrorCode::not_found, {});
                       PORTAL_TRYV(enter(tx, session, *person, entering.token));
                       return found;
                   }));
    return GuestBooked{booking.public_id, entering.token};
}

}  // namespace portal::service
