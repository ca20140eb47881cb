// Pages (HTML) and messages (plain text) from *.tpl files and described records. The only way in
// which HTML is made: values are escaped by their place in the page.
//
//   {{title}}                the field `title` of the view: text, number or choice
//   {{#bookings}}..{{/bookings}}  a list: once for each item; a record: its fields; yes/no,
//   optional
//                            or text: shown when yes, there or not empty
//   {{?bookings}}..{{/bookings}}  once when the list has items (or as above)
//   {{^bookings}}..{{/bookings}}  once when it is empty, absent or no
//   {{it}}                   the item of a list of texts
//   {{>head}}                the file head.tpl, put in when loading
//   _("Your bookings")       the catalogue's sentence, put in when loading
//
// A name not found in a record is looked for in the records around it. Names ending in ".txt" are
// plain text and not escaped; all others are HTML.
// Refused when loading: modifiers such as :none, event attributes (on...=), formaction, srcdoc,
// style attributes, javascript: links, markers inside script or style, braces in a translation.
// Thread rule: load and check at start; afterwards render from any thread.
// Source: docs/architecture.md "Pages"; hostile inputs 50 and 53.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/record.hpp"
#include "text/catalogue.hpp"
#include "text/embedded.hpp"
#include "text/language.hpp"

namespace portal::text {

class Templates {
  public:
    /// `files` need not outlive the call. The error names the file and the place.
    static base::Result<Templates> load(std::span<const EmbeddedFile> files,
                                        const Catalogue& catalogue);
    Templates(Templates&&) noexcept;
    Templates& operator=(Templates&&) noexcept;
    ~Templates();

    /// Compares the markers of `name` ("booking", the file's name without .tpl) with the record
    /// that it will be given, and remembers where each value lies. To be called at start for every
    /// page: a misspelt marker is an error here, it would print nothing later.
    base::Status check(const std::string& name, const base::TypeInfo& view);
    template <class View>
    base::Status check(const std::string& name) {
        return check(name, base::type_of<View>());
    }

    /// Throws std::logic_error for a pair that was not checked.
    [[nodiscard]] std::string render(const std::string& name, Language language,
                                     const base::TypeInfo& view, const void* value) const;
    template <class View>
    [[nodiscard]] std::string render(const std::string& name, Language language,
                                     const View& value) const {
        return render(name, language, base::type_of<View>(), &value);
    }

  private:
    struct Impl;
    explicit Templates(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace portal::text
