// One client from first byte to last: read a head, read a body, have it handled, write, again.
// Internal: connection.cpp reads, connection_answer.cpp answers.
// Thread rule: everything on the IoThread, but handle(), which runs while the coroutine waits.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "daemon/http/exchange.hpp"
#include "daemon/http/head_scan.hpp"
#include "daemon/http/network.hpp"
#include "daemon/http/read_buffer.hpp"

namespace portal::http {

inline constexpr int kClosed = -1;  // beside HTTP statuses: nobody is there to answer
inline constexpr std::size_t kHeadRead = 4 * 1024;
inline constexpr std::size_t kBodyRead = 16 * 1024;

class Connection final : public OpenConnection {
  public:
    Connection(IoThread& thread, ListenerState& from, Socket given);
    ~Connection() override;

    /// False: to be closed at once.
    bool admit();
    Task<> run();
    /// On a worker.
    void handle();

  private:
    using Buffers = std::array<asio::const_buffer, 2>;

    void set_deadline(SteadyTime at);
    Task<std::size_t> read_some(std::size_t size);
    Task<> read_proxy_header();
    Task<> read_request();
    Task<> read_head();
    void parse_head();
    Task<> read_body();
    Task<> wait_for_body(SteadyTime started, std::size_t received);
    Task<> answer();
    Task<> hand_off(WorkerPool& pool, bool& busy);
    Task<> write_response();
    Task<> write_all(Buffers buffers);
    Task<> write_interim();
    Task<> linger();

    void begin_request();
    void check_rate();
    bool count_address(const Address& address);
    void find_peer();
    [[nodiscard]] Lane lane() const;
    void make_error();
    Buffers format_response();
    void observe();
    [[nodiscard]] bool ends_idle();

    IoThread& thread_;
    Shared& shared_;
    Address peer_;
    std::optional<PeerCredentials> credentials_;
    std::optional<Address> counted_;
    bool peer_secure_ = false;

    ReadBuffer buffer_;
    HeadScanner scanner_;
    std::optional<Exchange> exchange_;
    Request request_;
    Response response_;
    std::string head_out_;
    SteadyTime started_{};
    int status_ = 0;        // 0, the error status to answer, or kClosed
    bool aborted_ = false;  // the last read was cancelled: time-out, draining or stop
    bool keep_alive_ = true;
    bool http_1_0_ = false;
};

}  // namespace portal::http
