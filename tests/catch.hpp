// The one place that knows which Catch2 this is: 2.13 on Debian 12, 3 on Debian 13.
#pragma once
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>

#include <string>

// What version 2 had in namespace Catch.
namespace Catch {
using Matchers::EndsWith;
using Matchers::StartsWith;
inline auto Contains(const std::string& text, CaseSensitive sensitive = CaseSensitive::Yes) {
    return Matchers::ContainsSubstring(text, sensitive);
}
}  // namespace Catch
#else
#include <catch2/catch.hpp>
#endif
