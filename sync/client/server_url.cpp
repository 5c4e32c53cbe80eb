// SPDX-License-Identifier: Apache-2.0
#include "sync/client/server_url.h"

#include <algorithm>
#include <optional>

namespace halte::client {
namespace {

constexpr std::string_view doing = "reading the server's address";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_host_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
}
bool is_address_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

struct Authority {
  std::string_view host;  // with the brackets of an IPv6 address
  std::string_view port;  // without the colon; may be empty
};

std::optional<Authority> split(std::string_view authority) {
  bool bracketed = authority.starts_with('[');
  std::size_t end = bracketed ? authority.find(']') : authority.find(':');
  if (bracketed && end == std::string_view::npos) return std::nullopt;
  if (bracketed) ++end;
  Authority parts{authority.substr(0, end), {}};
  if (parts.host.size() < authority.size()) {
    parts.port = authority.substr(parts.host.size());
    if (!parts.port.starts_with(':') || parts.port.size() < 2 || parts.port.size() > 6) return std::nullopt;
    parts.port.remove_prefix(1);
  }
  std::string_view inner = bracketed ? parts.host.substr(1, parts.host.size() - 2) : parts.host;
  bool sound = !inner.empty() &&
               std::ranges::all_of(inner, bracketed ? is_address_character : is_host_character) &&
               std::ranges::all_of(parts.port, is_digit);
  return sound ? std::optional(parts) : std::nullopt;
}

bool is_this_machine(std::string_view host) {
  bool numeric = std::ranges::all_of(host, [](char c) { return is_digit(c) || c == '.'; });
  return host == "localhost" || host == "[::1]" || (numeric && host.starts_with("127."));
}

}  // namespace

base::Result<std::string> parse_server_url(std::string_view text) {
  bool secure = text.starts_with("https://");
  if (!secure && !text.starts_with("http://"))
    return base::fail(std::string(text), "does not start with https://", std::string(doing),
                      base::ErrorKind::invalid);
  std::string_view authority = text.substr(secure ? 8 : 7);
  if (authority.ends_with('/')) authority.remove_suffix(1);
  auto parts = split(authority);
  if (!parts)
    return base::fail(std::string(text), "is not https://host or https://host:port", std::string(doing),
                      base::ErrorKind::invalid);
  if (!secure && !is_this_machine(parts->host))
    return base::fail(std::string(text), "plain http is for this machine only: use https", std::string(doing),
                      base::ErrorKind::refused);
  return std::string(secure ? "https://" : "http://") + std::string(authority);
}

}  // namespace halte::client
