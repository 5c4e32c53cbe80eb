// SPDX-License-Identifier: Apache-2.0
#pragma once

// A TCP client of bytes: what it sends is exactly what the server reads.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>
#include <string_view>

#include "sync/server/http/server.h"

namespace halte::http {

class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  bool connected() const { return connected_; }

  // False once the other side is gone.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // One answer with its body, by Content-Length; what was read of it when the server closes or falls silent.
  std::string reply(int timeout_ms = 5'000) {
    while (true) {
      if (const std::size_t whole = whole_reply(); whole > 0) {
        auto one = received_.substr(0, whole);
        received_.erase(0, whole);
        return one;
      }
      if (!read(timeout_ms)) return std::exchange(received_, {});
    }
  }

  // Everything until `text` has come.
  std::string until(std::string_view text, int timeout_ms = 5'000) {
    while (received_.find(text) == received_.npos && read(timeout_ms)) {
    }
    return std::exchange(received_, {});
  }

  std::string until_closed(int timeout_ms = 5'000) {
    while (read(timeout_ms)) {
    }
    return std::exchange(received_, {});
  }

  // The server has closed, and sends nothing more.
  bool closed(int timeout_ms = 3'000) {
    pollfd wait{socket_, POLLIN, 0};
    char byte;
    return ::poll(&wait, 1, timeout_ms) == 1 && ::recv(socket_, &byte, 1, 0) <= 0;
  }

 private:
  bool read(int timeout_ms) {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, timeout_ms) != 1) return false;
    char bytes[16'384];
    const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    received_.append(bytes, static_cast<std::size_t>(got));
    return true;
  }

  std::size_t whole_reply() const {
    const auto end = received_.find("\r\n\r\n");
    if (end == received_.npos) return 0;
    const auto length = received_.find("Content-Length: ");
    const std::size_t body = length < end ? std::strtoul(received_.c_str() + length + 16, nullptr, 10) : 0;
    const std::size_t whole = end + 4 + body;
    return received_.size() >= whole ? whole : 0;
  }

  int socket_;
  bool connected_ = false;
  std::string received_;
};

inline int status_of(const std::string& reply) {
  return reply.starts_with("HTTP/1.1 ") ? std::atoi(reply.c_str() + 9) : 0;
}
inline std::string body_of(const std::string& reply) {
  const auto end = reply.find("\r\n\r\n");
  return end == reply.npos ? "" : reply.substr(end + 4);
}
inline bool has_field(const std::string& reply, std::string_view line) {
  return reply.substr(0, reply.find("\r\n\r\n") + 2).find("\r\n" + std::string(line) + "\r\n") != reply.npos;
}
inline std::string get(std::string_view path, std::string_view fields = {}) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n";
}
inline std::string post(std::string_view path, std::string_view body, std::string_view fields = {}) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(fields) + "\r\n" + std::string(body);
}

inline base::Millis elapsed_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<base::Millis>(std::chrono::steady_clock::now() - start);
}

}  // namespace halte::http
