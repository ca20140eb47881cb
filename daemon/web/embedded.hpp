// The pages and static files in the binary. Thread rule: constants.
#pragma once

#include "text/embedded.hpp"

namespace portal::web {

std::span<const text::EmbeddedFile> embedded_pages();
std::span<const text::EmbeddedFile> embedded_static();

}  // namespace portal::web
