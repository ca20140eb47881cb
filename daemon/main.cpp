// portald: words in, exit status out. The only place of the daemon where an Error becomes one.
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "config/config.hpp"
#include "daemon/bankid.hpp"
#include "daemon/commands.hpp"
#include "daemon/oidc.hpp"

namespace {

using namespace portal;
constexpr int kUsage = 2;
constexpr int kBug = 1;

constexpr std::string_view kHelp =
    "portald VERB [--config FILE]\n"
    "\n"
    "  serve          serve pages, the admin API and jobs until SIGTERM\n"
    "  init           make the key file and the database\n"
    "  migrate        bring the schema up to date while nothing serves\n"
    "  check-config   read the settings and say what is wrong with them\n"
    "                 --manual prints portald.toml(5), --example a file with every setting\n"
    "  version        print the version\n"
    "\n"
    "FILE is /etc/portal/portald.toml when absent. See portald(8).\n";

struct Words {
    std::string verb;
    std::string config = "/etc/portal/portald.toml";
    bool manual = false;
    bool example = false;
};

base::Result<Words> parse_words(const std::vector<std::string_view>& argv) {
    Words words;
    for (std::size_t i = 0; i < argv.size(); ++i) {
        const auto word = argv[i];
        if (word == "--config" || word == "-c") {
            if (++i == argv.size()) return base::invalid("--config", base::N_("needs a file"));
            words.config = argv[i];
        } else if (word == "--manual") {
            words.manual = true;
        } else if (word == "--example") {
            words.example = true;
        } else if (word == "--version" || word == "--help" || word == "-h") {
            words.verb = word == "--version" ? "version" : "help";
        } else if (words.verb.empty() && !word.starts_with('-')) {
            words.verb = word;
        } else {
            return base::invalid("", base::N_("'{1}' is not understood here"), {std::string{word}});
        }
    }
    return words;
}

void print(std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

int print_version() {
    print("portald " PORTAL_VERSION);
#ifdef PORTAL_TEST_HOOKS
    print(" (test hooks: not for production)");
#endif
    print("\n");
    return 0;
}

void start_log(const config::Settings& settings) {
    const bool json = settings.log.format == config::LogFormat::json;
    base::log::start(json ? base::log::Format::json : base::log::Format::text, settings.log.level);
}

base::Result<int> check_config(const Words& words) {
    if (words.manual || words.example) {
        print(words.manual ? config::manual() : config::example());
        return 0;
    }
    std::vector<std::string> warnings;
    PORTAL_TRY(settings, config::load(words.config, warnings));
    for (const auto& warning : warnings) std::fprintf(stderr, "portald: %s\n", warning.c_str());
    PORTAL_TRY(bankid, daemon::bankid_options(settings, base::SystemClock{}.now()));
    PORTAL_TRY(mitid, daemon::oidc_options(settings.mitid, "mitid"));
    PORTAL_TRY(oidc, daemon::oidc_options(settings.oidc, "oidc"));
    print(config::summary(settings));
    return 0;
}

base::Result<int> run(const Words& words) {
    if (words.verb == "check-config") return check_config(words);
    const bool known = words.verb == "serve" || words.verb == "init" || words.verb == "migrate";
    if (!known)
        return base::invalid("", base::N_("'{1}' is no verb of portald"), {words.verb})
            .with_hint("portald help");
    std::vector<std::string> warnings;
    PORTAL_TRY(settings, config::load(words.config, warnings));
    start_log(settings);
    for (const auto& warning : warnings) base::log::warn("settings", {{"warning", warning}});
    if (words.verb == "serve") return daemon::serve(settings);
    PORTAL_TRYV(words.verb == "init" ? daemon::init(settings) : daemon::migrate(settings));
    return 0;
}

int report(const base::Error& error) {
    std::fprintf(stderr, "portald: %s\n", base::describe(error).c_str());
    if (!error.hint.empty()) std::fprintf(stderr, "hint: %s\n", error.hint.c_str());
    return base::error_row(error.code).exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const auto words = parse_words({argv + 1, argv + argc});
        if (!words) return report(words.error());
        if (words->verb == "version") return print_version();
        if (words->verb.empty() || words->verb == "help") {
            print(kHelp);
            return words->verb.empty() ? kUsage : 0;
        }
        const auto done = run(*words);
        return done ? *done : report(done.error());
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "portald: %s\n", bug.what());
        return kBug;
    }
}
