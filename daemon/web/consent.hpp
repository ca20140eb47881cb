// View of the page that asks for consent and shows it. Source: C44.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct ConsentPage {
    Frame frame;
    std::vector<std::string> paragraphs;
    std::string text_lang;  // of the paragraphs; the page's own may be another
    std::string text_hash;
    std::string given;          // "You said yes on 3 May"; empty: no consent stands
    bool gave_earlier = false;  // to a text that has changed since
    std::string next;           // where the buttons lead on
    std::string token;
};
PORTAL_VIEW(ConsentPage,
            (frame, paragraphs, text_lang, text_hash, given, gave_earlier, next, token))

}  // namespace portal::web
