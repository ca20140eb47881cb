#include "net/http.hpp"

#include <algorithm>
#include <charconv>

#include "base/encoding.hpp"
#include "net/curl.hpp"

namespace portal::net {
namespace {

using base::ErrorCode;
using base::make_error;
using base::Result;

constexpr std::size_t kHeaderLimit = 64U << 10U;

/// What libcurl's callbacks write to.
struct Arriving {
    HttpAnswer answer;
    std::size_t limit = 0;
    std::size_t header_bytes = 0;
    bool too_large = false;
};

std::size_t take_body(const char* data, std::size_t, std::size_t size, void* context) {
    auto& arriving = *static_cast<Arriving*>(context);
    if (size > arriving.limit - arriving.answer.body.size()) {
        arriving.too_large = true;
        return 0;
    }
    arriving.answer.body.append(data, size);
    return size;
}

std::size_t take_header(const char* data, std::size_t, std::size_t size, void* context) {
    auto& arriving = *static_cast<Arriving*>(context);
    arriving.header_bytes += size;
    if (arriving.header_bytes > kHeaderLimit) {
        arriving.too_large = true;
        return 0;
    }
    const std::string_view line{data, size};
    if (line.starts_with("HTTP/")) arriving.answer.headers.clear();  // after a 1xx
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    arriving.answer.headers.emplace_back(base::lower_ascii(line.substr(0, colon)),
                                         base::trim(line.substr(colon + 1)));
    return size;
}

bool is_sendable(std::string_view text) {
    return text.find_first_of(std::string_view{"\r\n\0", 3}) == std::string_view::npos;
}

base::Status check(const HttpRequest& request) {
    if (!is_sendable(request.url) || !is_sendable(request.method) || request.method.empty())
        return make_error(ErrorCode::invalid, "this request cannot be sent");
    for (const auto& [name, value] : request.headers)
        if (name.empty() || !is_sendable(name) || !is_sendable(value))
            return make_error(ErrorCode::invalid, "this header cannot be sent");
    return {};
}

List make_headers(const HttpRequest& request) {
    List list;
    append(list, "Expect:");  // no waiting for 100 Continue
    if (!request.body.empty() && std::ranges::none_of(request.headers, [](const auto& header) {
            return base::lower_ascii(header.first) == "content-type";
        }))
        append(list, "Content-Type:");
    for (const auto& [name, value] : request.headers)
        append(list, value.empty() ? name + ";" : name + ": " + value);
    return list;
}

void set_method(CURL* easy, const HttpRequest& request) {
    if (request.method == "HEAD") {
        set_long(easy, CURLOPT_NOBODY, 1);
        return;
    }
    if (!request.body.empty() || request.method == "POST" || request.method == "PUT") {
        set_pointer(easy, CURLOPT_POSTFIELDS, request.body.data());
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body.size()));
    }
    set_text(easy, CURLOPT_CUSTOMREQUEST, request.method);
}

// An empty password is given too, else OpenSSL would ask for one on the terminal.
void set_certificate(CURL* easy, const ClientCertificate& certificate) {
    if (certificate.file.empty()) return;
    set_text(easy, CURLOPT_SSLCERTTYPE, "PEM");
    set_text(easy, CURLOPT_SSLCERT, certificate.file);
    set_text(easy, CURLOPT_SSLKEYTYPE, "PEM");
    set_text(easy, CURLOPT_SSLKEY, certificate.key_file);
    set_text(easy, CURLOPT_KEYPASSWD, certificate.key_password.reveal());
}

void prepare(CURL* easy, const HttpRequest& request, const List& headers, Arriving& arriving) {
    curl_easy_reset(easy);  // keeps its connections
    set_common(easy, request.ca_file);
    set_certificate(easy, request.certificate);
    set_text(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    set_text(easy, CURLOPT_URL, request.url);
    set_long(easy, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    if (!request.unix_socket.empty()) set_text(easy, CURLOPT_UNIX_SOCKET_PATH, request.unix_socket);
    set_long(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
    set_long(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    set_long(easy, CURLOPT_FRESH_CONNECT, request.own_connection ? 1 : 0);
    set_long(easy, CURLOPT_FORBID_REUSE, request.own_connection ? 1 : 0);
    set_method(easy, request);
    set_pointer(easy, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &take_body);
    set_pointer(easy, CURLOPT_WRITEDATA, &arriving);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &take_header);
    set_pointer(easy, CURLOPT_HEADERDATA, &arriving);
}

bool nothing_sent(CURL* easy, CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_CERTPROBLEM:
            return true;
        default:
            break;
    }
    long sent = 0;
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &sent);
    return sent == 0;
}

base::Error to_error(CURL* easy, CURLcode code, const Arriving& arriving) {
    if (arriving.too_large) return make_error(ErrorCode::too_large, "the answer is too large");
    // An answer that is no HTTP is an unsupported protocol too, so first: was anything sent?
    if (!nothing_sent(easy, code))
        return make_error(ErrorCode::timeout, "no whole answer: {1}", {curl_easy_strerror(code)});
    if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
        return make_error(ErrorCode::invalid, "this request cannot be sent");
    return make_error(ErrorCode::unavailable, "no connection: {1}", {curl_easy_strerror(code)});
}

}  // namespace

std::string_view HttpAnswer::header(std::string_view name) const {
    const auto found =
        std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

struct HttpClient::Handle {
    Easy easy = make_easy();
};

HttpClient::HttpClient() : handle_(std::make_unique<Handle>()) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

Result<HttpAnswer> HttpClient::send(const HttpRequest& request) {
    PORTAL_TRYV(check(request));
    Arriving arriving;
    arriving.limit = request.answer_limit;
    const auto headers = make_headers(request);
    auto* easy = handle_->easy.get();
    prepare(easy, request, headers, arriving);
    const auto code = curl_easy_perform(easy);
    if (code != CURLE_OK) return to_error(easy, code, arriving);
    arriving.answer.status = static_cast<int>(response_code(easy));
    return std::move(arriving.answer);
}

Result<HttpAnswer> http_request(const HttpRequest& request) {
    return HttpClient{}.send(request);
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kUnreserved =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (kUnreserved.find(c) != std::string_view::npos) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', kDigits[byte >> 4U], kDigits[byte & 15U]};
    }
    return out;
}

base::Millis retry_after(const HttpAnswer& answer) {
    const auto text = answer.header("retry-after");
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size()) return base::Millis{0};
    return std::chrono::seconds{std::min(seconds, 86'400U)};
}

}  // namespace portal::net
