// The pictures of the help pages and how large they are. Thread rule: constants. Source: P23.
#pragma once

#include <array>
#include <string_view>

namespace portal::web {

struct HelpPicture {
    std::string_view file;  // "help_password_1.sv.webp"
    int width;              // as shown, in CSS pixels
    int height;
};

/// Written with the pictures by tests/generate/help_pictures.mjs.
inline constexpr std::array kHelpPictures{
#include "daemon/web/help_pictures.inc"
};

}  // namespace portal::web
