#include "crypto/keyring.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "base/private_file.hpp"
#include "crypto/digest.hpp"

namespace portal::crypto {
namespace {

constexpr std::string_view kCredential = "portal.kek";
constexpr std::string_view kKind = "master";
constexpr std::array<std::string_view, kKeyUses> kInfo{"portal seal v1", "portal index v1",
                                                       "portal code v1", "portal form v1"};

std::optional<std::filesystem::path> credential_file() {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr || *folder == '\0') return std::nullopt;
    const auto file = std::filesystem::path{folder} / kCredential;
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return std::nullopt;
    return file;
}

std::optional<KeyId> parse_key_id(std::string_view text) {
    KeyId id = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (failed != std::errc{} || end != text.data() + text.size() || id == 0) return std::nullopt;
    return id;
}

struct Line {
    KeyId id;
    Key master;
};

base::Result<Line> parse_line(std::string_view text) {
    const auto bad = [](const char* key) {
        return base::make_error(base::ErrorCode::invalid, key);
    };
    const auto words = base::split(text, ' ');
    if (words.size() != 3) return bad(base::N_("A key is three words: master ID KEY."));
    if (words[0] != kKind) return bad(base::N_("The only kind of key is 'master'."));
    const auto id = parse_key_id(words[1]);
    if (!id) return bad(base::N_("A key's id is a number from 1."));
    auto bytes = base::parse_hex(words[2]);
    if (!bytes || bytes->size() != kKeySize)
        return bad(base::N_("A key is 64 hexadecimal digits."));
    Line line{*id, {}};
    std::copy(bytes->begin(), bytes->end(), line.master.begin());
    OPENSSL_cleanse(bytes->data(), bytes->size());
    return line;
}

}  // namespace

Key derive_key(std::span<const std::uint8_t> master, std::string_view info) {
    const base::Bytes salt(kDigestSize, 0);
    auto extracted = hmac_sha256(salt, base::as_text(master));
    auto expanded = hmac_sha256(extracted, std::string{info} + '\x01');  // one block is enough
    Key key{};
    std::copy(expanded.begin(), expanded.end(), key.begin());
    OPENSSL_cleanse(extracted.data(), extracted.size());
    OPENSSL_cleanse(expanded.data(), expanded.size());
    return key;
}

Keyring Keyring::generate(base::Random& random) {
    Keyring ring;
    ring.add(random);
    return ring;
}

base::Result<Keyring> Keyring::load(const std::filesystem::path& file) {
    if (const auto credential = credential_file()) {
        PORTAL_TRY(text, base::read_private_file(*credential, base::FileTrust::any));
        return parse(text, credential->string());
    }
    PORTAL_TRY(text, base::read_private_file(file, base::FileTrust::owner_only));
    return parse(text, file.string());
}

base::Result<Keyring> Keyring::parse(const base::Secret& text, std::string_view name) {
    Keyring ring;
    int number = 0;
    const auto place = [&] { return std::string{name} + ":" + std::to_string(number); };
    for (const auto raw : base::split(text.reveal(), '\n')) {
        ++number;
        const auto trimmed = base::trim(raw);
        if (trimmed.empty() || trimmed.front() == '#') continue;
        auto line = parse_line(trimmed);
        if (!line) {
            auto error = std::move(line).error();
            error.field = place();
            return error;
        }
        if (ring.find(line->id, KeyUse::seal) != nullptr)
            return base::invalid(place(), base::N_("The key id {1} stands there twice."),
                                 {std::to_string(line->id)});
        ring.append(line->id, line->master);
        OPENSSL_cleanse(line->master.data(), line->master.size());
    }
    if (ring.keys_.empty())
        return base::invalid(std::string{name}, base::N_("There is no key in this file."));
    return ring;
}

Keyring::~Keyring() {
    for (auto& entry : keys_) OPENSSL_cleanse(&entry, sizeof entry);
}

void Keyring::append(KeyId id, const Key& master) {
    Entry entry{id, master, {}};
    for (std::size_t i = 0; i < kKeyUses; ++i) entry.derived[i] = derive_key(master, kInfo[i]);
    const auto place =
        std::find_if(keys_.begin(), keys_.end(), [id](const Entry& each) { return each.id > id; });
    keys_.insert(place, entry);
    OPENSSL_cleanse(&entry, sizeof entry);
}

void Keyring::add(base::Random& random) {
    auto master = random.bytes<kKeySize>();
    append(keys_.empty() ? 1 : newest() + 1, master);
    OPENSSL_cleanse(master.data(), master.size());
}

base::Secret Keyring::format() const {
    std::string text = "# Portal's keys. Without this file no personal number can be read again.\n";
    for (const auto& entry : keys_)
        text += std::string{kKind} + " " + std::to_string(entry.id) + " " +
                base::format_hex(entry.master) + "\n";
    base::Secret secret{text};
    OPENSSL_cleanse(text.data(), text.size());
    return secret;
}

base::Status Keyring::save(const std::filesystem::path& file, bool replace) const {
    return base::write_private_file(file, format().reveal(), replace);
}

std::vector<KeyId> Keyring::ids() const {
    std::vector<KeyId> out;
    for (const auto& entry : keys_) out.push_back(entry.id);
    return out;
}

const Key* Keyring::find(KeyId id, KeyUse use) const {
    const auto found =
        std::find_if(keys_.begin(), keys_.end(), [id](const Entry& each) { return each.id == id; });
    return found == keys_.end() ? nullptr : &found->derived[static_cast<std::size_t>(use)];
}

const Key& Keyring::newest_key(KeyUse use) const {
    return keys_.back().derived[static_cast<std::size_t>(use)];
}

}  // namespace portal::crypto
