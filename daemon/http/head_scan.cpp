#include "daemon/http/head_scan.hpp"

namespace portal::http {

int HeadScanner::scan(std::string_view bytes) {
    for (; at_ < bytes.size() && length_ == 0; ++at_) {
        const char c = bytes[at_];
        if (after_cr_) {
            if (c != '\n') return 400;
            after_cr_ = false;
            if (const int status = end_line()) return status;
            continue;
        }
        if (c == '\r')
            after_cr_ = true;
        else if (const int status = check_character(c))
            return status;
        if (lines_ == 0 && at_ - line_start_ > kMaxRequestLine) return 414;
        if (at_ + 1 >= kMaxHead) return 431;
    }
    return 0;
}

int HeadScanner::check_character(char c) const {
    const auto byte = static_cast<unsigned char>(c);
    const bool line_begins = at_ == line_start_;
    if (c == '\t') return lines_ == 0 || line_begins ? 400 : 0;
    if (byte < 0x20 || byte == 0x7F) return 400;
    if (c == ' ' && line_begins) return 400;     // a folded line, or space before the method
    if (lines_ == 0 && byte > 0x7F) return 400;  // the target is ASCII
    return 0;
}

int HeadScanner::end_line() {
    const bool empty = at_ - line_start_ == 1;  // only its CR
    line_start_ = at_ + 1;
    if (!empty) return ++lines_ > kMaxHeaderLines + 1 ? 431 : 0;
    if (lines_ > 0) {
        length_ = at_ + 1;
        return 0;
    }
    if (skip_ > 0) return 400;  // one empty line may stand before a request, not more
    skip_ = 2;
    return 0;
}

}  // namespace portal::http
