#include "daemon/web/context.hpp"

#include <array>

#include "base/encoding.hpp"
#include "service/room.hpp"
#include "service/session_list.hpp"
#include "store/column.hpp"

namespace portal::web {

using base::N_;

std::string key_text(const service::FormToken& token) {
    return base::format_base64url(token.key);
}

std::string digits_of(std::string_view typed) {
    std::string code;
    for (const char c : typed)
        if (c != ' ' && c != '-') code += c;
    return code;
}

std::string with_language(const Context& context, std::string_view path) {
    return std::string{path} +
           "?lang=" + std::string{text::format_language(context.session().language())};
}

std::string login_path(const Context& context) {
    const auto here = context.here();
    return here.empty() ? "/login" : "/login?next=" + http::percent_encode(here);
}

std::string step_up_path(const Context& context, domain::Assurance needed) {
    const auto again = "again=" + base::type_of<domain::Assurance>().get_text(&needed);
    const auto here = context.here();
    return "/login?" + again + (here.empty() ? "" : "&next=" + http::percent_encode(here));
}

bool Context::is_page(std::string_view address) const {
    const auto target = address.substr(0, address.find_first_of("?#"));
    return http::is_local_path(address) && shared_.router.match("GET", target).route != nullptr;
}

std::string Context::here() const {
    static constexpr std::array<std::string_view, 7> kFields{
        "next", "from", "staff", "patient", "visit_type", "starts", "state"};
    if (!request_.is_safe_method() && !is_page(request_.path)) return {};
    auto address = request_.path;
    char separator = '?';
    for (const auto name : kFields) {
        const auto value = (request_.is_safe_method() ? request_.query : form).find(name);
        if (!value || value->empty()) continue;
        address += separator + std::string{name} + "=" + http::percent_encode(*value);
        separator = '&';
    }
    return address;
}

std::string Context::static_path(std::string_view file) const {
    return "/static/" + std::string{file} + "?v=" + std::string{shared_.files.version(file)};
}

std::string Context::word(const std::string& key) const {
    return services().catalogue.translate(session_.language(), key);
}

std::string Context::sentence(const base::Error& error) const {
    return services().catalogue.sentence(session_.language(), error);
}

std::string Context::when(base::Instant at, text::DateStyle style) const {
    const auto zone = base::Zone::find(tenant().zone);
    return zone ? text::format_time(at, *zone, session_.language(), style)
                : base::format_instant(at);
}

namespace {

/// `here`: the page to show in another language.
std::vector<LanguageChoice> language_choices(const std::string& here, text::Language now) {
    const char* separator = here.find('?') == std::string::npos ? "?lang=" : "&lang=";
    std::vector<LanguageChoice> all;
    for (const auto language : text::kLanguages) {
        const std::string code{text::format_language(language)};
        const auto href = here + separator + code;
        all.push_back({code, std::string{text::own_name(language)}, href, language == now});
    }
    return all;
}

/// As people dial it, without what only helps to read it.
std::string dial_number(std::string_view phone) {
    std::string number;
    for (const char c : phone)
        if ((c >= '0' && c <= '9') || (c == '+' && number.empty())) number += c;
    constexpr std::size_t kLeast = 3;
    return number.size() < kLeast ? std::string{} : number;
}

}  // namespace

Frame Context::frame(const char* title) const {
    const auto& who = session_.who();
    Frame frame;
    frame.lang = text::format_language(session_.language());
    frame.title = word(title);
    frame.clinic = tenant().name;
    frame.accent = store::enum_text(tenant().accent);
    frame.phone = tenant().phone;
    frame.dial = dial_number(tenant().phone);
    frame.style = shared_.files.version("portal.css");
    const auto address = here();
    frame.here = address.empty() ? "/" : address;
    frame.languages = language_choices(address.empty() ? "/login" : address, session_.language());
    if (!is_logged_in()) return frame;
    frame.person = who.person.full_name();
    frame.patient = who.kind == service::Principal::patient;
    frame.staff = who.kind == service::Principal::staff;
    frame.administrator = who.administers;
    frame.consents = who.is_member() && !frame.staff;
    frame.booking = tenant().has(domain::Module::booking);
    frame.communication = tenant().has(domain::Module::communication);
    frame.menu_token = form_token();
    tell_time(frame);
    offer_room(frame);
    return frame;
}

// A page goes without its pop-up where the visits cannot be read: it may be about just that.
void Context::offer_room(Frame& frame) const {
    const auto found = service::find_open_room(session_);
    if (!found || !*found) return;
    const auto& visit = **found;
    const bool group = visit.kind == domain::VisitKind::video_group;
    const bool hosts = visit.staff_id == session_.who().person.public_id;
    RoomLink link{"/bookings/" + base::format_uuid(visit.id) + "/room", visit.staff,
                  when(visit.starts, text::DateStyle::full)};
    if (hosts) link.with = group ? std::string{} : visit.patient;
    frame.room = std::move(link);
}

void Context::tell_time(Frame& frame) const {
    const auto left = service::time_left(session_);
    frame.script = shared_.files.version("session.js");
    frame.left = std::to_string(left.next().count());
    frame.most = std::to_string(left.most.count());
    frame.ends = base::fill_arguments(word(N_("If you do nothing, you will be logged out: {1}.")),
                                      {when(session_.now() + left.next(), text::DateStyle::time)});
}

void Context::show_error(const base::Error& error, Frame& frame) const {
    frame.errors.push_back({error.field, sentence(error)});
    frame.done.clear();
}

void Context::show_error(const base::Error& error, std::string_view name, Field& field) const {
    if (error.field == name) field.error = sentence(error);
}

std::string Context::form_token(std::int64_t version) const {
    return service::make_form_token(services(), session_.who().session_hash, version);
}

base::Result<service::FormToken> Context::read_token() const {
    return service::read_form_token(services(), session_.who().session_hash,
                                    form.text("form_token"));
}

std::string Context::form_token_for(std::string_view binding) const {
    return service::make_form_token(services(), base::as_bytes(binding));
}

base::Result<service::FormToken> Context::read_token_for(std::string_view binding) const {
    return service::read_form_token(services(), base::as_bytes(binding), form.text("form_token"));
}

}  // namespace portal::web
