#include "text/catalogue.hpp"

#include <array>
#include <boost/locale/gnu_gettext.hpp>
#include <boost/locale/message.hpp>
#include <locale>
#include <stdexcept>

#include "text/embedded.hpp"

namespace portal::text {
namespace {

using Facet = boost::locale::message_format<char>;

std::locale load(Language language) {
    boost::locale::gnu_gettext::messages_info info;
    info.language = std::string{format_language(language)};
    info.encoding = "UTF-8";
    info.domains.push_back({"portal"});
    info.paths.emplace_back("embedded");
    bool found = false;
    const auto wanted = info.language + ".mo";
    info.callback = [&](const std::string& path, const std::string&) -> std::vector<char> {
        if (found || path.find("/" + info.language + "/") == std::string::npos) return {};
        for (const auto& file : embedded_catalogues()) {
            if (file.name != wanted) continue;
            found = true;
            return {file.content.begin(), file.content.end()};
        }
        return {};
    };
    auto* facet = boost::locale::gnu_gettext::create_messages_facet<char>(info);
    if (!found) throw std::runtime_error("no catalogue " + wanted + " in this binary");
    return {std::locale::classic(), facet};
}

}  // namespace

struct Catalogue::Impl {
    std::array<std::locale, kLanguages.size()> locales{load(Language::en), load(Language::sv),
                                                       load(Language::da)};
    [[nodiscard]] const Facet& facet(Language language) const {
        return std::use_facet<Facet>(locales.at(static_cast<std::size_t>(language)));
    }
};

Catalogue::Catalogue() : impl_(std::make_unique<Impl>()) {}
Catalogue::~Catalogue() = default;

bool Catalogue::has(Language language, const std::string& key) const {
    return impl_->facet(language).get(0, nullptr, key.c_str()) != nullptr;
}

std::string Catalogue::translate(Language language, const std::string& key) const {
    if (key.empty()) return {};  // the empty key holds the catalogue's own header
    const char* found = impl_->facet(language).get(0, nullptr, key.c_str());
    return found == nullptr ? key : found;
}

std::string Catalogue::plural(Language language, Counted sentence, int n) const {
    const char* found = impl_->facet(language).get(0, nullptr, sentence.one, n);
    if (found == nullptr) found = n == 1 ? sentence.one : sentence.many;
    return base::fill_arguments(found, {std::to_string(n)});
}

std::string Catalogue::sentence(Language language, const base::Error& error) const {
    const std::string key = error.key.empty() ? base::error_row(error.code).key : error.key;
    return base::fill_arguments(translate(language, key), error.args);
}

}  // namespace portal::text
