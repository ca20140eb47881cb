#include "base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>

#include "base/clock.hpp"
#include "base/json.hpp"

namespace portal::base::log {
namespace {

std::atomic<Format>& chosen_format() {
    static std::atomic<Format> format{Format::text};
    return format;
}

spdlog::level::level_enum theirs(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return spdlog::level::debug;
        case LogLevel::info:
            return spdlog::level::info;
        case LogLevel::warn:
            return spdlog::level::warn;
        case LogLevel::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

constexpr std::string_view level_name(LogLevel level) {
    switch (level) {
        case LogLevel::debug:
            return "debug";
        case LogLevel::info:
            return "info";
        case LogLevel::warn:
            return "warn";
        case LogLevel::error:
            return "error";
    }
    return "info";
}

std::string json_line(LogLevel level, std::string_view id, const Fields& fields) {
    std::string line = "{\"time\":";
    write_json_text(line, format_instant(SystemClock{}.now()));
    line += ",\"level\":";
    write_json_text(line, level_name(level));
    line += ",\"event\":";
    write_json_text(line, id);
    for (const auto& [name, value] : fields) {
        line += ',';
        write_json_text(line, name);
        line += ':';
        write_json_text(line, value);
    }
    return line + '}';
}

std::string text_line(LogLevel level, std::string_view id, const Fields& fields) {
    auto line = format_instant(SystemClock{}.now()) + ' ' + std::string{level_name(level)} + ' ' +
                std::string{id};
    for (const auto& [name, value] : fields) {
        line += ' ' + std::string{name} + '=';
        const bool plain = value.find_first_of(" \"\\=") == std::string::npos && !value.empty();
        std::string quoted;
        write_json_text(quoted, value);
        const bool escaped = quoted.size() != value.size() + 2;
        line += plain && !escaped ? value : quoted;
    }
    return line;
}

}  // namespace

void start(Format format, LogLevel least) {
    auto logger = spdlog::stderr_logger_mt("portal");
    logger->set_pattern("%v");
    logger->set_level(theirs(least));
    logger->flush_on(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
    chosen_format() = format;
}

void event(LogLevel level, std::string_view id, const Fields& fields) {
    auto* logger = spdlog::default_logger_raw();
    if (!logger->should_log(theirs(level))) return;
    const auto line = chosen_format() == Format::json ? json_line(level, id, fields)
                                                      : text_line(level, id, fields);
    logger->log(theirs(level), "{}", line);
}

}  // namespace portal::base::log
