// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/gatekeeper.h"

#include <algorithm>
#include <vector>

#include "sync/server/http/message.h"

namespace halte::http {

namespace {

using Refusal = std::optional<std::string_view>;

constexpr std::size_t max_fields = 100;
constexpr std::size_t max_length_digits = 15;  // far above every limit, far below an overflow

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_visible(char c) { return c > ' ' && c < '\x7f'; }
bool is_token_char(char c) {
  return is_digit(c) || is_letter(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}
bool is_token(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_token_char); }
bool is_value_char(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= ' ' && c != '\x7f'); }
bool is_host_char(char c) {
  return is_digit(c) || is_letter(c) ||
         std::string_view("-._~%!$&'()*+;=:[]").find(c) != std::string_view::npos;
}

Refusal refuse_request_line(std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == line.npos || first == last) return "the request line is not method, target, version";
  const auto method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  const auto version = line.substr(last + 1);
  if (!is_token(method)) return "the method is not a token";
  if (target.empty() || !std::ranges::all_of(target, is_visible)) return "the target has foreign characters";
  if (target.front() != '/' && !(target == "*" && method == "OPTIONS")) return "the target is not a path";
  if (target.find('#') != target.npos) return "the target has a fragment";
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return "the version is neither HTTP/1.1 nor HTTP/1.0";
  return std::nullopt;
}

struct Framing {
  int hosts = 0;
  int lengths = 0;
  int codings = 0;
};

Refusal refuse_field(std::string_view line, Framing& framing) {
  if (line.front() == ' ' || line.front() == '\t') return "a field is folded over lines";
  const auto colon = line.find(':');
  if (colon == line.npos) return "a field has no colon";
  const auto name = line.substr(0, colon);
  if (!is_token(name)) return "a field's name has foreign characters";
  const auto value = trim(line.substr(colon + 1));
  if (!std::ranges::all_of(value, is_value_char)) return "a field's value has control characters";

  if (equal_ignoring_case(name, "Host")) {
    ++framing.hosts;
    if (value.empty() || !std::ranges::all_of(value, is_host_char)) return "Host is not a host";
  } else if (equal_ignoring_case(name, "Content-Length")) {
    ++framing.lengths;
    if (value.empty() || value.size() > max_length_digits || !std::ranges::all_of(value, is_digit)) {
      return "Content-Length is not a number";
    }
  } else if (equal_ignoring_case(name, "Transfer-Encoding")) {
    ++framing.codings;
    if (value != "chunked") return "Transfer-Encoding is not chunked";
  }
  return std::nullopt;
}

Refusal refuse_framing(const Framing& framing, bool version_1_0) {
  if (framing.hosts != 1) return "there is not exactly one Host";
  if (framing.lengths > 1) return "there are two Content-Lengths";
  if (framing.codings > 1) return "there are two Transfer-Encodings";
  if (framing.codings > 0 && framing.lengths > 0) return "Transfer-Encoding stands beside Content-Length";
  if (framing.codings > 0 && version_1_0) return "Transfer-Encoding in HTTP/1.0";
  return std::nullopt;
}

}  // namespace

Refusal refuse_head(std::string_view head) {
  std::vector<std::string_view> lines;
  while (true) {
    const auto end = head.find_first_of(std::string_view("\r\n\0", 3));
    if (end == head.npos) return "the head does not end";
    if (!head.substr(end).starts_with("\r\n")) return "a line end or a NUL stands alone";
    if (end == 0) break;
    lines.push_back(head.substr(0, end));
    head.remove_prefix(end + 2);
    if (lines.size() > max_fields + 1) return "there are too many fields";
  }
  if (head.size() != 2) return "the head goes on after its empty line";
  if (lines.empty()) return "the request line is empty";
  if (auto refusal = refuse_request_line(lines.front())) return refusal;

  Framing framing;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    if (auto refusal = refuse_field(lines[i], framing)) return refusal;
  }
  return refuse_framing(framing, lines.front().ends_with("HTTP/1.0"));
}

std::optional<std::size_t> end_of_head(std::string_view bytes) {
  for (auto at = bytes.find('\n'); at != bytes.npos; at = bytes.find('\n', at + 1)) {
    const auto rest = bytes.substr(at + 1);
    if (rest.starts_with('\n')) return at + 2;
    if (rest.starts_with("\r\n")) return at + 3;
  }
  return std::nullopt;
}

}  // namespace halte::http
