// The installation's master keys, each with an id; the newest seals, all open. Every use gets a key
// of its own, derived from the master (HKDF, RFC 5869), so that one use never weakens another.
// The file: lines "master ID HEX64", mode 0600; or the systemd credential "portal.kek".
// Thread rule: immutable after loading; may be shared. Source: P8 of docs/requirements.md, G14.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "base/encoding.hpp"
#include "base/personal.hpp"
#include "base/random.hpp"
#include "base/result.hpp"

namespace portal::crypto {

using KeyId = std::uint32_t;
inline constexpr std::size_t kKeySize = 32;  // bytes
using Key = std::array<std::uint8_t, kKeySize>;

enum class KeyUse { seal, index, code, form };
inline constexpr std::size_t kKeyUses = 4;

class Keyring {
  public:
    /// One new key, id 1.
    static Keyring generate(base::Random& random);
    /// The credential $CREDENTIALS_DIRECTORY/portal.kek where systemd gives one, else `file`.
    static base::Result<Keyring> load(const std::filesystem::path& file);
    /// `name` is what errors call the text.
    static base::Result<Keyring> parse(const base::Secret& text, std::string_view name);

    Keyring(const Keyring&) = default;
    Keyring(Keyring&&) = default;
    Keyring& operator=(const Keyring&) = default;
    Keyring& operator=(Keyring&&) = default;
    ~Keyring();

    /// A new key, which seals from now on; save afterwards.
    void add(base::Random& random);
    /// Mode 0600 and on the disk when it returns. An existing file is a conflict unless `replace`.
    [[nodiscard]] base::Status save(const std::filesystem::path& file, bool replace = false) const;
    [[nodiscard]] base::Secret format() const;

    [[nodiscard]] KeyId newest() const { return keys_.back().id; }
    /// Oldest first.
    [[nodiscard]] std::vector<KeyId> ids() const;
    /// nullptr: no key has this id.
    [[nodiscard]] const Key* find(KeyId id, KeyUse use) const;
    [[nodiscard]] const Key& newest_key(KeyUse use) const;

  private:
    struct Entry {
        KeyId id;
        Key master;
        std::array<Key, kKeyUses> derived;
    };
    Keyring() = default;
    void append(KeyId id, const Key& master);
    std::vector<Entry> keys_;  // ascending ids, never empty
};

/// HKDF-SHA256 (RFC 5869) with an empty salt.
Key derive_key(std::span<const std::uint8_t> master, std::string_view info);

}  // namespace portal::crypto
