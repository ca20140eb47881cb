// One process per SQLite file: flock on <database>.lock, held as long as the store is open. Two
// writing processes can corrupt a file with SQLite before 3.51.3.
// Thread rule: plain value.
#pragma once

#include <string>

#include "base/result.hpp"

namespace portal::store {

class LockFile {
  public:
    /// `unavailable`, naming the process, when another one holds it. Never waits.
    static base::Result<LockFile> take(const std::string& database_path);
    LockFile(LockFile&& other) noexcept;
    LockFile& operator=(LockFile&&) = delete;
    ~LockFile();

  private:
    explicit LockFile(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace portal::store
