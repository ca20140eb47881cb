// Booking without a login, where the clinic allows it. Source: K10, L8, L28.
#include "daemon/web/guest.hpp"

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "daemon/web/find_times.hpp"
#include "daemon/web/routes.hpp"
#include "service/guest.hpp"

namespace portal::web {
namespace {

using base::N_;

constexpr std::string_view kGuestCookie = "__Host-guest";

std::string form_binding(const Context& context) {
    return "guest:" + std::to_string(context.tenant().id.value);
}
std::string code_binding(std::string_view attempt) {
    return "guest-code:" + base::format_hex(crypto::hash_token(attempt));
}
std::string link_binding(std::string_view link) {
    return "visit:" + base::format_hex(crypto::hash_token(link));
}

http::Cookie attempt_cookie(const Context& context, std::string value) {
    constexpr std::int64_t kMinute = 60;
    http::Cookie cookie{std::string{kGuestCookie}, std::move(value)};
    cookie.max_age_s = cookie.value.empty() ? 0 : kMinute * context.services().options.code_minutes;
    return cookie;
}

http::Response notice(const Context& context, const base::Error& error) {
    NoticePage page;
    page.frame = context.frame(N_("Book a visit"));
    page.text = context.sentence(error);
    page.next = "/slots";
    page.next_label = context.word(N_("Choose a time"));
    return context.page("notice", page, base::error_row(error.code).http_status);
}

/// The same time for those who have a login.
std::string book_path(const GuestPage& page) {
    return "/book?staff=" + page.staff_id + "&visit_type=" + page.visit_type_id +
           "&starts=" + http::percent_encode(page.starts);
}

/// Who and what, from the page's address or the posted form; not_found when they are gone.
base::Result<GuestPage> guest_page(Context& context, const http::Form& given) {
    PORTAL_TRYV(service::require_guests(context.session()));
    GuestPage page;
    page.frame = context.frame(N_("Who are you?"));
    PORTAL_TRY(starts, base::parse_instant(given.text("starts")));
    page.starts = base::format_instant(starts);
    page.when = context.when(starts, text::DateStyle::full);
    PORTAL_TRY(chosen, find_chosen(context, given));
    page.staff_id = chosen.staff_id;
    page.staff = chosen.staff;
    page.visit_type_id = chosen.visit_type_id;
    page.visit_type = chosen.visit_type;
    page.place = chosen.place;
    page.sms = service::guests_have_sms(context.session());
    page.login = "/login?next=" + http::percent_encode(book_path(page));
    page.token = context.form_token_for(form_binding(context));
    return page;
}

Answer show_guest(Context& context) {
    const auto& query = context.request().query;
    PORTAL_TRY(page, guest_page(context, query));
    if (context.is_logged_in()) return http::redirect(book_path(page));
    return context.page("guest", page);
}

struct NamedField {
    const char* name;
    Field GuestPage::*field;
};
constexpr std::array kFields{NamedField{"first_name", &GuestPage::first_name},
                             NamedField{"last_name", &GuestPage::last_name},
                             NamedField{"contact", &GuestPage::contact}};

Answer refuse_form(Context& context, const base::Error& error) {
    if (error.code == base::ErrorCode::conflict) return notice(context, error);
    auto page = guest_page(context, context.form);
    if (!page) return error;
    context.show_error(error, page->frame);
    for (const auto& each : kFields) {
        context.show_error(error, each.name, (*page).*each.field);
        ((*page).*each.field).value = std::string{base::trim(context.form.text(each.name))};
    }
    return context.page("guest", *page, base::error_row(error.code).http_status);
}

Answer post_guest(Context& context) {
    PORTAL_TRYV(service::require_guests(context.session()));
    auto sent = [&]() -> base::Result<base::Secret> {
        PORTAL_TRY(token, context.read_token_for(form_binding(context)));
        PORTAL_TRY(starts, base::parse_instant(context.form.text("starts")));
        service::GuestForm form;
        form.first_name = context.form.text("first_name");
        form.last_name = context.form.text("last_name");
        form.contact = context.form.text("contact");
        form.staff = context.form.text("staff");
        form.visit_type = context.form.text("visit_type");
        form.starts = starts;
        form.key = token.key;
        return service::ask_guest_code(context.session(), form);
    }();
    if (!sent) return refuse_form(context, sent.error());
    auto response = http::redirect(with_language(context, "/guest/code"));
    response.headers.add("Set-Cookie",
                         http::format_cookie(attempt_cookie(context, sent->reveal())));
    return response;
}

Answer code_page(Context& context, std::string_view attempt, const base::Error* error = nullptr) {
    const auto waiting = service::show_guest(context.session(), attempt);
    if (!waiting) return notice(context, error == nullptr ? waiting.error() : *error);
    GuestCodePage page;
    page.frame = context.frame(waiting->by_sms ? N_("Write the code from the text message")
                                               : N_("Write the code from the e-mail"));
    page.when = context.when(waiting->starts, text::DateStyle::full);
    page.sent_to = base::fill_arguments(
        context.word(N_("We have sent a code with six digits to {1}.")), {waiting->masked});
    page.works_for = base::fill_arguments(
        context.word(N_("The code works for {1}.")),
        {text::format_duration(context.services().catalogue, context.session().language(),
                               std::chrono::minutes{context.services().options.code_minutes})});
    page.token = context.form_token_for(code_binding(attempt));
    if (error == nullptr) return context.page("guest_code", page);
    context.show_error(*error, page.frame);
    context.show_error(*error, "code", page.code);
    return context.page("guest_code", page, base::error_row(error->code).http_status);
}

Answer show_code(Context& context) {
    return code_page(context, context.request().cookie(kGuestCookie).value_or(""));
}

http::Response let_in(const service::GuestBooked& booked, std::string_view done) {
    auto response =
        http::redirect("/bookings/" + base::format_uuid(booked.booking) + std::string{done});
    http::set_session_cookie(response, booked.session.reveal());
    return response;
}

Answer post_code(Context& context) {
    PORTAL_TRYV(service::require_guests(context.session()));
    const std::string attempt{context.request().cookie(kGuestCookie).value_or("")};
    PORTAL_TRYV(context.read_token_for(code_binding(attempt)));
    const base::Secret code{digits_of(context.form.text("code"))};
    if (code.empty()) {
        const auto missing = base::invalid("code", N_("Write the six digits of the code."));
        return code_page(context, attempt, &missing);
    }
    const auto booked = service::book_as_guest(context.session(), attempt, code);
    if (!booked) return code_page(context, attempt, &booked.error());
    if (booked->session.empty()) return http::redirect("/bookings");
    auto response = let_in(*booked, "?done=booked");
    response.headers.add("Set-Cookie", http::format_cookie(attempt_cookie(context, {})));
    return response;
}

std::string link_of(const Context& context) {
    return std::string{context.path.get("token")};
}

Answer show_link(Context& context) {
    const auto link = link_of(context);
    PORTAL_TRYV(service::check_guest_link(context.session(), link));
    GuestLinkPage page;
    page.frame = context.frame(N_("Your visit"));
    page.link = link;
    page.token = context.form_token_for(link_binding(link));
    return context.page("guest_link", page);
}

Answer post_link(Context& context) {
    const auto link = link_of(context);
    PORTAL_TRYV(service::check_guest_link(context.session(), link));
    PORTAL_TRYV(context.read_token_for(link_binding(link)));
    PORTAL_TRY(opened, service::open_guest_link(context.session(), link));
    return let_in(opened, "");
}

}  // namespace

std::vector<PageRoute> guest_routes() {
    constexpr auto kBooking = domain::Module::booking;
    return {{"GET", "/guest", show_guest, Entry::everybody, kBooking},
            {"POST",
             "/guest",
             post_guest,
             Entry::everybody,
             kBooking,
             false,
             {"first_name", "last_name", "contact", "starts", "staff", "visit_type"},
             false},
            {"GET", "/guest/code", show_code, Entry::everybody, kBooking},
            {"POST", "/guest/code", post_code, Entry::everybody, kBooking, false, {"code"}, false},
            {"GET", "/visit/{token}", show_link, Entry::everybody, kBooking},
            {"POST", "/visit/{token}", post_link, Entry::everybody, kBooking, false, {}, false}};
}

base::Status check_guest(text::Templates& templates) {
    PORTAL_TRYV(templates.check<GuestPage>("guest"));
    PORTAL_TRYV(templates.check<GuestCodePage>("guest_code"));
    return templates.check<GuestLinkPage>("guest_link");
}

}  // namespace portal::web
