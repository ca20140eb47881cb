#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>

#include "base/log.hpp"
#include "config/values.hpp"
#include "daemon/commands.hpp"
#include "daemon/parts.hpp"

namespace portal::daemon {
namespace {

/// SIGTERM and SIGINT come to wait_signal() alone; blocked before any thread starts.
sigset_t block_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return set;
}

bool wait_signal(const sigset_t& set, base::Millis most) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(most);
    const timespec limit{seconds.count(), std::chrono::nanoseconds{most - seconds}.count()};
    return ::sigtimedwait(&set, nullptr, &limit) > 0;
}

/// sd_notify(3) without its library: one datagram to the socket that systemd named.
void notify(std::string_view state) {
    const char* path = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path == nullptr || std::strlen(path) >= sizeof(address.sun_path)) return;
    std::strcpy(address.sun_path, path);
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + std::strlen(path));
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    const int out = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (out < 0) return;
    [[maybe_unused]] const auto sent =
        ::sendto(out, state.data(), state.size(), MSG_NOSIGNAL,
                 reinterpret_cast<const sockaddr*>(&address), length);
    ::close(out);
}

/// Requests in flight finish; a second signal, or the limit, ends the waiting.
void drain(Parts& parts, const sigset_t& signals) {
    parts.server->drain();
    const auto until =
        parts.clock->steady() + std::chrono::seconds{parts.settings.http.drain_seconds};
    while (parts.clock->steady() < until) {
        if (parts.server->wait_drained(base::Millis{100})) break;
        if (wait_signal(signals, base::Millis{0})) break;
    }
}

}  // namespace

base::Result<int> serve(const config::Settings& settings) {
    const auto signals = block_signals();
    PORTAL_TRY(parts, make_parts(settings));
    PORTAL_TRYV(start(*parts));
    base::log::info("portald.ready", {{"version", PORTAL_VERSION},
                                      {"listen", config::format_listen(settings.http.listen)},
                                      {"admin", settings.admin.socket.string()}});
    notify("READY=1");
    while (!wait_signal(signals, base::Millis{1000}) && !parts->store->failed())
        notify("WATCHDOG=1");
    notify("STOPPING=1");
    base::log::info("portald.stopping");
    drain(*parts, signals);
    for (const auto& job : parts->jobs) job->stop();
    parts->outbox->stop();
    parts->server->stop();
    base::log::info("portald.stopped");
    return parts->store->failed() ? 1 : 0;
}

}  // namespace portal::daemon
