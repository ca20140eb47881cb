// QR codes as pictures: one SVG path of black squares, for a template's <path d="{{path}}">.
// Called by daemon/web (BankID). Thread rule: pure. Source: ISO/IEC 18004, C43.
#pragma once

#include <string>

#include "base/result.hpp"

namespace portal::text {

struct QrPicture {
    int size = 0;      // of the view box's side, in squares, the quiet zone of four included
    std::string path;  // of closed runs: "M4 4h7v1h-7z..."
};

/// With the lowest error correction, which gives the largest squares: for screens, not for paper.
/// too_large: about 2,900 bytes is the most.
base::Result<QrPicture> draw_qr(const std::string& text);

}  // namespace portal::text
