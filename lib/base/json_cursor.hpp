// Walks over JSON text from front to back without building it: for long lists, whose items become
// lines one by one. It trusts the text to be our own daemon's: what is malformed ends the walk and
// is told by failed(), but not everything malformed is found. Thread rule: one thread.
//
//   JsonCursor at{text};
//   for (at.open('{'); at.next('}');) { auto name = at.read_name(); auto value = at.read_value(); }
#pragma once

#include <string>
#include <string_view>

namespace portal::base {

class JsonCursor {
  public:
    explicit JsonCursor(std::string_view text) : rest_(text) {}

    /// Steps over '{' or '['.
    void open(char bracket);
    /// True where another member or item begins; else it has stepped over `closing`.
    bool next(char closing);
    /// A member's name, as it is written, and the colon after it.
    std::string_view read_name();
    /// The text of a whole value, whatever it is.
    std::string_view read_value();

    [[nodiscard]] bool failed() const { return failed_; }
    /// Not read yet; data() tells where the walk stands in the text.
    [[nodiscard]] std::string_view rest() const { return rest_; }

  private:
    void skip_space();
    std::string_view fail();
    [[nodiscard]] std::size_t string_length() const;
    [[nodiscard]] std::size_t nested_length() const;

    std::string_view rest_;
    bool failed_ = false;
};

/// Appends what a string literal (with its quotes) says; false where it is none.
bool append_json_string(std::string& out, std::string_view literal);

}  // namespace portal::base
