#include "text/qr.hpp"

#include <qrcodegen/qrcodegen.hpp>

namespace portal::text {
namespace {

constexpr int kQuietZone = 4;

void append_run(std::string& path, int x, int y, int length) {
    const auto width = std::to_string(length);
    path += 'M' + std::to_string(x + kQuietZone) + ' ' + std::to_string(y + kQuietZone);
    path += 'h' + width + "v1h-" + width + 'z';
}

void append_row(std::string& path, const qrcodegen::QrCode& code, int y) {
    const int size = code.getSize();
    for (int x = 0; x < size;) {
        int end = x;
        while (end < size && code.getModule(end, y)) ++end;
        if (end > x) append_run(path, x, y, end - x);
        x = end + 1;
    }
}

}  // namespace

base::Result<QrPicture> draw_qr(const std::string& text) try {
    const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::LOW);
    QrPicture picture;
    picture.size = code.getSize() + 2 * kQuietZone;
    for (int y = 0; y < code.getSize(); ++y) append_row(picture.path, code, y);
    return picture;
} catch (const qrcodegen::data_too_long&) {
    return base::make_error(base::ErrorCode::too_large, "the text is too long for a QR code");
}

}  // namespace portal::text
