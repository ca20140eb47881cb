#include "daemon/web/context.hpp"

#include "base/encoding.hpp"

namespace portal::web {

using base::N_;

std::string key_text(const service::FormToken& token) {
    return base::format_base64url(token.key);
}

std::string login_path(const http::Request& request) {
    auto target = request.path;
    char separator = '?';
    for (const auto& [name, value] : request.query.items()) {
        target += separator + http::percent_encode(name) + "=" + http::percent_encode(value);
        separator = '&';
    }
    return "/login?next=" + http::percent_encode(target);
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

// What a page says at its top after an act: ?done=NAME of a page that we redirected to.
std::string done_sentence(std::string_view name) {
    if (name == "booked") return N_("Your visit is booked.");
    if (name == "confirmed") return N_("Thank you. Your visit is confirmed.");
    if (name == "moved") return N_("Your visit has a new time.");
    if (name == "cancelled") return N_("Your visit is cancelled.");
    if (name == "password") return N_("Your password is saved. You can log in now.");
    if (name == "logged-out") return N_("You are logged out.");
    return {};
}

std::vector<LanguageChoice> language_choices(const http::Request& request, text::Language now) {
    std::vector<LanguageChoice> all;
    for (const auto language : text::kLanguages) {
        const std::string code{text::format_language(language)};
        auto href = request.path + "?lang=" + code;
        if (const auto next = request.query.find("next"))
            href += "&next=" + http::percent_encode(*next);
        all.push_back({code, std::string{text::own_name(language)}, href, language == now});
    }
    return all;
}

}  // namespace

Frame Context::frame(const char* title) const {
    const auto& who = session_.who();
    Frame frame;
    frame.lang = text::format_language(session_.language());
    frame.title = word(title);
    frame.clinic = tenant().name;
    frame.accent = "blue";
    frame.style = shared_.files.version("portal.css");
    frame.here = request_.path;
    frame.done = word(done_sentence(request_.query.text("done")));
    frame.languages = language_choices(request_, session_.language());
    if (!is_logged_in()) return frame;
    frame.person = who.person.full_name();
    frame.patient = who.kind == service::Principal::patient;
    frame.staff = who.kind == service::Principal::staff;
    frame.booking = tenant().has(domain::Module::booking);
    frame.menu_token = form_token();
    return frame;
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
