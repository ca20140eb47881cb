// Files that the build puts into the binary, so that it runs from anywhere (embed.cmake).
// Thread rule: constants.
#pragma once

#include <span>
#include <string_view>

namespace portal::text {

struct EmbeddedFile {
    std::string_view name;  // without its folder: "booking.tpl"
    std::string_view content;
};

std::span<const EmbeddedFile> embedded_catalogues();  // sv.mo, da.mo, en.mo
std::span<const EmbeddedFile> embedded_messages();    // message/*.tpl

}  // namespace portal::text
