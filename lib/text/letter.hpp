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
    bool add_email = false;
    bool add_mobile = false;
};
BOOST_DESCRIBE_STRUCT(LetterView, (),
                      (lang, clinic, address, phone, person, page, code, valid, qr_size, qr_path,
                       add_email, add_mobile))
PORTAL_HELP(LetterView, {"lang", "language of the letter"}, {"clinic", "the clinic's name"},
            {"address", "the clinic's address"}, {"phone", "the clinic's telephone"},
            {"person", "whom the letter is for"}, {"page", "the address to open"},
            {"code", "the code to type"}, {"valid", "until when the code works"},
            {"qr_size", "side of the picture"}, {"qr_path", "the picture's squares"},
            {"add_email", "codes go by mail, and there is no address"},
            {"add_mobile", "codes go by SMS, and there is no number"})

}  // namespace portal::text
