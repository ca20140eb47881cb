// What portalctl says about itself, from the tree of spec.hpp: help, manual pages, completion.
// Thread rule: pure, but for the answers that completion fetches.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "cli/spec.hpp"

namespace portal::cli {

/// `words`: nothing, a noun, or noun and verb.
base::Result<std::string> help_text(const std::vector<std::string>& words);

/// "portalctl.1", "portalctl-booking.1", ...
std::vector<std::string> manual_names();
/// The page in mdoc.
base::Result<std::string> manual(std::string_view name);

/// The thin script of "bash", "zsh" or "fish"; it asks `portalctl __complete`.
base::Result<std::string> completion_script(std::string_view shell);
/// One candidate, and what it is when there is more to say.
struct Candidate {
    std::string word;
    std::string help;
};
/// A noun's things in a clinic ("" when none is named) by name; empty when it cannot be said.
using FetchNames =
    std::function<std::vector<Candidate>(std::string_view noun, const std::string& tenant)>;
/// What may stand in place of the last of `words` (which follow "portalctl").
std::vector<Candidate> complete(const std::vector<std::string>& words, const FetchNames& fetch);

}  // namespace portal::cli
