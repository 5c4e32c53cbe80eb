// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/server.h"

#include <openssl/ssl.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>

#include "sync/server/http/beast/connection.h"

namespace halte::http {

namespace {

constexpr int max_turned_away = 64;
constexpr base::Millis pause_without_descriptors{100};

using WorkGuard = asio::executor_work_guard<asio::io_context::executor_type>;

base::Error listen_error(const std::string& where, const error_code& error) {
  const std::string during = "opening the server's port";
  if (error == asio::error::address_in_use) {
    return {where, "the port is taken: stop the program that has it, or choose another port", during,
            base::ErrorKind::lacking};
  }
  if (error == asio::error::access_denied) {
    return {where, "this user may not open the port: choose one above 1023", during,
            base::ErrorKind::lacking};
  }
  return {where, error.message(), during, base::ErrorKind::lacking};
}

std::string url_host(const std::string& address) {
  return address.find(':') == address.npos ? address : "[" + address + "]";
}

base::Result<std::unique_ptr<asio::ssl::context>> make_tls(const Tls& tls) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  error_code error;
  context->use_certificate_chain_file(tls.certificate, error);
  if (error) {
    return base::fail(tls.certificate, error.message(), "reading the TLS certificate",
                      base::ErrorKind::invalid);
  }
  context->use_private_key_file(tls.key, asio::ssl::context::pem, error);
  if (error) return base::fail(tls.key, error.message(), "reading the TLS key", base::ErrorKind::invalid);
  return context;
}

}  // namespace

struct Server::Inside {
  std::shared_ptr<Common> common;
  std::unique_ptr<asio::ssl::context> tls;
  std::vector<std::shared_ptr<Shard>> shards;
  std::vector<WorkGuard> guards;
  std::optional<tcp::acceptor> acceptor;  // on the first shard
  std::uint16_t port = 0;
  std::vector<std::thread> threads;

  base::Status listen();
  void start();
  void admit(tcp::socket socket, const std::shared_ptr<Shard>& shard);
  static asio::awaitable<void> accept_all(Inside& inside);
  void on_every_connection(void (Connection::*act)());
};

base::Status Server::Inside::listen() {
  const Options& options = common->options;
  const std::string where = url_host(options.address) + ":" + std::to_string(options.port);
  error_code error;
  const auto address = asio::ip::make_address(options.address, error);
  if (error) {
    return base::fail(options.address, "is not an IP address", "opening the server's port",
                      base::ErrorKind::invalid);
  }
  const tcp::endpoint endpoint(address, options.port);
  acceptor.emplace(shards.front()->io);
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(asio::socket_base::max_listen_connections, error);
  if (error) return std::unexpected(listen_error(where, error));
  port = acceptor->local_endpoint().port();
  return {};
}

void Server::Inside::start() {
  asio::co_spawn(shards.front()->io, accept_all(*this), asio::detached);
  for (const auto& shard : shards) {
    guards.emplace_back(shard->io.get_executor());
    threads.emplace_back([shard] { shard->io.run(); });
  }
}

asio::awaitable<void> Server::Inside::accept_all(Inside& inside) {
  for (std::size_t next = 0; inside.acceptor->is_open(); ++next) {
    const auto& shard = inside.shards[next % inside.shards.size()];
    error_code error;
    tcp::socket socket =
        co_await inside.acceptor->async_accept(shard->io, asio::redirect_error(asio::use_awaitable, error));
    if (inside.common->draining) co_return;
    if (!error) {
      inside.admit(std::move(socket), shard);
    } else if (inside.acceptor->is_open()) {
      // No descriptors left, usually: those who are here will leave.
      inside.common->log->warn("accept: {}", error.message());
      asio::steady_timer pause(inside.shards.front()->io, pause_without_descriptors);
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

void Server::Inside::admit(tcp::socket socket, const std::shared_ptr<Shard>& shard) {
  error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return;
  socket.set_option(tcp::no_delay(true), error);
  const std::string peer = endpoint.address().to_string();
  auto admission = Connection::Admission::admitted;
  if (!common->count.enter(peer, common->trusted.contains(peer))) {
    // Over TLS even a refusal would cost a handshake.
    if (tls || common->turned_away >= max_turned_away) return;
    ++common->turned_away;
    admission = Connection::Admission::turned_away;
  }
  std::unique_ptr<Transport> transport;
  if (tls) {
    transport = std::make_unique<TlsTransport>(std::move(socket), *tls);
  } else {
    transport = std::make_unique<PlainTransport>(std::move(socket));
  }
  auto connection = std::make_shared<Connection>(common, shard, std::move(transport), peer, admission);
  asio::co_spawn(shard->io, Connection::run(std::move(connection)), asio::detached);
}

void Server::Inside::on_every_connection(void (Connection::*act)()) {
  for (const auto& shard : shards) {
    asio::post(shard->io, [shard = shard.get(), act] {
      for (const auto& [key, weak] : shard->connections) {
        if (const auto connection = weak.lock()) ((*connection).*act)();
      }
    });
  }
}

base::Result<std::unique_ptr<Server>> Server::create(Options options, Router router, base::Log log) {
  auto trusted = AddressSet::create(options.trusted_proxies);
  if (!trusted) return std::unexpected(trusted.error());
  auto inside = std::make_unique<Inside>();
  if (options.tls) {
    auto tls = make_tls(*options.tls);
    if (!tls) return std::unexpected(tls.error());
    inside->tls = std::move(*tls);
  }
  for (int i = 0; i < std::max(1, options.io_threads); ++i)
    inside->shards.push_back(std::make_shared<Shard>());
  inside->common.reset(
      new Common{std::move(options), std::move(router), std::move(log), std::move(*trusted)});
  if (auto listening = inside->listen(); !listening) return std::unexpected(listening.error());
  std::unique_ptr<Server> server(new Server(std::move(inside)));
  if (const auto& bound = server->inside_->common->options.bound) bound(server->url());
  server->inside_->start();
  return server;
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() { stop(base::Millis{0}); }

std::uint16_t Server::port() const { return inside_->port; }
std::size_t Server::connections() const { return inside_->common->count.total(); }

std::string Server::url() const {
  const Options& options = inside_->common->options;
  return (options.tls ? "https://" : "http://") + url_host(options.address) + ":" +
         std::to_string(inside_->port);
}

void Server::stop(base::Millis grace) {
  if (inside_->threads.empty()) return;
  Common& common = *inside_->common;
  common.draining = true;
  // Waited for: whoever was let in before is counted below, and nobody is let in after it, to a shard whose
  // thread has nothing left to do and is gone.
  auto closed = std::make_shared<std::promise<void>>();
  auto when_closed = closed->get_future();
  asio::post(inside_->shards.front()->io, [inside = inside_.get(), closed] {
    error_code ignored;
    inside->acceptor->close(ignored);
    closed->set_value();
  });
  when_closed.wait();
  inside_->on_every_connection(&Connection::drain);
  common.count.wait_until_none(grace);
  common.cutting = true;
  inside_->on_every_connection(&Connection::cut);
  inside_->guards.clear();
  for (auto& thread : inside_->threads) thread.join();
  inside_->threads.clear();
}

}  // namespace halte::http
