// bench_spawn COUNT A... -- B...: runs the two commands in turn, COUNT times each, and prints the
// median wall time (µs) of both. Their output goes to /dev/null; one that fails ends the run.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

/// From before the start of the command to after its end.
double run_us(char** argv, const posix_spawn_file_actions_t& actions) {
    const auto started = std::chrono::steady_clock::now();
    pid_t child = 0;
    int status = 0;
    if (posix_spawnp(&child, argv[0], &actions, nullptr, argv, environ) != 0 ||
        waitpid(child, &status, 0) != child || status != 0) {
        std::fprintf(stderr, "bench_spawn: %s failed\n", argv[0]);
        std::exit(1);
    }
    const std::chrono::duration<double, std::micro> took =
        std::chrono::steady_clock::now() - started;
    return took.count();
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

int main(int argc, char** argv) {
    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view{"--"});
    if (argc < 5 || dashes == end || dashes + 1 == end) return 2;
    *dashes = nullptr;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    std::vector<double> a;
    std::vector<double> b;
    for (int i = std::atoi(argv[1]); i > 0; --i) {
        a.push_back(run_us(argv + 2, actions));
        b.push_back(run_us(dashes + 1, actions));
    }
    posix_spawn_file_actions_destroy(&actions);
    std::printf("%.1f %.1f\n", median(a), median(b));
}
