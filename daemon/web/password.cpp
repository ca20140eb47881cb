#include "daemon/web/password.hpp"

#include "base/encoding.hpp"
#include "crypto/token.hpp"
#include "daemon/web/routes.hpp"
#include "service/login.hpp"

namespace portal::web {
namespace {

using base::N_;

std::string binding_of(std::string_view link) {
    return "password:" + base::format_hex(crypto::hash_token(link));
}

base::Result<PasswordPage> password_page(Context& context) {
    const std::string link{context.path.get("token")};
    PORTAL_TRY(found, service::show_password_link(context.session(), link));
    PasswordPage page;
    page.frame = context.frame(N_("Choose your password"));
    page.hello = base::fill_arguments(context.word(N_("Hello, {1}.")), {found.name});
    page.link = link;
    page.token = context.form_token_for(binding_of(link));
    return page;
}

http::Response used_up(const Context& context) {
    NoticePage page;
    page.frame = context.frame(N_("The link does not work any more"));
    page.text = context.word(
        N_("The link has been used, or it is too old. If you have chosen a password, you can log "
           "in. Otherwise call the clinic and ask for a new link."));
    page.next = "/login";
    page.next_label = context.word(N_("Log in"));
    return context.page("notice", page, base::error_row(base::ErrorCode::not_found).http_status);
}

Answer show_password(Context& context) {
    auto page = password_page(context);
    if (!page && page.error().code == base::ErrorCode::not_found) return used_up(context);
    if (!page) return std::move(page).error();
    return context.page("password", *page);
}

base::Status save_password(Context& context) {
    const std::string link{context.path.get("token")};
    PORTAL_TRYV(context.read_token_for(binding_of(link)));
    return service::set_password(context.session(),
                                 {link, base::Secret{std::string{context.form.text("password")}},
                                  base::Secret{std::string{context.form.text("repeated")}}});
}

Answer post_password(Context& context) {
    const auto saved = save_password(context);
    if (saved) return http::redirect("/login?done=password");
    const auto& error = saved.error();
    if (error.code == base::ErrorCode::not_found) return used_up(context);
    auto page = password_page(context);
    if (!page) return used_up(context);
    context.show_error(error, page->frame);
    context.show_error(error, "password", page->password);
    context.show_error(error, "repeated", page->repeated);
    return context.page("password", *page, base::error_row(error.code).http_status);
}

}  // namespace

std::vector<PageRoute> password_routes() {
    return {{"GET", "/set-password/{token}", show_password, Entry::everybody},
            {"POST",
             "/set-password/{token}",
             post_password,
             Entry::everybody,
             {},
             true,
             {"password", "repeated"}}};
}

base::Status check_password(text::Templates& templates) {
    return templates.check<PasswordPage>("password");
}

}  // namespace portal::web
