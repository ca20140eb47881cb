#include "daemon/http/response_head.hpp"

#include <array>
#include <charconv>

namespace portal::http {

namespace {

void add_number(std::string& out, std::size_t number) {
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

bool has_break(std::string_view text) {
    for (const char c : text)
        if (static_cast<unsigned char>(c) < 0x20 && c != '\t') return true;
    return false;
}

bool add_field(std::string& out, std::string_view name, std::string_view value) {
    if (has_break(name) || has_break(value)) return false;
    out.append(name).append(": ").append(value).append("\r\n");
    return true;
}

bool add_fields(std::string& out, const Response& response) {
    if (!response.content_type.empty() && !add_field(out, "Content-Type", response.content_type))
        return false;
    for (const auto& [name, value] : response.headers.items())
        if (!add_field(out, name, value)) return false;
    return true;
}

}  // namespace

bool may_have_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

bool format_head(std::string& out, const Response& response, const HeadFacts& facts) {
    const auto before = out.size();
    out.append("HTTP/1.1 ");
    add_number(out, static_cast<std::size_t>(response.status));
    out.append(" ").append(reason(response.status)).append("\r\nDate: ").append(facts.date);
    out.append("\r\n");
    if (!add_fields(out, response)) {
        out.resize(before);
        return false;
    }
    if (may_have_body(response.status)) {
        out.append("Content-Length: ");
        add_number(out, response.content().size());
        out.append("\r\n");
    }
    if (!facts.keep_alive)
        out.append("Connection: close\r\n");
    else if (facts.http_1_0)
        out.append("Connection: keep-alive\r\n");
    out.append(response.header_block).append("\r\n");
    return true;
}

std::string format_http_date(base::Instant at) {
    static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                           "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> kMonths{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const auto text = base::format_instant(std::chrono::floor<std::chrono::seconds>(at));
    std::string out{kDays[std::chrono::weekday{day}.c_encoding()]};
    out.append(", ").append(text, 8, 2).append(" ");
    out.append(kMonths[static_cast<unsigned>(date.month()) - 1]).append(" ");
    return out.append(text, 0, 4).append(" ").append(text, 11, 8).append(" GMT");
}

std::string_view DateLine::at(base::Instant now) {
    const auto second = base::to_ms(now) / 1000;
    if (second != second_) {
        second_ = second;
        text_ = format_http_date(now);
    }
    return text_;
}

}  // namespace portal::http
