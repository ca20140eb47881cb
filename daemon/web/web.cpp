#include "daemon/web/web.hpp"

#include <algorithm>

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "daemon/http/address.hpp"
#include "daemon/web/draft.hpp"
#include "daemon/web/embedded.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/www.hpp"
#include "service/authorize.hpp"
#include "service/device.hpp"
#include "service/login.hpp"
#include "text/device.hpp"

namespace portal::web {

using base::N_;

struct Web::Parts {
    Shared shared;
    http::SecurityHeaders security;
};

namespace {

constexpr std::string_view kDeviceCookie = "__Host-device";
constexpr int kNotFound = 404;
constexpr int kMethodNotAllowed = 405;

text::Language language_of(const http::Request& request, const service::Principal& who,
                           const store::Tenant& tenant) {
    if (const auto asked = text::parse_language(request.query.text("lang"))) return *asked;
    if (who.is_member()) return service::to_text(who.person.language);
    return text::choose_language(request.header("Accept-Language"),
                                 service::to_text(tenant.language));
}

service::Browser browser_of(const http::Request& request) {
    service::Browser browser;
    browser.network = http::network_text(request.client_address);
    browser.device = text::device_label(request.header("User-Agent"));
    browser.device_token = base::Secret{std::string{request.cookie(kDeviceCookie).value_or("")}};
    return browser;
}

/// The tenant and the person behind a request. misdirected, or what the store says.
base::Result<Context> open(const Shared& shared, const http::Request& request) {
    PORTAL_TRY(tenant, service::find_tenant_of_host(shared.services, request.host));
    service::Principal who;
    if (const auto token = request.cookie(http::kSessionCookie); token && !token->empty()) {
        PORTAL_TRY(found, service::find_principal(shared.services, tenant, *token));
        who = std::move(found);
    }
    const auto language = language_of(request, who, tenant);
    service::Session session{shared.services, std::move(who), std::move(tenant), language};
    session.set_browser(browser_of(request));
    return Context{shared, request, std::move(session)};
}

/// Whoever has just logged in is known on this browser from now on (L6).
void keep_device(const Context& context, http::Response& response) {
    const auto token = http::new_session(response);
    if (token.empty()) return;
    constexpr std::int64_t kDay = 86'400;
    const auto hash = crypto::hash_token(token);
    http::Cookie cookie{std::string{kDeviceCookie},
                        service::device_token(context.services(), hash).reveal()};
    cookie.max_age_s = kDay * service::kDeviceDays;
    response.headers.add("Set-Cookie", http::format_cookie(cookie));
}

http::Response error_page(const Context& context, const base::Error& error) {
    const auto& row = base::error_row(error.code);
    const bool must_log_in = error.code == base::ErrorCode::unauthenticated;
    NoticePage page;
    page.frame = context.frame(error.code == base::ErrorCode::not_found ? N_("Not found")
                               : must_log_in                            ? N_("You are logged out")
                                                                        : N_("This did not work"));
    page.text = context.sentence(error);
    page.next = must_log_in ? login_path(context) : "/";
    page.next_label = context.word(must_log_in ? N_("Log in") : N_("Go to the first page"));
    if (const auto needed = service::needed_assurance(error)) {
        page.next = step_up_path(context, *needed);
        page.next_label = context.word(N_("Log in once more"));
    }
    return context.page("notice", page, row.http_status);
}

/// For an address that no clinic has: nothing of ours is shown but the sentence.
http::Response bare_error(const Shared& shared, const http::Request& request,
                          const base::Error& error) {
    const auto language =
        text::choose_language(request.header("Accept-Language"), text::Language::en);
    BarePage page{std::string{text::format_language(language)},
                  shared.services.catalogue.sentence(language, error)};
    return http::html(shared.templates.render("bare", language, page),
                      base::error_row(error.code).http_status);
}

/// A module's pages are its feature's: what they need is asked before any of them opens (X3).
std::optional<domain::Feature> feature_of(const PageRoute& route) {
    if (route.module == domain::Module::booking) return domain::Feature::booking;
    if (route.module == domain::Module::communication) return domain::Feature::communication;
    return std::nullopt;
}

base::Status may_enter(const Context& context, const service::Session& session,
                       const PageRoute& route) {
    const auto kind = session.who().kind;
    if (route.module && !session.tenant().has(*route.module))
        return base::make_error(base::ErrorCode::not_found, {});
    const bool open = route.entry == Entry::everybody ||
                      (route.entry == Entry::visitor && service::shows_times_to_all(session));
    if (!open && !context.is_logged_in())
        return base::make_error(base::ErrorCode::unauthenticated, {});
    const bool of_patients = route.entry == Entry::patient || route.entry == Entry::visitor;
    if ((of_patients && context.is_logged_in() && kind != service::Principal::patient) ||
        (route.entry == Entry::staff && kind != service::Principal::staff))
        return base::make_error(base::ErrorCode::forbidden, {});
    if (route.entry == Entry::administrator && !session.who().administers)
        return base::make_error(base::ErrorCode::not_found, {});
    if (const auto feature = feature_of(route))
        return service::require_assurance(session, *feature);
    return {};
}

/// The fields of the page's own form, each once: what else was sent is not guessed at.
base::Status check_fields(const http::Form& form, const PageRoute& route) {
    const auto& own = route.fields;
    for (const auto& [name, value] : form.items()) {
        if (name != "form_token" && std::find(own.begin(), own.end(), name) == own.end())
            return base::invalid(name, N_("The form has a field that is not ours: {1}."), {name});
        if (!form.find(name))
            return base::invalid(name, N_("The form has a field twice: {1}."), {name});
    }
    return {};
}

base::Result<http::Form> read_form(const http::Request& request) {
    PORTAL_TRYV(http::check_same_origin(request));
    const auto type = base::lower_ascii(request.header("Content-Type"));
    if (!request.body.empty() && !type.starts_with("application/x-www-form-urlencoded"))
        return base::invalid("", N_("The form is malformed."));
    return http::parse_form(request.body);
}

Answer run(Context& context, const PageRoute& route) {
    const auto& request = context.request();
    if (!request.is_safe_method()) {
        PORTAL_TRY(form, read_form(request));
        context.form = std::move(form);
    }
    PORTAL_TRYV(may_enter(context, context.session(), route));
    PORTAL_TRYV(check_fields(context.form, route));
    return route.handler(context);
}

http::Response answer(const Shared& shared, const PageRoute& route, const http::Request& request,
                      const http::PathParameters& path) {
    auto context = open(shared, request);
    if (!context) return bare_error(shared, request, context.error());
    context->path = path;
    auto result = run(*context, route);
    if (result) {
        keep_device(*context, *result);
        drop_sent_draft(*context, *result);
    }
    if (result) return *std::move(result);
    const bool too_late = result.error().code == base::ErrorCode::unauthenticated &&
                          !request.is_safe_method() && check_fields(context->form, route);
    if (too_late)
        if (auto kept = keep_late_form(*context, route)) return *std::move(kept);
    const bool to_login = result.error().code == base::ErrorCode::unauthenticated &&
                          request.is_safe_method() && route.entry != Entry::everybody;
    if (to_login) return http::redirect(login_path(*context));
    return error_page(*context, result.error());
}

void add_static(http::StaticFiles& files) {
    for (const auto& file : embedded_static())
        files.add(std::string{file.name}, std::string{file.content});
}

std::string_view access_name(const PageRoute& route) {
    switch (route.entry) {
        case Entry::everybody:
            return "public";
        case Entry::visitor:
            return "visitor";
        case Entry::member:
            return "member";
        case Entry::patient:
            return "patient";
        case Entry::administrator:
            return "administrator";
        case Entry::staff:
            break;
    }
    return "staff";
}

void add_routes(Web::Parts& parts) {
    for (const auto& rows : {login_routes(),          bankid_routes(),
                             oidc_routes(),           password_routes(),
                             reset_routes(),          letter_routes(),
                             session_routes(),        sessions_routes(),
                             draft_routes(),          slot_routes(),
                             availability_routes(),   guest_routes(),
                             booking_routes(),        book_routes(),
                             room_routes(),           staff_routes(),
                             staff_bookings_routes(), staff_visit_routes(),
                             invite_routes(),         booking_message_routes(),
                             profile_routes(),        unit_staff_routes(),
                             unit_patient_routes(),   calendar_routes(),
                             contact_routes(),        waitlist_routes(),
                             visit_type_routes(),     consent_routes(),
                             help_routes(),           register_routes(),
                             message_routes()})
        for (const auto& row : rows)
            parts.shared.router.add(
                {std::string{row.method}, std::string{row.pattern},
                 [&shared = parts.shared, row](const http::Request& request,
                                               const http::PathParameters& path) {
                     return answer(shared, row, request, path);
                 },
                 row.hashes, false, std::string{access_name(row)}});
    parts.shared.router.add(
        {"GET", "/static/{name}",
         [&shared = parts.shared](const http::Request& request, const http::PathParameters& path) {
             const auto tenant = service::find_tenant_of_host(shared.services, request.host);
             if (!tenant) return bare_error(shared, request, tenant.error());
             return shared.files.respond(request, path.get("name"));
         },
         false, false, "public"});
}

base::Status check_pages(text::Templates& templates) {
    PORTAL_TRYV(templates.check<NoticePage>("notice"));
    PORTAL_TRYV(templates.check<BarePage>("bare"));
    PORTAL_TRYV(check_login(templates));
    PORTAL_TRYV(check_bankid(templates));
    PORTAL_TRYV(check_password(templates));
    PORTAL_TRYV(check_sessions(templates));
    PORTAL_TRYV(check_draft(templates));
    PORTAL_TRYV(check_slots(templates));
    PORTAL_TRYV(check_availability_pages(templates));
    PORTAL_TRYV(check_guest(templates));
    PORTAL_TRYV(check_booking(templates));
    PORTAL_TRYV(check_staff_bookings(templates));
    PORTAL_TRYV(check_staff_visit(templates));
    PORTAL_TRYV(check_book(templates));
    PORTAL_TRYV(check_room(templates));
    PORTAL_TRYV(check_consent(templates));
    PORTAL_TRYV(check_help(templates));
    PORTAL_TRYV(check_register(templates));
    PORTAL_TRYV(check_message(templates));
    PORTAL_TRYV(check_profile(templates));
    PORTAL_TRYV(check_unit(templates));
    PORTAL_TRYV(check_calendar(templates));
    PORTAL_TRYV(check_contact(templates));
    PORTAL_TRYV(check_waitlist(templates));
    PORTAL_TRYV(check_visit_types(templates));
    PORTAL_TRYV(check_invite(templates));
    PORTAL_TRYV(check_booking_message(templates));
    return check_staff(templates);
}

http::Response missing(const Shared& shared, const http::Request& request, int status) {
    const auto context = open(shared, request);
    if (!context) return bare_error(shared, request, context.error());
    auto page = error_page(*context, base::make_error(base::ErrorCode::not_found, {}));
    page.status = status;
    return page;
}

}  // namespace

Web::Web(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Web::~Web() = default;

base::Result<std::unique_ptr<Web>> Web::create(const service::Services& services,
                                               const http::SecurityOptions& security) {
    PORTAL_TRY(templates, text::Templates::load(embedded_pages(), services.catalogue));
    PORTAL_TRYV(check_pages(templates));
    auto parts = std::unique_ptr<Parts>(
        new Parts{{services, std::move(templates), {}}, http::SecurityHeaders{security}});
    add_static(parts->shared.files);
    add_routes(*parts);
    return std::unique_ptr<Web>(new Web{std::move(parts)});
}

http::Response Web::handle(const http::Request& request) const {
    const auto& shared = parts_->shared;
    const auto match = shared.router.match(request.method, request.path);
    http::Response response;
    if (auto moved = leave_www(shared.services, request)) {
        response = *std::move(moved);
    } else if (match.route != nullptr) {
        response = match.route->handler(request, match.parameters);
        response.route = match.route->pattern;
    } else if (match.path_known) {
        response = missing(shared, request, kMethodNotAllowed);
        response.headers.set("Allow", parts_->shared.router.allow(request.path));
    } else {
        response = missing(shared, request, kNotFound);
    }
    parts_->security.apply(request, response);
    return response;
}

http::Lane Web::lane(const http::Request& request) const {
    return parts_->shared.router.lane(request);
}

const http::Router& Web::router() const {
    return parts_->shared.router;
}

}  // namespace portal::web
