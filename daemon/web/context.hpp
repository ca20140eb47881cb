// What a page's handler works with: the request, the session and the way to an answer. Handlers
// are plain functions `Result<Response> show_login(Context&)`; an error becomes the error page.
// Thread rule: one request, one thread.
#pragma once

#include <string>
#include <string_view>

#include "daemon/http/message.hpp"
#include "daemon/http/router.hpp"
#include "daemon/http/static_files.hpp"
#include "daemon/web/view.hpp"
#include "service/form.hpp"
#include "service/session.hpp"
#include "text/date.hpp"
#include "text/templates.hpp"

namespace portal::web {

using Answer = base::Result<http::Response>;

/// What all requests share.
struct Shared {
    const service::Services& services;
    text::Templates templates;
    http::StaticFiles files;
    http::Router router{};
};

class Context {
  public:
    Context(const Shared& shared, const http::Request& request, service::Session session)
        : shared_(shared), request_(request), session_(std::move(session)) {}

    service::Session& session() { return session_; }
    [[nodiscard]] const service::Session& session() const { return session_; }
    [[nodiscard]] const http::Request& request() const { return request_; }
    [[nodiscard]] const store::Tenant& tenant() const { return session_.tenant(); }
    [[nodiscard]] const service::Services& services() const { return shared_.services; }
    [[nodiscard]] bool is_logged_in() const { return session_.who().is_member(); }

    /// A path of this host, perhaps with a query, that can be opened: it has a GET route.
    [[nodiscard]] bool is_page(std::string_view address) const;
    /// This page's address, to come back to: its path with the fields that pages know. Empty where
    /// there is nothing to open, as after a POST to /logout.
    [[nodiscard]] std::string here() const;

    /// The path's {name}; a form's or query's field.
    http::PathParameters path;
    http::Form form;

    /// Where a style sheet or picture lies, with its version so that it may be kept for a year.
    [[nodiscard]] std::string static_path(std::string_view file) const;

    // Words
    [[nodiscard]] std::string word(const std::string& key) const;
    [[nodiscard]] std::string sentence(const base::Error& error) const;
    [[nodiscard]] std::string when(base::Instant at, text::DateStyle style) const;

    // Pages
    [[nodiscard]] Frame frame(const char* title) const;
    template <class View>
    [[nodiscard]] http::Response page(const std::string& name, const View& view,
                                      int status = 200) const {
        return http::html(shared_.templates.render(name, session_.language(), view), status);
    }
    /// Puts the error into the summary and, when it is this field's, beside the field.
    void show_error(const base::Error& error, Frame& frame) const;
    void show_error(const base::Error& error, std::string_view name, Field& field) const;

    // Forms
    [[nodiscard]] std::string form_token(std::int64_t version = 0) const;
    /// Of the posted form; forbidden when it is not ours.
    [[nodiscard]] base::Result<service::FormToken> read_token() const;
    /// The same for a form of somebody who is not logged in; `binding` ties it to an attempt.
    [[nodiscard]] std::string form_token_for(std::string_view binding) const;
    [[nodiscard]] base::Result<service::FormToken> read_token_for(std::string_view binding) const;

  private:
    void tell_time(Frame& frame) const;
    void offer_room(Frame& frame) const;

    const Shared& shared_;
    const http::Request& request_;
    service::Session session_;
};

/// The idempotency key of a form, as commands carry it.
std::string key_text(const service::FormToken& token);

/// A code as somebody copied it, without the spaces and dashes in it.
std::string digits_of(std::string_view typed);
/// A path with the reader's language, for whoever is not logged in.
std::string with_language(const Context& context, std::string_view path);

/// "/login?next=..." back to this page; "/login" where it cannot be opened.
std::string login_path(const Context& context);
/// The login page for one who is logged in but needs a login that is worth `needed`, and back.
std::string step_up_path(const Context& context, domain::Assurance needed);

}  // namespace portal::web
