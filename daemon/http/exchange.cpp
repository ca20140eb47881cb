#include "daemon/http/exchange.hpp"

#include <algorithm>
#include <array>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>

#include "base/encoding.hpp"
#include "daemon/http/head_scan.hpp"
#include "daemon/http/target.hpp"

namespace portal::http {

namespace beast = boost::beast::http;

namespace {

std::string_view as_view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

int status_of(const boost::system::error_code& error) {
    if (error == beast::error::bad_version) return 505;
    if (error == beast::error::body_limit || error == beast::error::buffer_overflow) return 413;
    if (error == beast::error::header_limit) return 431;
    return 400;
}

int check_method(std::string_view method) {
    static constexpr std::array<std::string_view, 7> kServed{"GET",   "HEAD",   "POST",   "PUT",
                                                             "PATCH", "DELETE", "OPTIONS"};
    if (std::find(kServed.begin(), kServed.end(), method) != kServed.end()) return 0;
    return method == "TRACE" || method == "CONNECT" ? 405 : 501;
}

bool is_plain_number(std::string_view text) {
    return !text.empty() && text.size() <= 19 &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<std::string_view> values_of(const beast::fields& fields, beast::field name) {
    std::vector<std::string_view> values;
    const auto range = fields.equal_range(name);
    for (auto at = range.first; at != range.second; ++at) values.push_back(as_view(at->value()));
    return values;
}

}  // namespace

struct Exchange::Parser {
    beast::request_parser<beast::string_body> beast;
};

Exchange::Exchange(std::size_t body_limit)
    : parser_(std::make_unique<Parser>()), body_limit_(body_limit) {
    parser_->beast.header_limit(static_cast<std::uint32_t>(2 * kMaxHead));
    parser_->beast.body_limit(body_limit);
}

Exchange::~Exchange() = default;

int Exchange::parse_head(std::string_view head, Request& request) {
    boost::system::error_code error;
    auto& parser = parser_->beast;
    parser.put(boost::asio::const_buffer{head.data(), head.size()}, error);
    if (error && error != beast::error::need_more) return status_of(error);
    if (!parser.is_header_done()) return 400;
    parser.eager(true);

    const auto& message = parser.get();
    if (message.version() != 11 && message.version() != 10) return 505;
    request.method = as_view(message.method_string());
    if (const int status = check_method(request.method)) return status;
    if (const int status = check_framing()) return status;
    const auto hosts = values_of(message, beast::field::host);
    if (hosts.empty() && message.version() == 11) return 400;
    for (const auto& field : message)
        request.headers.add(std::string{as_view(field.name_string())},
                            std::string{as_view(field.value())});
    if (const int status = parse_target(as_view(message.target()), hosts, request)) return status;
    return check_expect();
}

/// The parser understands more ways to frame a body than are safe behind a proxy.
int Exchange::check_framing() const {
    const auto& message = parser_->beast.get();
    const auto lengths = values_of(message, beast::field::content_length);
    const auto codings = values_of(message, beast::field::transfer_encoding);
    if (lengths.size() > 1 || codings.size() > 1) return 400;
    if (!lengths.empty()) {
        if (!codings.empty() || !is_plain_number(lengths.front())) return 400;
        std::uint64_t length = 0;
        std::from_chars(lengths.front().data(), lengths.front().data() + lengths.front().size(),
                        length);
        if (length > body_limit_) return 413;
    }
    if (!codings.empty() &&
        (message.version() == 10 || base::lower_ascii(codings.front()) != "chunked"))
        return 400;
    return 0;
}

int Exchange::check_expect() {
    const auto expects = values_of(parser_->beast.get(), beast::field::expect);
    if (expects.empty()) return 0;
    if (expects.size() > 1 || base::lower_ascii(expects.front()) != "100-continue") return 417;
    wants_continue_ = !http_1_0() && !is_done();
    return 0;
}

int Exchange::parse_body(std::string_view bytes, std::size_t& used) {
    boost::system::error_code error;
    used = parser_->beast.put(boost::asio::const_buffer{bytes.data(), bytes.size()}, error);
    if (error == beast::error::need_more) {
        // Only a chunk's header may wait for its end; it has no reason to be long.
        return used == 0 && bytes.size() > kMaxRequestLine ? 400 : 0;
    }
    return error ? status_of(error) : 0;
}

bool Exchange::is_done() const {
    return parser_->beast.is_done();
}

void Exchange::take_body(Request& request) {
    request.body = std::move(parser_->beast.get().body());
}

bool Exchange::keep_alive() const {
    return parser_->beast.keep_alive();
}

bool Exchange::http_1_0() const {
    return parser_->beast.get().version() == 10;
}

}  // namespace portal::http
