#include "daemon/web/contact.hpp"

#include "daemon/web/routes.hpp"
#include "service/contact.hpp"
#include "store/column.hpp"

namespace portal::web {
namespace {

using base::N_;
using service::ContactKind;

base::Result<ContactKind> kind_of(const Context& context) {
    const auto what = context.path.get("what");
    if (what == "email") return ContactKind::email;
    if (what == "mobile") return ContactKind::mobile;
    return base::make_error(base::ErrorCode::not_found, {});
}

std::string path_of(ContactKind what) {
    return what == ContactKind::email ? "/contact/email" : "/contact/mobile";
}

// What has just been done: ?done=NAME of an act that led here.
const char* done_sentence(std::string_view name) {
    if (name == "email") return N_("Your new e-mail address is saved.");
    if (name == "mobile") return N_("Your new mobile number is saved.");
    if (name == "language") return N_("The language is saved.");
    return "";
}

Answer show_details(Context& context) {
    PORTAL_TRY(contact, service::show_contact(context.session()));
    ContactPage page;
    page.frame = context.frame(N_("Contact details"));
    page.frame.done = context.word(done_sentence(context.request().query.text("done")));
    page.email = contact.email.reveal();
    page.mobile = contact.mobile.reveal();
    page.code_address = contact.code_address.reveal();
    if (contact.lacks)
        page.lacks = context.word(
            contact.lacks == domain::CodeChannel::sms
                ? N_("To log in with a password you need a mobile number here: we send a code to "
                     "it.")
                : N_("To log in with a password you need an e-mail address here: we send a code to "
                     "it."));
    const auto now = service::to_text(contact.language);
    for (const auto language : text::kLanguages)
        page.languages.push_back({std::string{text::format_language(language)},
                                  std::string{text::own_name(language)}, "", language == now});
    page.token = context.form_token();
    return context.page("contact", page);
}

Answer post_language(Context& context) {
    PORTAL_TRY(token, context.read_token());
    const auto language = text::parse_language(context.form.text("language"));
    if (!language) return base::invalid("language", N_("Choose one of the languages."));
    PORTAL_TRYV(service::change_language(context.session(), service::to_domain(*language)));
    return http::redirect("/contact?done=language");
}

/// A login factor is changed only soon after a login (ASVS 7.5.1).
http::Response log_in_again(const Context& context, ContactKind what, int status) {
    NoticePage page;
    page.frame = context.frame(N_("Log in once more first"));
    page.text = context.word(
        N_("We send codes and messages to this address and number. So that nobody else can change "
           "them, we ask you to log in again first."));
    page.next = "/login?again=1&next=" + path_of(what);
    page.next_label = context.word(N_("Log in again"));
    return context.page("notice", page, status);
}

base::Result<ContactChangePage> change_page(Context& context, ContactKind what) {
    PORTAL_TRY(contact, service::show_contact(context.session()));
    ContactChangePage page;
    page.email = what == ContactKind::email;
    page.had = page.email ? !contact.email.empty() : !contact.mobile.empty();
    page.frame = context.frame(
        page.had ? (page.email ? N_("Change the e-mail address") : N_("Change the mobile number"))
                 : (page.email ? N_("Add an e-mail address") : N_("Add a mobile number")));
    page.action = path_of(what);
    page.ends_login = page.email && contact.email_ends_login;
    page.token = context.form_token();
    return page;
}

Answer show_change(Context& context) {
    PORTAL_TRY(what, kind_of(context));
    if (!service::is_fresh(context.session())) return log_in_again(context, what, 200);
    PORTAL_TRY(page, change_page(context, what));
    return context.page("contact_change", page);
}

Answer refuse_change(Context& context, ContactKind what, const base::Error& error) {
    const int status = base::error_row(error.code).http_status;
    if (error.code == base::ErrorCode::forbidden) return log_in_again(context, what, status);
    PORTAL_TRY(page, change_page(context, what));
    context.show_error(error, page.frame);
    context.show_error(error, "value", page.value);
    page.value.value = context.form.text("value");
    return context.page("contact_change", page, status);
}

Answer post_change(Context& context) {
    PORTAL_TRY(what, kind_of(context));
    PORTAL_TRY(token, context.read_token());
    const auto asked = service::begin_contact_change(
        context.session(), {what, std::string{context.form.text("value")}, token.key});
    if (!asked) return refuse_change(context, what, asked.error());
    return http::redirect(path_of(what) + "/code");
}

ContactCodePage code_page(const Context& context, ContactKind what,
                          const service::ContactAsked& asked) {
    ContactCodePage page;
    page.frame = context.frame(N_("Write the code"));
    page.action = path_of(what) + "/code";
    page.again = path_of(what);
    page.sent_to = base::fill_arguments(
        context.word(asked.by_sms ? N_("We have sent a code with six digits to {1}.")
                                  : N_("We have sent a message to {1}. If the address can be "
                                       "used, it has a code with six digits.")),
        {asked.sent_to});
    page.works_for = base::fill_arguments(
        context.word(N_("The code works for {1}.")),
        {text::format_duration(context.services().catalogue, context.session().language(),
                               std::chrono::minutes{context.services().options.code_minutes})});
    page.token = context.form_token();
    return page;
}

Answer show_code(Context& context) {
    PORTAL_TRY(what, kind_of(context));
    const auto asked = service::show_contact_change(context.session(), what);
    if (!asked) return http::redirect(path_of(what));
    return context.page("contact_code", code_page(context, what, *asked));
}

Answer refuse_code(Context& context, ContactKind what, const base::Error& error) {
    const auto asked = service::show_contact_change(context.session(), what);
    if (!asked) {  // used up or too late: the only way on is to begin again
        return refuse_change(context, what, base::make_error(error.code, error.key, error.args));
    }
    auto page = code_page(context, what, *asked);
    context.show_error(error, page.frame);
    context.show_error(error, "code", page.code);
    return context.page("contact_code", page, base::error_row(error.code).http_status);
}

/// The exemption waits for the clinic now, and its sessions have ended, this one too.
http::Response logged_out_page(const Context& context) {
    NoticePage page;
    page.frame = context.frame(N_("Your address is saved"));
    page.frame.person.clear();
    page.text = context.word(
        N_("Your new e-mail address is saved. You are logged out now. Call the clinic, so that it "
           "can confirm the address. Then you can log in again."));
    auto response = context.page("notice", page);
    http::clear_session_cookie(response);
    return response;
}

Answer post_code(Context& context) {
    PORTAL_TRY(what, kind_of(context));
    PORTAL_TRY(token, context.read_token());
    const auto saved =
        service::finish_contact_change(context.session(), what, context.form.text("code"));
    if (!saved) return refuse_code(context, what, saved.error());
    if (saved->suspended) return logged_out_page(context);
    return http::redirect("/contact?done=" + store::enum_text(what));
}

}  // namespace

std::vector<PageRoute> contact_routes() {
    using enum Entry;
    return {{"GET", "/contact", show_details, member},
            {"POST", "/contact", post_language, member, {}, false, {"language"}},
            {"GET", "/contact/{what}", show_change, member},
            {"POST", "/contact/{what}", post_change, member, {}, false, {"value"}},
            {"GET", "/contact/{what}/code", show_code, member},
            {"POST", "/contact/{what}/code", post_code, member, {}, false, {"code"}, false}};
}

base::Status check_contact(text::Templates& templates) {
    PORTAL_TRYV(templates.check<ContactPage>("contact"));
    PORTAL_TRYV(templates.check<ContactChangePage>("contact_change"));
    return templates.check<ContactCodePage>("contact_code");
}

}  // namespace portal::web
