// portalctl: words in, words out. Parse, run, and the only place where an error becomes an exit
// code.
#include <cstdlib>
#include <exception>

#include "cli/run.hpp"
#include "cli/ui/terminal.hpp"

namespace {

/// Whether errors go out as JSON too: known even when the rest cannot be understood.
bool wants_json(const std::vector<std::string>& args) {
    for (std::size_t i = 0; i < args.size(); ++i) {
        if (args[i] == "-ojson" || args[i] == "-o=json" || args[i] == "--output=json") return true;
        if ((args[i] == "-o" || args[i] == "--output") && i + 1 < args.size())
            return args[i + 1] == "json";
    }
    const char* output = std::getenv("PORTALCTL_OUTPUT");
    return output != nullptr && std::string_view{output} == "json";
}

int run(const std::vector<std::string>& args) {
    using namespace portal;
    const bool as_json = wants_json(args);
    const auto invocation = cli::parse_arguments(args);
    if (!invocation) return cli::report(invocation.error(), nullptr, as_json);
    if (const auto done = cli::run(*invocation); !done)
        return cli::report(done.error(), &*invocation, as_json);
    if (const auto written = cli::flush(); !written)
        return cli::report(written.error(), nullptr, as_json);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + (argc > 0 ? 1 : 0), argv + argc});
    } catch (const std::exception& failure) {
        portal::cli::print_error(std::string{"portalctl: "} + failure.what() + "\n");
        return 1;
    }
}
