#include "net/mail.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "net/curl.hpp"

namespace portal::net {
namespace {

/// The message on its way, and how far the dialogue came.
struct Sending {
    std::string_view message;
    std::size_t given = 0;
    bool ended = false;  // libcurl has read the whole message
    std::array<char, 4> command{};
};

std::size_t give_message(char* out, std::size_t size, std::size_t count, void* context) {
    auto& sending = *static_cast<Sending*>(context);
    const auto part = sending.message.substr(sending.given, size * count);
    std::ranges::copy(part, out);
    sending.given += part.size();
    sending.ended = sending.given == sending.message.size();
    return part.size();
}

/// libcurl tells one refusal from another only by the command it followed. Nothing but the verb is
/// kept: the lines hold addresses and passwords.
int watch_commands(CURL*, curl_infotype type, char* data, std::size_t size, void* context) {
    if (type != CURLINFO_HEADER_OUT || std::string_view{data, size}.starts_with("QUIT")) return 0;
    auto& command = static_cast<Sending*>(context)->command;
    command.fill(0);
    std::copy_n(data, std::min(size, command.size()), command.begin());
    return 0;
}

std::size_t ignore(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "::1" || host == "[::1]" || host.starts_with("127.");
}

/// Letters of an address without the brackets, blanks and controls that would end it early.
bool is_address(std::string_view address) {
    return !address.empty() && std::ranges::none_of(address, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == 127;
    });
}

bool is_name(std::string_view name) {
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
}

/// Every line end is CRLF and no NUL: a bare one splits a message in two on some servers.
bool has_clean_lines(std::string_view message) {
    for (std::size_t i = 0; i < message.size(); ++i) {
        if (message[i] == '\0') return false;
        if (message[i] == '\r' && (i + 1 == message.size() || message[i + 1] != '\n')) return false;
        if (message[i] == '\n' && (i == 0 || message[i - 1] != '\r')) return false;
    }
    return message.ends_with("\r\n");
}

SendResult refuse(SendResult::Outcome outcome, const char* reason) {
    return {outcome, 0, reason};
}

std::string make_url(const SmtpOptions& options) {
    const auto* scheme = options.tls == MailTls::implicit ? "smtps://" : "smtp://";
    const auto name = options.ehlo_name.empty() ? std::string{"localhost"} : options.ehlo_name;
    return scheme + options.host + ":" + std::to_string(options.port) + "/" + name;
}

void set_server(CURL* easy, const SmtpOptions& options) {
    set_common(easy, options.ca_file);
    set_text(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set_text(easy, CURLOPT_URL, make_url(options));
    // TRY in place of ALL would send the password in clear text to a server without STARTTLS.
    if (options.tls == MailTls::starttls) set_long(easy, CURLOPT_USE_SSL, CURLUSESSL_ALL);
    set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count()));
    set_long(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count()));
    if (options.user.empty()) return;
    set_text(easy, CURLOPT_USERNAME, options.user);
    set_text(easy, CURLOPT_PASSWORD, options.password.reveal());
    set_long(easy, CURLOPT_SASL_IR, 1);
}

void set_message(CURL* easy, const Envelope& envelope, const List& recipients, Sending& sending) {
    set_text(easy, CURLOPT_MAIL_FROM, "<" + envelope.from + ">");
    set_pointer(easy, CURLOPT_MAIL_RCPT, recipients.get());
    set_long(easy, CURLOPT_UPLOAD, 1);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, &give_message);
    set_pointer(easy, CURLOPT_READDATA, &sending);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &ignore);
    set_long(easy, CURLOPT_VERBOSE, 1);
    curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, &watch_commands);
    set_pointer(easy, CURLOPT_DEBUGDATA, &sending);
}

SendResult judge_refusal(CURLcode code, int reply, const Sending& sending) {
    const std::string_view command{sending.command.data(), sending.command.size()};
    if (reply >= 400 && reply < 500) return {SendResult::temporary, reply, "refused for now"};
    if (code == CURLE_LOGIN_DENIED) return {SendResult::permanent_provider, reply, "login refused"};
    if (command == "RCPT") return {SendResult::permanent_recipient, reply, "recipient refused"};
    if (sending.ended) return {SendResult::permanent_recipient, reply, "message refused"};
    return {SendResult::permanent_provider, reply, "server refuses us"};
}

SendResult judge(CURLcode code, int reply, const Sending& sending) {
    if (code == CURLE_OK) return {SendResult::accepted, reply, {}};
    if (code == CURLE_USE_SSL_FAILED)
        return {SendResult::permanent_provider, reply, "server offers no TLS"};
    if (code == CURLE_LOGIN_DENIED || reply >= 400) return judge_refusal(code, reply, sending);
    if (sending.ended) return {SendResult::unknown, reply, curl_easy_strerror(code)};
    return {SendResult::temporary, reply, curl_easy_strerror(code)};
}

/// A server ends a connection that waits for long (RFC 5321 section 3.8). Nothing was accepted then
/// and nothing is wrong with the server: the message goes on a new connection at once.
/// One that ran out of time is not tried again here: two tries would outlast the lease.
bool was_ended_by_server(CURL* easy, CURLcode code, const SendResult& result) {
    long opened = 1;
    curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &opened);
    return opened == 0 && code != CURLE_OPERATION_TIMEDOUT &&
           result.outcome == SendResult::temporary && (result.code < 400 || result.code == 421);
}

}  // namespace

base::Result<SmtpOptions> parse_smtp_url(std::string_view url) {
    const auto bad = base::invalid("url", "must be smtp://HOST:PORT or smtps://HOST:PORT");
    SmtpOptions options;
    if (url.starts_with("smtps://")) {
        options.tls = MailTls::implicit;
        options.port = 465;
        url.remove_prefix(8);
    } else if (url.starts_with("smtp://")) {
        url.remove_prefix(7);
    } else {
        return bad;
    }
    const auto colon = url.rfind(':');
    if (colon != std::string_view::npos && !url.ends_with(']')) {
        const auto digits = url.substr(colon + 1);
        const auto* end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, options.port);
        if (error != std::errc{} || stop != end || options.port < 1 || options.port > 65'535)
            return bad;
        url = url.substr(0, colon);
    }
    if (url.empty() || !is_name(url)) return bad;
    options.host = url;
    return options;
}

struct MailClient::Handle {
    Easy easy = make_easy();
};

MailClient::MailClient(SmtpOptions options)
    : options_(std::move(options)), handle_(std::make_unique<Handle>()) {}
MailClient::~MailClient() = default;

SendResult MailClient::send(const Envelope& envelope, std::string_view message) {
    if (options_.tls == MailTls::none && !is_loopback(options_.host))
        return refuse(SendResult::permanent_provider, "no TLS outside this machine");
    if (!is_name(options_.host) || !is_name(options_.ehlo_name) || !is_address(envelope.from))
        return refuse(SendResult::permanent_provider, "bad settings");
    if (!is_address(envelope.to.reveal()))
        return refuse(SendResult::permanent_recipient, "bad address");
    if (!has_clean_lines(message)) return refuse(SendResult::permanent_recipient, "bad message");

    auto* easy = handle_->easy.get();
    curl_easy_reset(easy);  // keeps its connection
    List recipients;
    append(recipients, "<" + envelope.to.reveal() + ">");
    set_server(easy, options_);
    auto code = CURLE_OK;
    const auto perform = [&] {
        Sending sending;
        sending.message = message;
        set_message(easy, envelope, recipients, sending);
        code = curl_easy_perform(easy);
        return judge(code, static_cast<int>(response_code(easy)), sending);
    };
    auto result = perform();
    if (was_ended_by_server(easy, code, result)) {
        set_long(easy, CURLOPT_FRESH_CONNECT, 1);
        result = perform();
    }
    return result;
}

SendResult send_mail(const SmtpOptions& options, const Envelope& envelope,
                     std::string_view message) {
    return MailClient{options}.send(envelope, message);
}

}  // namespace portal::net
