#include "daemon/web/draft.hpp"

#include <algorithm>
#include <array>

#include "daemon/web/routes.hpp"
#include "service/draft.hpp"

namespace portal::web {
namespace {

using base::N_;

constexpr std::string_view kDraftCookie = "__Host-draft";
/// A form with one of these is typed anew: it is short, and what stands in them is nobody's to
/// keep.
constexpr std::array<std::string_view, 4> kSecret{"password", "repeated", "current", "code"};

http::Cookie draft_cookie(std::string value) {
    http::Cookie cookie{std::string{kDraftCookie}, std::move(value)};
    cookie.max_age_s = cookie.value.empty() ? 0 : std::chrono::seconds{service::kDraftLife}.count();
    return cookie;
}

bool is_kept(const PageRoute& route) {
    const auto secret = [](std::string_view name) {
        return std::find(kSecret.begin(), kSecret.end(), name) != kSecret.end();
    };
    return route.entry != Entry::everybody && route.keeps_draft && !route.hashes &&
           !route.fields.empty() && std::none_of(route.fields.begin(), route.fields.end(), secret);
}

struct Label {
    std::string_view name;
    const char* words;
};
constexpr std::array<Label, 7> kLabels{{{"starts", N_("Time")},
                                        {"email", N_("E-mail address")},
                                        {"mobile", N_("Mobile number")},
                                        {"first_name", N_("First name")},
                                        {"last_name", N_("Last name")},
                                        {"reason", N_("Reason")},
                                        {"message", N_("Message")}}};

DraftField draft_field(const Context& context, const service::TypedField& typed) {
    DraftField field{{}, typed.value, typed.name, typed.value};
    const auto* label = std::find_if(kLabels.begin(), kLabels.end(),
                                     [&](const Label& each) { return each.name == typed.name; });
    if (label == kLabels.end() || typed.value.empty()) return field;
    field.label = context.word(label->words);
    if (const auto at = base::parse_instant(typed.value); at && typed.name == "starts")
        field.shown = context.when(*at, text::DateStyle::full);
    return field;
}

Answer show_draft(Context& context) {
    const auto token = context.request().cookie(kDraftCookie).value_or("");
    PORTAL_TRY(form, service::show_draft(context.session(), token));
    DraftPage page;
    page.frame = context.frame(N_("What you wrote is kept"));
    page.action = form.path;
    for (const auto& field : form.fields) page.fields.push_back(draft_field(context, field));
    page.token = context.form_token(form.version);
    return context.page("draft", page);
}

}  // namespace

std::optional<http::Response> keep_late_form(Context& context, const PageRoute& route) {
    if (!is_kept(route)) return std::nullopt;
    service::LateForm late;
    late.session_token = context.request().cookie(http::kSessionCookie).value_or("");
    late.form_token = context.form.text("form_token");
    late.form.path = context.request().path;
    for (const auto& [name, value] : context.form.items())
        if (name != "form_token") late.form.fields.push_back({name, value});
    auto kept = service::keep_draft(context.session(), std::move(late));
    if (!kept || !*kept) return std::nullopt;
    auto response = http::redirect("/login?done=kept&next=%2Fdraft");
    response.headers.add("Set-Cookie", http::format_cookie(draft_cookie((*kept)->reveal())));
    return response;
}

void drop_sent_draft(Context& context, http::Response& response) {
    const auto token = context.request().cookie(kDraftCookie);
    if (!token || context.request().is_safe_method() || !context.is_logged_in()) return;
    const auto form = service::show_draft(context.session(), *token);
    if (!form || form->path != context.request().path) return;
    if (!service::drop_draft(context.session(), *token)) return;
    response.headers.add("Set-Cookie", http::format_cookie(draft_cookie({})));
}

std::vector<PageRoute> draft_routes() {
    return {{"GET", "/draft", show_draft}};
}

base::Status check_draft(text::Templates& templates) {
    return templates.check<DraftPage>("draft");
}

}  // namespace portal::web
