// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

#include "sync/server/http/addresses.h"
#include "sync/server/http/beast/transport.h"
#include "sync/server/http/budget.h"
#include "sync/server/http/problem.h"
#include "sync/server/http/server.h"

namespace halte::http {

class Connection;
using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

// What all connections share; only read, but for the atomics and the count.
struct Common {
  Options options;
  Router router;
  base::Log log;
  AddressSet trusted;
  ConnectionCount count{options.limits.connections, options.limits.connections_per_address};
  Budget bodies{options.limits.bodies_in_memory};
  Budget large_bodies{options.limits.large_bodies_in_memory};
  std::atomic<int> turned_away = 0;
  std::atomic<bool> draining = false;
  std::atomic<bool> cutting = false;
};

// One thread with its connections: nothing in it needs a lock.
struct Shard {
  asio::io_context io{1};
  std::unordered_map<Connection*, std::weak_ptr<Connection>> connections;
};

// One client, from accept to close, on its shard's thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  enum class Admission { admitted, turned_away };

  Connection(std::shared_ptr<Common> common, std::shared_ptr<Shard> shard,
             std::unique_ptr<Transport> transport, std::string peer, Admission admission);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  static asio::awaitable<void> run(std::shared_ptr<Connection> self);
  void drain();  // closes now if nothing is in flight
  void cut();    // closes now

 private:
  enum class Then { next, close };
  struct Incoming {
    Request request;
    Router::Match match;
    std::size_t body_limit = 0, unpacked_limit = 0;
    Budget::Share share;  // of the memory for bodies, until the answer is there
    std::string accept_encoding;
    bool keep_alive = false;
  };

  asio::awaitable<void> serve();
  asio::awaitable<bool> wait_for_request();
  asio::awaitable<Then> serve_request();
  asio::awaitable<std::optional<Response>> read_head(Parser& parser, Incoming& incoming);
  asio::awaitable<std::optional<Response>> read_body(Parser& parser, Incoming& incoming);
  asio::awaitable<std::optional<Response>> read_more(std::size_t most);
  Budget& budget_for(const Incoming& incoming) const;
  std::optional<Response> take_head(Parser& parser, Incoming& incoming) const;
  std::optional<Response> take_content(Incoming& incoming) const;
  asio::awaitable<std::optional<Response>> answer(Incoming& incoming);
  Reply make_reply(std::string accept_encoding);
  asio::awaitable<bool> send(Response response, std::string_view method, bool keep_alive, bool secure);
  asio::awaitable<bool> write(std::string_view head, std::string_view body);
  asio::awaitable<void> refuse(Response response);
  asio::awaitable<void> stream(Subscription& events);
  asio::awaitable<void> pump(Subscription& events);
  static asio::awaitable<void> watch_peer(std::shared_ptr<Connection> self);

  void arm(base::Millis within);
  void disarm() { deadline_.cancel(); }

  std::shared_ptr<Common> common_;
  // Not the owner of the shard: the shard's io_context owns the coroutine that owns this.
  std::weak_ptr<Shard> shard_;
  std::unique_ptr<Transport> transport_;
  std::string peer_;
  Admission admission_;
  asio::steady_timer deadline_;
  asio::steady_timer wake_;  // cancelled when an answer or an event has come
  std::string buffer_;       // read, not yet parsed
  std::optional<Response> answer_;
  bool timed_out_ = false;
  bool idle_ = false;
  bool streaming_ = false;
  bool peer_gone_ = false;
};

}  // namespace halte::http
