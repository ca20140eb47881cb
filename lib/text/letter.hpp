// The activation letter as a page for a printer. It names the clinic and the page to open, never
// a reason; the picture holds the page's address and not the code. Thread rule: plain values.
// Source: N14, C42.
#pragma once

#include <string>

#include "base/record.hpp"

namespace portal::text {

struct LetterView {
    std::string lang;
    std::string clinic;
    std::string address;
    std::string phone;
    std::string person;
    std::string page;   // "https://solna.example.org/activate"
    std::string code;   // in groups of four
    std::string valid;  // until when
    int qr_size = 0;
    std::string qr_path;
};
BOOST_DESCRIBE_STRUCT(LetterView, (),
                      (lang, clinic, address, phone, person, page, code, valid, qr_size, qr_path))
PORTAL_HELP(LetterView, {"lang", "language of the letter"}, {"clinic", "the clinic's name"},
            {"address", "the clinic's address"}, {"phone", "the clinic's telephone"},
            {"person", "whom the letter is for"}, {"page", "the address to open"},
            {"code", "the code to type"}, {"valid", "until when the code works"},
            {"qr_size", "side of the picture"}, {"qr_path", "the picture's squares"})

}  // namespace portal::text
