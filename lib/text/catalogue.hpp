// Sentences in the reader's language: the key is the English sentence itself, marked N_("...") in
// C++ and _("...") in templates. Called by services, pages and Templates.
// Thread rule: immutable after construction; share one.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "text/language.hpp"

namespace portal::text {

/// Marks a sentence with a number, for extraction: plural(language, M_("{1} visit", "{1} visits"),
/// n).
struct Counted {
    const char* one;
    const char* many;
};
constexpr Counted M_(const char* one, const char* many) {
    return {one, many};
}

class Catalogue {
  public:
    /// Reads the catalogues in the binary; throws std::runtime_error when one is broken.
    Catalogue();
    ~Catalogue();
    Catalogue(const Catalogue&) = delete;
    Catalogue& operator=(const Catalogue&) = delete;

    /// The sentence, or the key itself when the catalogue lacks it.
    [[nodiscard]] std::string translate(Language language, const std::string& key) const;
    [[nodiscard]] bool has(Language language, const std::string& key) const;
    /// The form that `n` wants, {1} replaced by `n`.
    [[nodiscard]] std::string plural(Language language, Counted sentence, int n) const;
    /// An error's sentence with its arguments, without the field's name.
    [[nodiscard]] std::string sentence(Language language, const base::Error& error) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace portal::text
