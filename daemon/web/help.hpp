// Views of the help pages: which ways to log in there are, and one way step by step. Source: P23.
#pragma once

#include "daemon/web/view.hpp"

namespace portal::web {

struct HelpLink {
    std::string href;
    std::string text;
};
PORTAL_VIEW(HelpLink, (href, text))

struct HelpIndexPage {
    Frame frame;
    std::vector<HelpLink> ways;
    std::string login_path;
};
PORTAL_VIEW(HelpIndexPage, (frame, ways, login_path))

struct HelpStep {
    std::string text;
    std::string picture;  // its address; empty: none
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::string alt;
};
PORTAL_VIEW(HelpStep, (text, picture, width, height, alt))

struct HelpPage {
    Frame frame;
    std::vector<HelpStep> steps;
    std::vector<std::string> hints;
    std::string start_path;
    std::string start_label;
    std::string index_path;
};
PORTAL_VIEW(HelpPage, (frame, steps, hints, start_path, start_label, index_path))

}  // namespace portal::web
