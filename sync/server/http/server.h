// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/base/time.h"
#include "sync/server/http/router.h"

namespace halte::http {

struct Tls {
  std::filesystem::path certificate;  // PEM, with the chain
  std::filesystem::path key;          // PEM
};

struct Limits {
  std::size_t header_bytes = 8u << 10;
  std::size_t body_bytes = 1u << 20;          // on the wire; a route may have its own
  std::size_t decompressed_bytes = 8u << 20;  // after gzip or zstd
  std::size_t bodies_in_memory = 128u << 20;  // of all requests together; beyond: 503 with Retry-After
  // Of those whose route allows more than body_bytes, apart: however many of them stall, batches get through.
  std::size_t large_bodies_in_memory = 32u << 20;
  std::size_t connections = 10'000;
  std::size_t connections_per_address = 256;  // trusted proxies are not counted
};

// Absolute: a sender can't extend them byte by byte.
struct Deadlines {
  base::Millis header{5'000};      // from the first byte of a request; also the TLS handshake
  base::Millis body{30'000};       // from the end of its header
  base::Millis write{30'000};      // for one answer or one push of events, and 1 s more for each 64 KiB
  base::Millis idle{75'000};       // between requests; longer than a proxy's 60 s
  base::Millis heartbeat{15'000};  // a comment on a silent event stream
};

// One answered request, for counters: no path, no address.
struct Served {
  std::string route;  // the pattern, or "" where none fitted
  std::string method;
  int status;
  base::Millis duration;  // from the end of the header to the end of the answer's making
};

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one
  std::optional<Tls> tls;
  int io_threads = 2;
  Limits limits;
  Deadlines deadlines;
  // Addresses or networks ("10.0.0.0/8", "::1") whose X-Forwarded-For and -Proto are believed.
  std::vector<std::string> trusted_proxies;
  std::function<void(const std::string& url)> bound;  // once, before the first request is taken; may be empty
  std::function<void(const Served&)> observe;         // on an I/O thread; may be empty
};

// HTTP/1.1 with keep-alive; pipelined requests are answered in order. What exists, serves.
class Server {
 public:
  // Listens and starts its threads. Port taken: ErrorKind::lacking. Unreadable certificate or key, or an
  // address that is none: invalid.
  static base::Result<std::unique_ptr<Server>> create(Options options, Router router, base::Log log);
  ~Server();  // stop(0)
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  std::string url() const;  // "http://127.0.0.1:8080"
  std::size_t connections() const;

  // Refuses new connections, closes idle ones and event streams at once, answers what is in flight with
  // Connection: close for at most `grace`, then cuts. Returns with all threads joined. Once; not from a
  // handler.
  void stop(base::Millis grace);

 private:
  struct Inside;
  explicit Server(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

}  // namespace halte::http
