#include "text/message.hpp"

#include <array>

#include "text/letter.hpp"

namespace portal::text {
namespace {

std::string file_name(MessageKind kind, MessageChannel channel) {
    auto name = boost::describe::enum_to_string(kind, "");
    return std::string{name} + (channel == MessageChannel::mail ? ".mail.txt" : ".sms.txt");
}

}  // namespace

base::Result<Messages> Messages::load(const Catalogue& catalogue) {
    PORTAL_TRY(templates, Templates::load(embedded_messages(), catalogue));
    base::Status checked;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<MessageKind>>([&](auto kind) {
        for (const auto channel : {MessageChannel::mail, MessageChannel::sms})
            if (checked) checked = templates.check<MessageView>(file_name(kind.value, channel));
    });
    PORTAL_TRYV(std::move(checked));
    PORTAL_TRYV(templates.check<LetterView>("letter"));
    return Messages{std::move(templates)};
}

Message Messages::write(MessageKind kind, MessageChannel channel, Language language,
                        const MessageView& view) const {
    auto text = templates_.render(file_name(kind, channel), language, view);
    while (text.ends_with('\n')) text.pop_back();
    if (channel == MessageChannel::sms) return {{}, std::move(text)};
    const auto line = text.find('\n');
    const auto body = text.find_first_not_of('\n', line);
    return {text.substr(0, line), text.substr(body) + "\n"};
}

std::string Messages::write_letter(Language language, const LetterView& view) const {
    return templates_.render("letter", language, view);
}

std::string format_duration(const Catalogue& catalogue, Language language,
                            std::chrono::minutes length) {
    const auto minutes = static_cast<int>(length.count());
    constexpr int kHour = 60;
    constexpr int kDay = 24 * kHour;
    if (minutes >= kDay && minutes % kDay == 0)
        return catalogue.plural(language, M_("{1} day", "{1} days"), minutes / kDay);
    if (minutes >= kHour && minutes % kHour == 0)
        return catalogue.plural(language, M_("{1} hour", "{1} hours"), minutes / kHour);
    return catalogue.plural(language, M_("{1} minute", "{1} minutes"), minutes);
}

}  // namespace portal::text
