// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "sync/net/http_client.h"

namespace halte::net {

// libcurl behind the port. TLS is always verified; cookies, redirects, .netrc and the environment's proxies
// are not used. Keeps its connection for the next request.
class CurlHttpClient final : public HttpClient {
 public:
  struct Options {
    std::optional<std::filesystem::path> ca_file;  // PEM; instead of the system's authorities
    std::optional<std::string> authorities;        // the same as text; weighs more than the file
    // "sha256//<base64>" of the server's public key (RFC 7469 section 2.4), several joined by ';'. Beside the
    // usual verification, not instead of it.
    std::optional<std::string> public_key_pin;
    std::optional<std::string> proxy;  // "http://proxy:3128"; absent: none, whatever the environment says
    std::string user_agent = "halte";
  };

  static base::Result<std::unique_ptr<CurlHttpClient>> create(Options options);
  ~CurlHttpClient() override;

  base::Result<HttpReply> send(const HttpRequest& request) override;

  // The same request on a connection of its own, told apart by how far it came. A certificate that is not
  // believed is read over a second connection, on which nothing is sent; that may take connect_timeout more.
  // Failures: invalid and refused for an address, as send().
  base::Result<Probe> probe(const HttpRequest& request);

  // The way from the next request on. Same thread as send().
  void take_route(std::optional<std::string> proxy, std::optional<std::string> authorities) {
    options_.proxy = std::move(proxy);
    options_.authorities = std::move(authorities);
  }

  // From another thread: what is under way and all that comes after fails within 200 ms, "aborted".
  void abort();

 private:
  struct Handle;
  explicit CurlHttpClient(std::unique_ptr<Handle> handle, Options options);
  std::optional<Certificate> read_certificate(const HttpRequest& request);

  std::unique_ptr<Handle> handle_;
  Options options_;
  std::atomic<bool> aborted_ = false;
};

}  // namespace halte::net
