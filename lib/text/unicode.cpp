#include "text/unicode.hpp"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "base/encoding.hpp"

namespace portal::text {
namespace {

using base::N_;

base::Error not_utf8() {
    return base::invalid("", N_("The text is not valid UTF-8."));
}

base::Result<std::string> normalise(const icu::Normalizer2& normalizer, std::string_view text) {
    if (!base::is_utf8(text)) return not_utf8();
    UErrorCode failed = U_ZERO_ERROR;
    const auto source = icu::UnicodeString::fromUTF8({text.data(), static_cast<int>(text.size())});
    auto normal = normalizer.normalize(source, failed);
    std::string out;
    normal.toUTF8String(out);
    if (U_FAILURE(failed)) return base::make_error(base::ErrorCode::internal, {});
    return out;
}

}  // namespace

base::Result<NormalPassword> normalise_password(const base::Secret& typed) {
    UErrorCode failed = U_ZERO_ERROR;
    const auto* nfc = icu::Normalizer2::getNFCInstance(failed);
    if (U_FAILURE(failed)) return base::make_error(base::ErrorCode::internal, {});
    PORTAL_TRY(text, normalise(*nfc, typed.reveal()));
    NormalPassword normal;
    normal.characters = base::count_characters(text);
    normal.password = base::Secret{std::move(text)};
    return normal;
}

base::Result<std::string> fold(std::string_view text) {
    UErrorCode failed = U_ZERO_ERROR;
    const auto* folded = icu::Normalizer2::getNFKCCasefoldInstance(failed);
    if (U_FAILURE(failed)) return base::make_error(base::ErrorCode::internal, {});
    PORTAL_TRY(key, normalise(*folded, text));
    return std::string{base::trim(key)};
}

}  // namespace portal::text
