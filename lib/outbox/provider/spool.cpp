// Writes messages as files: name.tmp first, then renamed, so that a reader sees whole files only.
#include <sys/stat.h>

#include <fstream>
#include <system_error>

#include "base/json.hpp"
#include "outbox/providers.hpp"

namespace portal::outbox {
namespace {

namespace fs = std::filesystem;

class Spool final : public Provider {
  public:
    explicit Spool(SpoolOptions options) : options_(std::move(options)) {}
    [[nodiscard]] std::string_view name() const override { return "spool"; }
    [[nodiscard]] std::string_view channel() const override { return options_.channel; }
    [[nodiscard]] bool idempotent() const override { return true; }  // the same file again

    Outcome send(const Message& message) override {
        const bool email = options_.channel == "email";
        const auto id = base::format_uuid(message.id);
        const auto path = options_.folder / (id + (email ? ".eml" : ".json"));
        auto unfinished = path;
        unfinished += ".tmp";
        {
            std::ofstream file{unfinished, std::ios::binary | std::ios::trunc};
            file << (email ? message.body.reveal() : to_json(id, message));
            if (!file.flush()) return {Outcome::temporary, {}, "cannot write the file", {}};
        }
        std::error_code error;
        fs::rename(unfinished, path, error);
        if (error) return {Outcome::temporary, {}, "cannot rename the file", {}};
        return {Outcome::accepted, id, {}, {}};
    }

  private:
    static std::string to_json(const std::string& id, const Message& message) {
        std::string out = "{\"id\":";
        base::write_json_text(out, id);
        out += ",\"to\":";
        base::write_json_text(out, message.recipient.reveal());
        out += ",\"text\":";
        base::write_json_text(out, message.body.reveal());
        return out + "}\n";
    }

    SpoolOptions options_;
};

}  // namespace

base::Result<std::unique_ptr<Provider>> make_spool(const SpoolOptions& options) {
    const auto& folder = options.folder;
    std::error_code error;
    if (folder.has_parent_path()) fs::create_directories(folder.parent_path(), error);
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return base::invalid("spool.folder", "{1} cannot be made", {folder.string()});
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
        return base::invalid("spool.folder", "{1} is no folder", {folder.string()});
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return base::invalid("spool.folder", "{1} must have mode 0700", {folder.string()});
    return std::unique_ptr<Provider>{std::make_unique<Spool>(options)};
}

}  // namespace portal::outbox
