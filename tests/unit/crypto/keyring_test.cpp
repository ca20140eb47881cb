#include "crypto/keyring.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <fstream>

#include "base/private_file.hpp"
#include "catch.hpp"

using namespace portal;
using base::Secret;
using crypto::Keyring;

namespace {

/// A folder of its own for each test.
class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "portal-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path_); }
    [[nodiscard]] std::filesystem::path operator/(std::string_view name) const {
        return path_ / name;
    }

  private:
    std::filesystem::path path_;
};

std::string refusal(const base::Result<Keyring>& ring) {
    return ring ? "accepted" : base::describe(ring.error());
}

const std::string kHex(64, 'a');

}  // namespace

TEST_CASE("a new keyring is saved for its owner only and loads again", "[P8]") {
    const Folder folder;
    base::SeededRandom random{1};
    auto ring = Keyring::generate(random);
    REQUIRE(ring.save(folder / "kek"));
    struct stat about {};
    REQUIRE(::stat((folder / "kek").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777U) == 0600U);
    const auto loaded = Keyring::load(folder / "kek");
    REQUIRE(loaded);
    CHECK(loaded->format() == ring.format());
    CHECK(loaded->ids() == std::vector<crypto::KeyId>{1});

    const auto again = ring.save(folder / "kek");
    REQUIRE_FALSE(again);
    CHECK(again.error().code == base::ErrorCode::conflict);
    ring.add(random);
    REQUIRE(ring.save(folder / "kek", true));
    CHECK(Keyring::load(folder / "kek")->newest() == 2);
    CHECK_FALSE(std::filesystem::exists(folder / "kek.new"));
}

TEST_CASE("keys that others can read, links and folders are refused with the reason", "[P8]") {
    const Folder folder;
    base::SeededRandom random{1};
    REQUIRE(Keyring::generate(random).save(folder / "kek"));
    for (const ::mode_t mode : {0640U, 0604U, 0644U, 0620U}) {
        ::chmod((folder / "kek").c_str(), mode);
        CHECK_THAT(refusal(Keyring::load(folder / "kek")),
                   Catch::Contains("can be read by others than its owner"));
    }
    ::chmod((folder / "kek").c_str(), 0600);
    std::filesystem::create_symlink(folder / "kek", folder / "link");
    CHECK_THAT(refusal(Keyring::load(folder / "link")), Catch::Contains("symbolic link"));
    CHECK_THAT(refusal(Keyring::load(folder / "")), Catch::Contains("not an ordinary file"));
    const auto absent = Keyring::load(folder / "absent");
    REQUIRE_FALSE(absent);
    CHECK(absent.error().code == base::ErrorCode::not_found);
}

TEST_CASE("a systemd credential stands before the file", "[P8]") {
    const Folder folder;
    std::ofstream{folder / "portal.kek"} << "master 9 " << kHex << "\n";
    ::chmod((folder / "portal.kek").c_str(), 0440);  // as systemd makes it
    ::setenv("CREDENTIALS_DIRECTORY", (folder / "").c_str(), 1);
    const auto ring = Keyring::load(folder / "absent");
    ::unsetenv("CREDENTIALS_DIRECTORY");
    REQUIRE(ring);
    CHECK(ring->newest() == 9);
}

TEST_CASE("a malformed key file is refused with its line and without its keys") {
    const auto parse = [](const std::string& text) {
        return refusal(Keyring::parse(Secret{text}, "kek"));
    };
    CHECK(parse("# c\n\nmaster 1 " + kHex + "\r\n") == "accepted");
    CHECK(parse("") == "kek: There is no key in this file.");
    CHECK(parse("# nothing\n") == "kek: There is no key in this file.");
    CHECK(parse("\nmaster 1") == "kek:2: A key is three words: master ID KEY.");
    CHECK(parse("slave 1 " + kHex) == "kek:1: The only kind of key is 'master'.");
    for (const char* id : {"0", "-1", "x", "4294967296", "1x", ""})
        CHECK_THAT(parse("master " + std::string{id} + " " + kHex), Catch::Contains("kek:1: "));
    for (const auto& key : {kHex.substr(2), kHex + "aa", std::string(64, 'g')})
        CHECK(parse("master 1 " + key) == "kek:1: A key is 64 hexadecimal digits.");
    CHECK(parse("master 1 " + kHex + "\nmaster 1 " + kHex) ==
          "kek:2: The key id 1 stands there twice.");
    const auto nul = parse(std::string("master 1 \0", 10) + kHex);
    CHECK(nul == "kek:1: A key is 64 hexadecimal digits.");
}

TEST_CASE("every use has a key of its own") {
    base::SeededRandom random{1};
    const auto ring = Keyring::generate(random);
    using enum crypto::KeyUse;
    CHECK(ring.newest_key(seal) != ring.newest_key(index));
    CHECK(ring.newest_key(index) != ring.newest_key(code));
    CHECK(ring.newest_key(code) != ring.newest_key(form));
    CHECK(ring.find(2, seal) == nullptr);
}

TEST_CASE("a secret's file gives its text without the line end") {
    const Folder folder;
    const auto save = [&](std::string_view text) {
        return base::write_private_file(folder / "password", text, true);
    };
    REQUIRE(save("hemligt lösen \n"));
    CHECK(base::read_secret(folder / "password")->reveal() == "hemligt lösen ");
    REQUIRE(save("\n"));
    CHECK_FALSE(base::read_secret(folder / "password"));
    REQUIRE(save(std::string(base::kPrivateFileLimit + 1, 'x')));
    CHECK_FALSE(base::read_secret(folder / "password"));
}
