#include "text/qr.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "catch.hpp"

using namespace portal;

namespace {

using Squares = std::vector<std::string>;

// Paints "Mx yhLv1h-Lz" runs; a run over another, or out of the picture, fails.
Squares paint(const text::QrPicture& picture) {
    const auto side = static_cast<std::size_t>(picture.size);
    Squares squares(side, std::string(side, '.'));
    for (std::size_t at = 0; at < picture.path.size();) {
        int x = 0;
        int y = 0;
        int length = 0;
        int used = 0;
        REQUIRE(std::sscanf(picture.path.c_str() + at, "M%d %dh%dv1h-%*dz%n", &x, &y, &length,
                            &used) == 3);
        REQUIRE(used > 0);
        for (int i = x; i < x + length; ++i) {
            auto& square = squares.at(static_cast<std::size_t>(y)).at(static_cast<std::size_t>(i));
            CHECK(square == '.');
            square = '#';
        }
        at += static_cast<std::size_t>(used);
    }
    return squares;
}

}  // namespace

TEST_CASE("a QR code has its three corners and a quiet zone", "[qr][C43]") {
    const auto picture =
        text::draw_qr("bankid.67df3917-fa0d-44e5-b327-edcc928297f8.0." + std::string(64, 'a'));
    REQUIRE(picture);
    const auto squares = paint(*picture);
    const auto side = squares.size();
    CHECK((side - 8 - 17) % 4 == 0);
    for (std::size_t i = 0; i < side; ++i)
        for (std::size_t edge = 0; edge < 4; ++edge) {
            CHECK(squares[edge][i] == '.');
            CHECK(squares[side - 1 - edge][i] == '.');
            CHECK(squares[i][edge] == '.');
            CHECK(squares[i][side - 1 - edge] == '.');
        }
    const std::size_t corners[][2] = {{4, 4}, {4, side - 11}, {side - 11, 4}};
    for (const auto& [y, x] : corners) {
        CHECK(squares[y].substr(x, 7) == "#######");
        CHECK(squares[y + 1].substr(x, 7) == "#.....#");
        CHECK(squares[y + 2].substr(x, 7) == "#.###.#");
        CHECK(squares[y + 6].substr(x, 7) == "#######");
    }
}

TEST_CASE("another text is another picture, and too much is refused", "[qr]") {
    const auto one = text::draw_qr("bankid.a.0.b");
    const auto other = text::draw_qr("bankid.a.1.b");
    REQUIRE(one);
    REQUIRE(other);
    CHECK(one->path != other->path);
    CHECK(text::draw_qr("bankid.a.0.b")->path == one->path);
    CHECK(text::draw_qr("")->size == 21 + 8);
    const auto much = text::draw_qr(std::string(3'000, 'a'));
    REQUIRE(!much);
    CHECK(much.error().code == base::ErrorCode::too_large);
}
