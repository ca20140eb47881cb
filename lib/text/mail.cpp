#include "text/mail.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/encoding.hpp"

namespace portal::text {
namespace {

using base::N_;

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kColumns = 76;      // of encoded bodies and folded headers
constexpr std::size_t kWordFrame = 12;    // =?UTF-8?B??=
constexpr std::size_t kMaxAddress = 254;  // RFC 5321
constexpr std::size_t kMaxPlainHeader = 900;
constexpr std::size_t kMaxPlainName = 60;
constexpr std::size_t kMailboxColumn = 6;  // after "From: "

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

/// The longest start of `text` of at most `most` octets that ends between characters.
std::string_view whole_characters(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U) --most;
    return text.substr(0, most);
}

/// A line that holds an encoded word has at most 76 columns, a word 75 (RFC 2047 section 2).
std::string encoded_words(std::string_view text, std::size_t column) {
    std::string out;
    while (!text.empty()) {
        const auto piece = whole_characters(text, (kColumns - column - kWordFrame) / 4 * 3);
        out += out.empty() ? "" : "\r\n ";
        out += "=?UTF-8?B?" + base::format_base64(base::as_bytes(piece)) + "?=";
        text.remove_prefix(piece.size());
        column = 1;
    }
    return out;
}

/// Folds at spaces, so that no line is longer than kColumns where spaces allow it.
std::string fold(std::string_view text, std::size_t column) {
    std::string out;
    bool first = true;
    for (const auto word : base::split(text, ' ')) {
        const bool turn = !first && column + 1 + word.size() > kColumns && !word.empty();
        if (!first) out += turn ? "\r\n " : " ";
        column = turn ? 1 + word.size() : column + word.size() + (first ? 0 : 1);
        out += word;
        first = false;
    }
    return out;
}

/// `"Kliniken" <a@b>`, or the name in encoded words.
std::string mailbox(const std::string& name, const base::Email& address) {
    const auto angle = "<" + address.reveal() + ">";
    if (name.empty()) return angle;
    const bool plain =
        is_ascii(name) && name.size() < kMaxPlainName && name.find("=?") == std::string::npos;
    if (!plain) return encoded_words(name, kMailboxColumn) + "\r\n " + angle;
    std::string quoted = "\"";
    for (const char c : name) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + "\"\r\n " + angle;
}

std::string mail_date(base::Instant at) {
    using namespace std::chrono;
    constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto two = [](auto number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    const auto day = floor<days>(at);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(at - day)};
    return std::string{kDays[weekday{day}.c_encoding()]} + ", " +
           two(static_cast<unsigned>(date.day())) + " " +
           kMonths[static_cast<unsigned>(date.month()) - 1] + " " +
           std::to_string(static_cast<int>(date.year())) + " " + two(time.hours().count()) + ":" +
           two(time.minutes().count()) + ":" + two(time.seconds().count()) + " +0000";
}

/// Every line end as CRLF, one at the end.
std::string crlf(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        if (text[i] == '\n' || text[i] == '\r')
            out += kLineEnd;
        else
            out += text[i];
    }
    if (!out.ends_with(kLineEnd)) out += kLineEnd;
    return out;
}

/// One part: its headers, an empty line, its base64.
std::string part(std::string_view type, std::string_view content) {
    std::string out = "Content-Type: " + std::string{type} + "\r\n";
    out += "Content-Transfer-Encoding: base64\r\n\r\n";
    return out + base::format_base64(base::as_bytes(content), kColumns);
}

/// FNV-1a of the message id: the same message has the same boundaries. Base64 holds no "=_".
std::string boundary(std::string_view message_id, char level) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : message_id)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return std::string{"=_"} + level + "_" + std::to_string(hash);
}

std::string multipart(std::string_view kind, const std::string& limit,
                      const std::vector<std::string>& parts) {
    std::string out = "Content-Type: multipart/" + std::string{kind};
    out += ";\r\n boundary=\"" + limit + "\"\r\n\r\n";
    for (const auto& each : parts) out += "--" + limit + "\r\n" + each;
    return out + "--" + limit + "--\r\n";
}

std::string body(const MailMessage& message) {
    std::vector<std::string> forms{part("text/plain; charset=utf-8", crlf(message.text))};
    if (!message.html.empty())
        forms.push_back(part("text/html; charset=utf-8", crlf(message.html)));
    if (!message.calendar.empty())
        forms.push_back(part("text/calendar; charset=utf-8; method=" +
                                 std::string{method_name(message.calendar_method)},
                             message.calendar));
    const auto inner = forms.size() == 1
                           ? forms.front()
                           : multipart("alternative", boundary(message.message_id, 'a'), forms);
    if (message.calendar.empty()) return inner;
    const auto attachment = "Content-Disposition: attachment; filename=\"invite.ics\"\r\n" +
                            part("application/ics; name=\"invite.ics\"", message.calendar);
    return multipart("mixed", boundary(message.message_id, 'm'), {inner, attachment});
}

base::Status check(const MailMessage& message) {
    const std::array<std::pair<const char*, const std::string*>, 4> headers{
        {{"from_name", &message.from_name},
         {"to_name", &message.to_name},
         {"subject", &message.subject},
         {"message_id", &message.message_id}}};
    for (const auto& [field, value] : headers)
        if (!base::is_utf8(*value) || base::has_control(*value, false))
            return base::invalid(field, N_("There are characters here that cannot be shown."));
    for (const auto* address : {&message.from, &message.to})
        if (!is_mail_address(address->reveal()))
            return base::invalid("address", N_("This is no mail address."));
    if (!message.reply_to.empty() && !is_mail_address(message.reply_to.reveal()))
        return base::invalid("address", N_("This is no mail address."));
    if (!is_mail_address(message.message_id))
        return base::invalid("message_id", N_("A message needs its id, id@host."));
    return {};
}

}  // namespace

bool is_mail_address(std::string_view address) {
    const auto at = address.find('@');
    if (address.size() > kMaxAddress || at == 0 || at == std::string_view::npos) return false;
    const auto host = address.substr(at + 1);
    const auto fine = [](char c) {
        constexpr std::string_view kSpecial = "\"<>()[],;:\\";
        return c > ' ' && c <= '~' && kSpecial.find(c) == std::string_view::npos;
    };
    return !host.empty() && host.find('@') == std::string_view::npos && host.front() != '.' &&
           host.back() != '.' && std::all_of(address.begin(), address.end(), fine);
}

std::string encode_header(std::string_view text, std::size_t first_column) {
    // What looks like an encoded word would be decoded by the reader, so it is encoded itself.
    const bool plain = is_ascii(text) && text.find("=?") == std::string_view::npos &&
                       text.size() < kMaxPlainHeader && base::trim(text).size() == text.size();
    return plain ? fold(text, first_column) : encoded_words(text, first_column);
}

base::Result<std::string> compose_mail(const MailMessage& message) {
    PORTAL_TRYV(check(message));
    std::string out;
    const auto header = [&](std::string_view name, std::string_view value) {
        out.append(name).append(": ").append(value).append(kLineEnd);
    };
    header("Date", mail_date(message.date));
    header("From", mailbox(message.from_name, message.from));
    header("To", mailbox(message.to_name, message.to));
    if (!message.reply_to.empty()) header("Reply-To", mailbox("", message.reply_to));
    header("Subject", encode_header(message.subject, std::string_view{"Subject: "}.size()));
    header("Message-ID", "<" + message.message_id + ">");
    header("Auto-Submitted", "auto-generated");
    header("X-Auto-Response-Suppress", "All");
    header("MIME-Version", "1.0");
    return out + body(message);
}

}  // namespace portal::text
