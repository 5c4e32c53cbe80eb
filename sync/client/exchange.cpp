// SPDX-License-Identifier: Apache-2.0
#include "sync/client/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <utility>

#include "core/base/json.h"
#include "sync/client/retry_policy.h"

namespace halte::client {
namespace {

constexpr std::size_t max_reason_bytes = 200;

// "Application/JSON; charset=utf-8" is "application/json".
std::string media_type(const net::HttpReply& reply) {
  std::string_view value = reply.header("Content-Type").value_or("");
  value = value.substr(0, value.find(';'));
  while (value.ends_with(' ')) value.remove_suffix(1);
  std::string type(value);
  std::ranges::transform(type, type.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return type;
}

// Accept is our own: "a/b, c/d" in lower case, without weights.
bool is_accepted(const net::HttpRequest& request, const std::string& type) {
  auto accept = std::ranges::find(request.headers, "Accept", &std::pair<std::string, std::string>::first);
  if (accept == request.headers.end() || type.find('/') == std::string::npos) return false;
  return (" " + accept->second + ",").find(" " + type + ",") != std::string::npos;
}

SyncState state_of(int status) {
  if (status == 401 || status == 403) return SyncState::must_enrol;
  if (status == 426) return SyncState::refused;
  if (status == 408 || status == 429 || (status >= 500 && status <= 599)) return SyncState::busy;
  return SyncState::offline;
}

// The problem's own words: "detail", else "title".
std::string words_of(const std::string& body) {
  auto problem = base::parse_json(body, "problem", 16);
  if (!problem || !problem->is_object()) return {};
  for (const char* key : {"detail", "title"})
    if (auto at = problem->find(key); at != problem->end() && at->is_string())
      return at->get<std::string>().substr(0, max_reason_bytes);
  return {};
}

Trouble no_reply(const base::Error& error) {
  bool foreign = error.kind == base::ErrorKind::refused || error.kind == base::ErrorKind::invalid;
  return {.state = foreign ? SyncState::refused : SyncState::offline, .reason = base::to_string(error)};
}

Trouble trouble_of(const net::HttpReply& reply, base::Instant now) {
  Trouble trouble{.state = state_of(reply.status), .status = reply.status};
  trouble.from_server = media_type(reply) == "application/problem+json";
  std::string words = trouble.from_server ? words_of(reply.body) : "";
  if (words.empty() && trouble.state == SyncState::offline) words = "not an answer of the server";
  if (reply.status == 426 && words.empty()) words = "the server speaks another protocol version";
  trouble.reason = fmt::format("HTTP {}{}{}", reply.status, words.empty() ? "" : ": ", words);
  if (auto value = reply.header("Retry-After")) trouble.retry_after = parse_retry_after(*value, now);
  return trouble;
}

}  // namespace

std::string_view to_string(SyncState state) {
  switch (state) {
    case SyncState::ok: return "ok";
    case SyncState::offline: return "offline";
    case SyncState::busy: return "busy";
    case SyncState::paused: return "paused";
    case SyncState::must_enrol: return "must_enrol";
    case SyncState::refused: return "refused";
    case SyncState::failed: return "failed";
  }
  return {};
}

net::HttpRequest authorised(const site::Enrolment& enrolment, std::string method, const std::string& path,
                            std::string body, std::string accept) {
  net::HttpRequest request;
  request.method = std::move(method);
  request.url = enrolment.server_url + path;
  request.headers = {{"Authorization", "Bearer " + enrolment.token}, {"Accept", std::move(accept)}};
  if (!body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  request.body = std::move(body);
  return request;
}

std::expected<net::HttpReply, Trouble> exchange(net::HttpClient& http, const net::HttpRequest& request,
                                                const base::Clock& clock) {
  auto reply = http.send(request);
  if (!reply) return std::unexpected(no_reply(reply.error()));
  bool answer = reply->status >= 200 && reply->status <= 202 && is_accepted(request, media_type(*reply));
  if (answer || reply->status == 304) return std::move(*reply);
  return std::unexpected(trouble_of(*reply, clock.now()));
}

}  // namespace halte::client
