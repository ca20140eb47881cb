#include "text/device.hpp"

#include "catch.hpp"

using portal::text::device_label;
using portal::text::split_device_label;

TEST_CASE("a browser is told by two words that people know") {
    CHECK(device_label("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 "
                       "Firefox/128.0") == "Firefox on Windows");
    CHECK(device_label(
              "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
              "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1") == "Safari on iPhone");
    CHECK(device_label("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                       "Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0") == "Edge on Windows");
    CHECK(device_label("Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 (KHTML, like "
                       "Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36") ==
          "Samsung Internet on Android");
    CHECK(device_label("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
                       "(KHTML, like Gecko) Version/17.5 Safari/605.1.15") == "Safari on Mac");
}

TEST_CASE("what a browser hides or makes up is left out, and nothing of it is repeated") {
    CHECK(device_label("").empty());
    CHECK(device_label("curl/8.5.0").empty());
    CHECK(device_label("<script>alert(1)</script>").empty());
    CHECK(device_label("Mozilla/5.0 (X11; Linux x86_64)") == "Linux");
}

TEST_CASE("a label is taken apart for another language") {
    CHECK(split_device_label("Firefox on Windows") ==
          std::pair<std::string, std::string>{"Firefox", "Windows"});
    CHECK(split_device_label("Linux") == std::pair<std::string, std::string>{"", "Linux"});
    CHECK(split_device_label("Chrome") == std::pair<std::string, std::string>{"Chrome", ""});
}
