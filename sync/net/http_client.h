// SPDX-License-Identifier: Apache-2.0
#pragma once

// The port to the network: one blocking function. A reply is whatever came back with a status line, 404 and
// 302 included; whether it counts as delivered is the caller's judgement.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/time.h"

namespace halte::net {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  Headers headers;
  std::string body;
  base::Millis connect_timeout{10'000};
  base::Millis total_timeout{30'000};
  std::size_t max_reply_bytes = 1u << 20;  // of the body
};

struct HttpReply {
  int status = 0;
  Headers headers;
  std::string body;

  // The first value of that name, whatever its case.
  std::optional<std::string_view> header(std::string_view name) const;
};

// How far a request came.
enum class Reached { nothing, address, connection, trust, reply };

// What is wrong with who the other side says it is.
enum class CertificateFault { none, expired, not_yet_valid, other_name, unknown_issuer, other };

struct Certificate {
  std::string issuer;  // "C = NL, O = Example, CN = R11"
  base::Instant not_before, not_after;
};

// What a connection is like, for those who mend it.
struct Probe {
  Reached reached = Reached::nothing;
  std::string cause;  // why it came no further; empty where there is a reply
  CertificateFault fault = CertificateFault::none;
  std::optional<Certificate> certificate;  // the other side's own, believed or not; none over plain HTTP
  std::optional<HttpReply> reply;
};

class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Blocks up to total_timeout. Redirects are returned, never followed. Failures:
  //   unavailable  no name, no route, connection refused, cut or too slow: may work later
  //   refused      the other side is not who it should be (certificate, pin), answers nonsense or too much,
  //                or plain HTTP would leave this machine
  //   invalid      the URL is none, or neither http nor https
  // The subject is "host:port". One thread at a time.
  virtual base::Result<HttpReply> send(const HttpRequest& request) = 0;
};

}  // namespace halte::net
