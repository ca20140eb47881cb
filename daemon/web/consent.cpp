#include "daemon/web/consent.hpp"

#include "base/encoding.hpp"
#include "daemon/web/routes.hpp"
#include "service/consent.hpp"

namespace portal::web {
namespace {

using base::N_;
using domain::ConsentAnswer;

// An empty line parts them.
std::vector<ConsentParagraph> paragraphs_of(std::string_view text) {
    std::vector<ConsentParagraph> paragraphs;
    bool begins = true;
    for (const auto line : base::split(text, '\n')) {
        const bool empty = base::trim(line).empty();
        if (!empty && begins) paragraphs.push_back({std::string{line}, {}});
        if (!empty && !begins) paragraphs.back().more.emplace_back(line);
        begins = empty;
    }
    return paragraphs;
}

std::string next_of(const Context& context, const http::Fields& fields) {
    const auto next = fields.text("next");
    return context.is_page(next) ? std::string{next} : std::string{};
}

// What has brought one here, where it is still so.
const char* done_sentence(std::string_view name, const service::OwnConsent& own) {
    if (name == "given" && own.given_at) return N_("Thank you. Your consent is saved.");
    if (name == "withdrawn" && !own.given_at) return N_("Your consent is withdrawn.");
    if (name == "not-now" && !own.given_at) return N_("You can come back here whenever you like.");
    return "";
}

base::Result<ConsentPage> consent_page(Context& context, const http::Fields& fields) {
    PORTAL_TRY(own, service::show_own_consent(context.session()));
    ConsentPage page;
    page.frame = context.frame(N_("Your consent"));
    page.frame.done = context.word(done_sentence(context.request().query.text("done"), own));
    page.paragraphs = paragraphs_of(own.text.body);
    page.text_lang = text::format_language(service::to_text(own.text.language));
    if (service::to_text(own.text.language) != context.session().language())
        page.other_language = text::own_name(service::to_text(own.text.language));
    page.text_hash = base::format_hex(own.text.hash);
    page.gave_earlier = own.gave_earlier;
    if (own.given_at)
        page.given = base::fill_arguments(context.word(N_("You said yes to this on {1}.")),
                                          {context.when(*own.given_at, text::DateStyle::day)});
    page.next = next_of(context, fields);
    page.token = context.form_token();
    return page;
}

Answer show_consent(Context& context) {
    PORTAL_TRY(page, consent_page(context, context.request().query));
    return context.page("consent", page);
}

base::Result<service::ConsentReply> read_reply(const http::Form& form) {
    constexpr std::size_t kHexDigest = 64;
    service::ConsentReply reply;
    const auto answer = form.text("answer");
    if (answer != "yes" && answer != "not-now")
        return base::invalid("answer", N_("Answer with one of the two buttons."));
    reply.answer = answer == "yes" ? ConsentAnswer::yes : ConsentAnswer::not_now;
    reply.text_hash = form.text("text");
    if (reply.text_hash.size() != kHexDigest || !base::parse_hex(reply.text_hash))
        return base::invalid("text", N_("The form is malformed."));
    return reply;
}

Answer post_consent(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRY(reply, read_reply(context.form));
    const auto done = service::answer_consent(context.session(), reply);
    if (done) {
        const auto next = next_of(context, context.form);
        if (!next.empty()) return http::redirect(next);
        return http::redirect(reply.answer == ConsentAnswer::yes ? "/consent?done=given"
                                                                 : "/consent?done=not-now");
    }
    if (done.error().code != base::ErrorCode::stale) return done.error();
    PORTAL_TRY(page, consent_page(context, context.form));
    context.show_error(done.error(), page.frame);
    return context.page("consent", page, base::error_row(done.error().code).http_status);
}

Answer post_withdraw(Context& context) {
    PORTAL_TRY(token, context.read_token());
    PORTAL_TRYV(service::withdraw_own_consent(context.session()));
    return http::redirect("/consent?done=withdrawn");
}

}  // namespace

std::vector<PageRoute> consent_routes() {
    using enum Entry;
    return {{"GET", "/consent", show_consent, member},
            {"POST", "/consent", post_consent, member, {}, false, {"answer", "text", "next"}},
            {"POST", "/consent/withdraw", post_withdraw, member}};
}

base::Status check_consent(text::Templates& templates) {
    return templates.check<ConsentPage>("consent");
}

}  // namespace portal::web
