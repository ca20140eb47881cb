#include "cli/ui/terminal.hpp"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "base/encoding.hpp"

namespace portal::cli {
namespace {

/// No echo as long as it lives.
class NoEcho {
  public:
    explicit NoEcho(int terminal) : terminal_(terminal) {
        good_ = ::tcgetattr(terminal_, &before_) == 0;
        auto quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (good_) ::tcsetattr(terminal_, TCSAFLUSH, &quiet);
    }
    ~NoEcho() {
        if (good_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

  private:
    int terminal_;
    termios before_{};
    bool good_ = false;
};

/// Bytes of the character at the front; 1 for a byte that belongs to none.
std::size_t character_length(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    return base::is_utf8(text.substr(0, length)) ? length : 1;
}

}  // namespace

bool is_terminal() {
    return ::isatty(STDOUT_FILENO) == 1;
}

bool has_colour() {
    const char* none = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    return is_terminal() && (none == nullptr || *none == '\0') && term != nullptr &&
           std::string_view{term} != "dumb";
}

std::string printable(std::string_view text) {
    const auto is_plain = [](char c) { return c >= ' ' && c <= '~'; };
    if (std::all_of(text.begin(), text.end(), is_plain)) return std::string{text};
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto character = text.substr(0, character_length(text));
        const bool shown = base::is_utf8(character) && !base::has_control(character, false);
        if (shown) out += character;
        if (!shown) out += "\\x" + base::format_hex(base::as_bytes(character));
        text.remove_prefix(character.size());
    }
    return out;
}

base::Result<std::string> prompt_secret(const std::string& what) {
    if (::isatty(STDIN_FILENO) != 1)
        return base::invalid("", base::N_("Missing: {1}."), {what})
            .with_hint("give it in a file, or - for standard input");
    print_error(what + ": ");
    const NoEcho quiet{STDIN_FILENO};
    std::string line;
    for (int c = std::getchar(); c != EOF && c != '\n'; c = std::getchar())
        line += static_cast<char>(c);
    print_error("\n");
    return line;
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

base::Status flush() {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return {};
    return base::make_error(base::ErrorCode::internal, base::N_("The result cannot be written."));
}

void print_error(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace portal::cli
