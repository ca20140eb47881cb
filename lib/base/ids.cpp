#include "base/ids.hpp"

#include "base/encoding.hpp"

namespace portal::base {

Uuid make_uuid(Random& random) {
    Uuid id{random.bytes<16>()};
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0fU) | 0x40U);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3fU) | 0x80U);
    return id;
}

std::string format_uuid(const Uuid& id) {
    auto text = format_hex(id.bytes);
    for (const std::size_t at : {20U, 16U, 12U, 8U}) text.insert(at, 1, '-');
    return text;
}

Result<Uuid> parse_uuid(std::string_view text) {
    const auto bad = invalid("", N_("This is not an id."));
    if (text.size() != 36) return bad;
    std::string digits;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash != (text[i] == '-')) return bad;
        if (!dash) digits += text[i];
    }
    const auto bytes = parse_hex(digits);
    if (!bytes) return bad;
    Uuid id;
    std::copy(bytes->begin(), bytes->end(), id.bytes.begin());
    return id;
}

}  // namespace portal::base
