// SPDX-License-Identifier: Apache-2.0
#pragma once

// TCP and TLS behind one face, so that the connection is instantiated once. One thread: the shard's.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <span>
#include <utility>

namespace halte::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

class Transport {
 public:
  virtual ~Transport() = default;

  virtual asio::awaitable<error_code> handshake() = 0;
  // Until bytes or the end have come; holds no buffer meanwhile.
  virtual asio::awaitable<error_code> wait_readable() = 0;
  // 0 bytes come with an error: asio::error::eof at the end.
  virtual asio::awaitable<std::size_t> read_some(std::span<char> into, error_code& error) = 0;
  virtual asio::awaitable<error_code> write(std::span<const asio::const_buffer> buffers) = 0;
  // Says that nothing more will be sent.
  virtual asio::awaitable<void> finish() = 0;
  virtual tcp::socket& socket() = 0;

  void cancel() {
    error_code ignored;
    socket().cancel(ignored);
  }
  void close() {
    error_code ignored;
    socket().close(ignored);
  }
};

class PlainTransport final : public Transport {
 public:
  explicit PlainTransport(tcp::socket socket) : socket_(std::move(socket)) {}

  asio::awaitable<error_code> handshake() override { co_return error_code{}; }

  asio::awaitable<error_code> wait_readable() override {
    error_code error;
    co_await socket_.async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
  }

  asio::awaitable<std::size_t> read_some(std::span<char> into, error_code& error) override {
    co_return co_await socket_.async_read_some(asio::buffer(into.data(), into.size()),
                                               asio::redirect_error(asio::use_awaitable, error));
  }

  asio::awaitable<error_code> write(std::span<const asio::const_buffer> buffers) override {
    error_code error;
    co_await asio::async_write(socket_, buffers, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
  }

  asio::awaitable<void> finish() override {
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    co_return;
  }

  tcp::socket& socket() override { return socket_; }

 private:
  tcp::socket socket_;
};

class TlsTransport final : public Transport {
 public:
  TlsTransport(tcp::socket socket, asio::ssl::context& context) : stream_(std::move(socket), context) {}

  asio::awaitable<error_code> handshake() override {
    error_code error;
    co_await stream_.async_handshake(asio::ssl::stream_base::server,
                                     asio::redirect_error(asio::use_awaitable, error));
    co_return error;
  }

  // A readable socket does not mean a readable stream (records, session tickets), and a readable stream not
  // a readable socket: so one byte is really read, and kept.
  asio::awaitable<error_code> wait_readable() override {
    error_code error;
    if (has_first_) co_return error;
    const std::size_t got = co_await stream_.async_read_some(
        asio::buffer(&first_, 1), asio::redirect_error(asio::use_awaitable, error));
    has_first_ = got == 1;
    co_return error;
  }

  asio::awaitable<std::size_t> read_some(std::span<char> into, error_code& error) override {
    if (std::exchange(has_first_, false)) {
      into.front() = first_;
      co_return 1;
    }
    co_return co_await stream_.async_read_some(asio::buffer(into.data(), into.size()),
                                               asio::redirect_error(asio::use_awaitable, error));
  }

  asio::awaitable<error_code> write(std::span<const asio::const_buffer> buffers) override {
    error_code error;
    co_await asio::async_write(stream_, buffers, asio::redirect_error(asio::use_awaitable, error));
    co_return error;
  }

  asio::awaitable<void> finish() override {
    error_code ignored;
    co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
  }

  tcp::socket& socket() override { return stream_.next_layer(); }

 private:
  asio::ssl::stream<tcp::socket> stream_;
  char first_ = 0;
  bool has_first_ = false;
};

}  // namespace halte::http
