// Described enumerations as text columns, and lists of them. Used by the nouns' files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.hpp"
#include "base/record.hpp"

namespace portal::store {

template <class E>
std::string enum_text(E value) {
    return base::type_of<E>().get_text(&value);
}
/// An unknown text (a newer portald's) gives `fallback`.
template <class E>
E text_enum(std::string_view text, E fallback) {
    E value = fallback;
    return base::type_of<E>().set_text(&value, text) ? value : fallback;
}

inline std::string join_words(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}
inline std::vector<std::string> split_words(std::string_view text) {
    std::vector<std::string> words;
    for (const auto word : base::split(text, ' '))
        if (!word.empty()) words.emplace_back(word);
    return words;
}
template <class E>
std::string join_enums(const std::vector<E>& values) {
    std::vector<std::string> words;
    for (const auto value : values) words.push_back(enum_text(value));
    return join_words(words);
}
template <class E>
std::vector<E> split_enums(std::string_view text) {
    std::vector<E> values;
    for (const auto& word : split_words(text)) {
        E value{};
        if (base::type_of<E>().set_text(&value, word)) values.push_back(value);
    }
    return values;
}

}  // namespace portal::store
