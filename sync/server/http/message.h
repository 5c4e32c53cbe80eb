// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a handler gets and gives. Plain values: copied or moved between threads freely.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"

namespace halte::http {

class Subscription;  // event_hub.h

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Header fields in order; names compare without regard to case (ASCII).
class Headers {
 public:
  Headers() = default;
  Headers(std::initializer_list<std::pair<std::string, std::string>> fields) : fields_(fields) {}

  // The first value of that name, or nullopt.
  std::optional<std::string_view> get(std::string_view name) const;
  bool has(std::string_view name) const { return get(name).has_value(); }
  void set(std::string name, std::string value);          // replaces every field of that name
  void add(std::string name, std::string value);          // Set-Cookie and Link may stand more than once
  void set_default(std::string name, std::string value);  // only where there is none yet
  const Pairs& all() const { return fields_; }

 private:
  Pairs fields_;
};

// Decoded query, form or path parameters in order; names are exact.
class Parameters {
 public:
  Parameters() = default;
  explicit Parameters(Pairs values) : values_(std::move(values)) {}

  std::optional<std::string_view> get(std::string_view name) const;
  std::string get_or(std::string_view name, std::string_view otherwise) const;
  void add(std::string name, std::string value) { values_.emplace_back(std::move(name), std::move(value)); }
  const Pairs& all() const { return values_; }

 private:
  Pairs values_;
};

struct Request {
  std::string method;  // "GET"; a HEAD reaches its GET handler as "HEAD"
  std::string path;    // as sent, still percent-encoded, without the query
  Parameters query;
  Headers headers;
  std::string body;            // after chunked, gzip or zstd were undone
  Parameters path_parameters;  // "{id}" of the pattern, decoded
  std::string remote_address;  // the client's, seen through trusted proxies; never stored or logged
  bool secure = false;         // the client speaks TLS to us or to a trusted proxy
};

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::shared_ptr<Subscription> events;  // set: the connection becomes an event stream, body is not sent

  static Response json(int status, const base::Json& value);
  static Response text(int status, std::string text);
  static Response html(int status, std::string page);
  static Response empty(int status = 204);
  static Response redirect(std::string location);  // 303: the next request is a GET
  // A download: Content-Disposition with that name, which is ASCII without quotes.
  static Response file(std::string_view name, std::string type, std::string bytes);
  static Response stream(std::shared_ptr<Subscription> events);
};

struct Cookie {
  std::string name;
  std::string value;
  std::optional<int> max_age_s;  // absent: until the browser closes; 0: forget it now
  bool secure = true;            // false only where the server itself speaks plain HTTP on loopback
  bool http_only = true;
};
// Path=/ and SameSite=Strict always.
void set_cookie(Response& response, const Cookie& cookie);
std::optional<std::string_view> cookie(const Request& request, std::string_view name);

// Percent-decoding of UTF-8. nullopt: broken escape, NUL, or bytes that are not UTF-8.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);
// Everything but the unreserved characters of RFC 3986 is escaped.
std::string percent_encode(std::string_view text);
// "a=1&b=x+y", a query or an application/x-www-form-urlencoded body. At most 256 pairs.
std::optional<Parameters> parse_form(std::string_view text);

bool equal_ignoring_case(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);  // spaces and tabs
// The trimmed members of a comma-separated field.
std::vector<std::string_view> split_list(std::string_view list);
// Does Accept-Encoding name this encoding with a weight above 0? (RFC 9110 section 12.5.3, without "*")
bool accepts_encoding(std::string_view accept_encoding, std::string_view encoding);
// If-None-Match against an ETag, by the weak comparison (RFC 9110 section 8.8.3.2): W/"a" is "a".
bool etag_matches(std::string_view if_none_match, std::string_view etag);

}  // namespace halte::http
