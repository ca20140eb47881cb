#include "daemon/web/booking_message.hpp"

#include "daemon/web/invite.hpp"
#include "daemon/web/routes.hpp"
#include "service/booking.hpp"
#include "service/booking_message.hpp"

namespace portal::web {
namespace {

using base::N_;

base::Result<base::Uuid> id_of(const Context& context) {
    const auto id = base::parse_uuid(context.path.get("id"));
    if (!id) return base::make_error(base::ErrorCode::not_found, {});
    return *id;
}

base::Result<BookingMessagePage> make_page(Context& context, const base::Uuid& id) {
    PORTAL_TRY(message, service::show_booking_message(context.session(), id));
    if (!message.may_change) return base::make_error(base::ErrorCode::not_found, {});
    PORTAL_TRY(booking, service::show_booking(context.session(), {id}));
    BookingMessagePage page;
    page.frame = context.frame(message.present ? N_("Change the message") : N_("Write a message"));
    page.booking = base::format_uuid(id);
    page.when = context.when(booking.starts, text::DateStyle::full);
    page.person = booking.patient;
    page.message.value = message.text;
    page.token = context.form_token(booking.version);
    return page;
}

Answer show_message(Context& context) {
    PORTAL_TRY(id, id_of(context));
    PORTAL_TRY(page, make_page(context, id));
    return context.page("booking_message", page);
}

base::Result<domain::SetBooking> read_command(const Context& context, const base::Uuid& id) {
    PORTAL_TRY(token, context.read_token());
    domain::SetBooking command;
    command.booking = id;
    command.version = token.version;
    if (!context.form.find("message"))
        return base::invalid("message", N_("The form lacks its text."));
    auto text = std::string{base::trim(context.form.text("message"))};
    std::erase(text, '\r');
    command.message = base::Patch<std::string>::null();
    if (text.empty()) return command;
    const auto* field = base::find_field(base::type_of<domain::SetBooking>(), "message");
    if (auto fits = base::check_text(field->help, base::type_of<std::string>(), text); !fits) {
        auto error = std::move(fits).error();
        error.field = "message";
        return error;
    }
    command.message = text;
    return command;
}

Answer post_message(Context& context) {
    PORTAL_TRY(id, id_of(context));
    const auto command = read_command(context, id);
    if (command) {
        const auto saved = service::set_booking(context.session(), *command);
        if (saved) return http::redirect("/bookings/" + base::format_uuid(id) + "?done=message");
        if (saved.error().code != base::ErrorCode::stale) return saved.error();
        PORTAL_TRY(page, make_page(context, id));
        context.show_error(saved.error(), page.frame);
        page.message.value = command->message.is_null() ? "" : command->message.value();
        return context.page("booking_message", page,
                            base::error_row(base::ErrorCode::stale).http_status);
    }
    if (command.error().code != base::ErrorCode::invalid) return command.error();
    PORTAL_TRY(page, make_page(context, id));
    context.show_error(command.error(), page.frame);
    context.show_error(command.error(), "message", page.message);
    page.message.value = context.form.text("message");
    return context.page("booking_message", page,
                        base::error_row(base::ErrorCode::invalid).http_status);
}

}  // namespace

base::Status add_message(Context& context, const domain::BookingView& booking, BookingPage& page) {
    PORTAL_TRY(message, service::show_booking_message(context.session(), booking.id));
    for (const auto line : base::split(message.text, '\n'))
        if (!base::trim(line).empty()) page.message.emplace_back(line);
    if (message.needed) page.message_login = step_up_path(context, *message.needed);
    if (message.may_change)
        page.message_change = "/bookings/" + base::format_uuid(booking.id) + "/message";
    return {};
}

std::vector<PageRoute> booking_message_routes() {
    constexpr auto kBooking = domain::Module::booking;
    return {{"GET", "/bookings/{id}/message", show_message, Entry::staff, kBooking},
            {"POST",
             "/bookings/{id}/message",
             post_message,
             Entry::staff,
             kBooking,
             false,
             {"message"}}};
}

base::Status check_booking_message(text::Templates& templates) {
    return templates.check<BookingMessagePage>("booking_message");
}

}  // namespace portal::web
