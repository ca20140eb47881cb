// View of the page that asks for consent and shows it. Source: C44.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

/// A paragraph of the clinic's text, its lines kept.
struct ConsentParagraph {
    std::string first;
    std::vector<std::string> more;
};
PORTAL_VIEW(ConsentParagraph, (first, more))

struct ConsentPage {
    Frame frame;
    std::vector<ConsentParagraph> paragraphs;
    std::string other_language;  // "Svenska": the text is not in the page's; empty: it is
    std::string text_lang;       // of the paragraphs; the page's own may be another
    std::string text_hash;
    std::string given;          // "You said yes on 3 May"; empty: no consent stands
    bool gave_earlier = false;  // to a text that has changed since
    std::string next;           // where the buttons lead on
    std::string token;
};
PORTAL_VIEW(ConsentPage, (frame, paragraphs, other_language, text_lang, text_hash, given,
                          gave_earlier, next, token))

}  // namespace portal::web
