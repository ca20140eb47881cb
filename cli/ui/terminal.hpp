// What the terminal can do, and asking a person. Only cli/ui writes to it.
// Thread rule: one thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace portal::cli {

/// Standard output is a terminal.
bool is_terminal();
/// It is, NO_COLOR is unset and TERM is not dumb.
bool has_colour();
/// `text` with every control character as \x and its bytes, so that no name can drive the terminal.
std::string printable(std::string_view text);
/// Asks on the terminal without echo; an error (exit 2) when there is no terminal.
base::Result<std::string> prompt_secret(const std::string& what);

void print(std::string_view text);        // standard output
base::Status flush();                     // an error where the result could not be written
void print_error(std::string_view text);  // standard error

}  // namespace portal::cli
