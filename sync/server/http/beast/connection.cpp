// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/beast/connection.h"

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <chrono>
#include <ctime>
#include <exception>

#include "sync/server/http/compression.h"
#include "sync/server/http/event_hub.h"
#include "sync/server/http/gatekeeper.h"
#include "sync/server/http/security_headers.h"

namespace halte::http {

namespace {

constexpr std::size_t head_read_bytes = 2u << 10;
constexpr std::size_t body_read_bytes = 32u << 10;
constexpr std::size_t slowest_bytes_per_s = 64u << 10;
constexpr base::Millis linger{1'000};

std::string date_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 40> text;
  return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc)};
}

// A value out of a handler must not end its line.
void append_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ");
  std::ranges::transform(value, std::back_inserter(head),
                         [](char c) { return c == '\r' || c == '\n' ? ' ' : c; });
  head += "\r\n";
}

bool has_length(const Response& response) {
  return response.status != 204 && response.status != 304 && !response.events;
}

std::string head_of(const Response& response, bool keep_alive) {
  namespace beast_http = boost::beast::http;
  const auto reason =
      beast_http::obsolete_reason(beast_http::int_to_status(static_cast<unsigned>(response.status)));
  std::string head = "HTTP/1.1 " + std::to_string(response.status) + " ";
  head.append(reason.data(), reason.size()).append("\r\n");
  append_field(head, "Date", date_now());
  for (const auto& [name, value] : response.headers.all()) append_field(head, name, value);
  if (has_length(response)) append_field(head, "Content-Length", std::to_string(response.body.size()));
  append_field(head, "Connection", keep_alive ? "keep-alive" : "close");
  return head + "\r\n";
}

Headers fields_of(const Parser::value_type& message) {
  Headers headers;
  for (const auto& field : message) {
    headers.add(std::string(field.name_string()), std::string(field.value()));
  }
  return headers;
}

// Trailers are added to the fields of the head.
std::size_t field_bytes(const Parser::value_type& message) {
  std::size_t bytes = 0;
  for (const auto& field : message) bytes += field.name_string().size() + field.value().size();
  return bytes;
}

Response out_of_memory() { return problem_retry(Problem::busy, "too many bodies at once", 2); }

Response answer_without_handler(const Router::Match& match, std::string_view method) {
  if (match.allow.empty()) return problem(Problem::not_found);
  Response response = method == "OPTIONS" ? Response::empty() : problem(Problem::method_not_allowed);
  response.headers.set("Allow", match.allow);
  return response;
}

}  // namespace

Connection::Connection(std::shared_ptr<Common> common, std::shared_ptr<Shard> shard,
                       std::unique_ptr<Transport> transport, std::string peer, Admission admission)
    : common_(std::move(common)),
      shard_(shard),
      transport_(std::move(transport)),
      peer_(std::move(peer)),
      admission_(admission),
      deadline_(shard->io),
      wake_(shard->io) {}

Connection::~Connection() {
  // Before the count falls, since the count is what stop() waits for.
  transport_->close();
  if (admission_ == Admission::admitted) {
    common_->count.leave(peer_, common_->trusted.contains(peer_));
  } else {
    --common_->turned_away;
  }
}

asio::awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
  const auto shard = self->shard_.lock();
  shard->connections.emplace(self.get(), self);
  if (!self->common_->cutting) {
    try {
      co_await self->serve();
    } catch (const std::exception& error) {
      self->common_->log->error("connection ended: {}", error.what());
    }
  }
  self->disarm();
  self->transport_->close();
  shard->connections.erase(self.get());
}

void Connection::drain() {
  if (idle_) transport_->close();
  if (streaming_) wake_.cancel();
}

void Connection::cut() {
  transport_->close();
  wake_.cancel();
}

void Connection::arm(base::Millis within) {
  timed_out_ = false;
  deadline_.expires_after(within);
  deadline_.async_wait([weak = weak_from_this()](error_code error) {
    const auto self = weak.lock();
    // A wait that was over before it was armed again comes without an error.
    if (error || !self || self->deadline_.expiry() > std::chrono::steady_clock::now()) return;
    self->timed_out_ = true;
    self->transport_->cancel();
  });
}

asio::awaitable<void> Connection::serve() {
  if (admission_ == Admission::turned_away) {
    Response response = problem_retry(Problem::too_many_connections, {}, 5);
    co_await refuse(std::move(response));
    co_return;
  }
  arm(common_->options.deadlines.header);
  if (co_await transport_->handshake()) co_return;
  while (co_await wait_for_request()) {
    if (co_await serve_request() == Then::close) break;
  }
  if (!transport_->socket().is_open()) co_return;
  arm(linger);
  co_await transport_->finish();
}

asio::awaitable<bool> Connection::wait_for_request() {
  if (!buffer_.empty()) co_return true;  // pipelined
  if (common_->draining) co_return false;
  buffer_ = {};
  idle_ = true;
  arm(common_->options.deadlines.idle);
  const error_code error = co_await transport_->wait_readable();
  idle_ = false;
  co_return !error && !timed_out_;
}

asio::awaitable<std::optional<Response>> Connection::read_more(std::size_t most) {
  error_code error = timed_out_ ? error_code(asio::error::operation_aborted) : error_code{};
  if (!error) {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + most);
    const std::span<char> free(buffer_.data() + before, most);
    const std::size_t got = co_await transport_->read_some(free, error);
    buffer_.resize(before + got);
  }
  if (timed_out_) co_return problem(Problem::too_slow);
  if (error) co_return problem(Problem::malformed_request, "the request is cut");
  co_return std::nullopt;
}

asio::awaitable<std::optional<Response>> Connection::read_head(Parser& parser, Incoming& incoming) {
  const std::size_t limit = common_->options.limits.header_bytes;
  arm(common_->options.deadlines.header);
  std::optional<std::size_t> end;
  for (std::size_t seen = 0; !end;) {
    // The end may straddle two reads, by three bytes.
    const std::size_t from = seen < 3 ? 0 : seen - 3;
    end = end_of_head(std::string_view(buffer_).substr(from));
    if (end) *end += from;
    if (end.value_or(buffer_.size()) > limit) co_return problem(Problem::headers_too_large);
    seen = buffer_.size();
    if (end) break;
    auto refusal = co_await read_more(head_read_bytes);
    if (refusal) co_return refusal;
  }
  const std::string_view head = std::string_view(buffer_).substr(0, *end);
  if (const auto why = refuse_head(head)) co_return problem(Problem::malformed_request, std::string(*why));
  error_code error;
  parser.put(asio::buffer(head.data(), head.size()), error);
  if (error || !parser.is_header_done()) co_return problem(Problem::malformed_request, error.message());
  buffer_.erase(0, *end);
  co_return take_head(parser, incoming);
}

Budget& Connection::budget_for(const Incoming& incoming) const {
  const bool is_large = incoming.body_limit > common_->options.limits.body_bytes;
  return is_large ? common_->large_bodies : common_->bodies;
}

std::optional<Response> Connection::take_head(Parser& parser, Incoming& incoming) const {
  const auto& message = parser.get();
  const std::string_view target(message.target().data(), message.target().size());
  const auto question = target.find('?');
  Request& request = incoming.request;
  request.method = std::string(message.method_string());
  request.path = target.substr(0, question);
  request.headers = fields_of(message);
  request.remote_address = client_address(request.headers, peer_, common_->trusted);
  const bool proxied = common_->trusted.contains(peer_);
  request.secure = common_->options.tls || (proxied && request.headers.get("X-Forwarded-Proto") == "https");
  incoming.accept_encoding = request.headers.get("Accept-Encoding").value_or("");
  incoming.keep_alive = message.keep_alive() && message.version() == 11;

  incoming.match = common_->router.match(request.method, request.path);
  const bool own_limit = incoming.match.route && incoming.match.route->body_limit > 0;
  const Limits& limits = common_->options.limits;
  incoming.body_limit = own_limit ? incoming.match.route->body_limit : limits.body_bytes;
  incoming.unpacked_limit = own_limit ? incoming.body_limit : limits.decompressed_bytes;
  const auto length = parser.content_length();
  if (length && *length > incoming.body_limit) return problem(Problem::body_too_large);

  auto query = parse_form(question == target.npos ? std::string_view{} : target.substr(question + 1));
  if (!query) return problem(Problem::malformed_request, "the query is not percent-encoded UTF-8");
  request.query = std::move(*query);
  return std::nullopt;
}

asio::awaitable<std::optional<Response>> Connection::read_body(Parser& parser, Incoming& incoming) {
  if (parser.is_done()) co_return std::nullopt;
  if (equal_ignoring_case(incoming.request.headers.get("Expect").value_or(""), "100-continue") &&
      buffer_.empty()) {
    if (!co_await write("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return problem(Problem::malformed_request);
  }
  arm(common_->options.deadlines.body);
  const std::size_t header_limit = common_->options.limits.header_bytes;
  const std::size_t head_bytes = field_bytes(parser.get());
  std::size_t extension_bytes = 0;
  auto count_extensions = [&extension_bytes](std::uint64_t, boost::beast::string_view extensions,
                                             error_code&) { extension_bytes += extensions.size(); };
  parser.on_chunk_header(count_extensions);
  parser.body_limit(incoming.body_limit);
  parser.eager(true);
  while (true) {
    error_code error;
    buffer_.erase(0, parser.put(asio::buffer(buffer_), error));
    if (error == boost::beast::http::error::body_limit) co_return problem(Problem::body_too_large);
    const bool waits = error == boost::beast::http::error::need_more;
    if (error && !waits) co_return problem(Problem::malformed_request, error.message());
    const std::size_t trailer_bytes = field_bytes(parser.get()) - head_bytes;
    if (extension_bytes + trailer_bytes > header_limit || (waits && buffer_.size() > header_limit)) {
      co_return problem(Problem::malformed_request, "chunk extensions or trailers are too long");
    }
    if (!incoming.share.grow_to(parser.get().body().size(), budget_for(incoming))) co_return out_of_memory();
    if (parser.is_done()) break;
    auto refusal = co_await read_more(body_read_bytes);
    if (refusal) co_return refusal;
  }
  incoming.request.body = std::move(parser.get().body());
  co_return std::nullopt;
}

std::optional<Response> Connection::take_content(Incoming& incoming) const {
  const auto encoding = incoming.request.headers.get("Content-Encoding").value_or("identity");
  if (encoding == "identity") return std::nullopt;
  auto body = decompress(encoding, incoming.request.body, incoming.unpacked_limit);
  if (!body && body.error().kind == base::ErrorKind::refused) {
    return problem(Problem::body_too_large, body.error().cause);
  }
  if (!body) return problem(Problem::unsupported_encoding, base::to_string(body.error()));
  if (!incoming.share.grow_to(body->size(), budget_for(incoming))) return out_of_memory();
  incoming.request.body = std::move(*body);
  return std::nullopt;
}

asio::awaitable<Connection::Then> Connection::serve_request() {
  Incoming incoming;
  std::optional<Response> response;
  {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(common_->options.limits.header_bytes));
    parser.body_limit(boost::none);
    response = co_await read_head(parser, incoming);
    if (!response) response = co_await read_body(parser, incoming);
  }
  // What is not wholly read can't be followed by another request.
  if (response) {
    co_await refuse(std::move(*response));
    co_return Then::close;
  }
  disarm();
  const auto start = std::chrono::steady_clock::now();
  const std::string method = incoming.request.method;
  const std::string pattern = incoming.match.route ? incoming.match.route->pattern : "";
  const bool secure = incoming.request.secure;
  response = co_await answer(incoming);
  if (!response) co_return Then::close;
  if (common_->options.observe) {
    const auto taken = std::chrono::steady_clock::now() - start;
    common_->options.observe(
        {pattern, method, response->status, std::chrono::duration_cast<base::Millis>(taken)});
  }
  const auto events = method == "HEAD" ? nullptr : response->events;
  const bool keep_alive = incoming.keep_alive && !events && !common_->draining;
  const bool sent = co_await send(std::move(*response), method, keep_alive, secure);
  if (sent && events) co_await stream(*events);
  co_return sent&& keep_alive ? Then::next : Then::close;
}

asio::awaitable<std::optional<Response>> Connection::answer(Incoming& incoming) {
  const Route* route = incoming.match.route;
  if (!route) co_return answer_without_handler(incoming.match, incoming.request.method);
  if (auto refusal = take_content(incoming)) co_return refusal;
  incoming.request.path_parameters = std::move(incoming.match.parameters);

  answer_.reset();
  try {
    route->handler(std::move(incoming.request), make_reply(std::move(incoming.accept_encoding)));
  } catch (const std::exception& error) {
    common_->log->error("{} {} failed: {}", route->method, route->pattern, error.what());
  }
  while (!answer_ && !common_->cutting) {
    wake_.expires_at(asio::steady_timer::time_point::max());
    error_code cancelled;
    co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
  co_return std::move(answer_);
}

Reply Connection::make_reply(std::string accept_encoding) {
  return Reply([shard = shard_.lock(), weak = weak_from_this(), accept_encoding](Response response) {
    // Here and not on the shard: the caller is usually a worker, which has the time.
    compress_for(accept_encoding, response);
    asio::post(shard->io, [weak, response = std::move(response)]() mutable {
      const auto self = weak.lock();
      if (!self) return;
      self->answer_ = std::move(response);
      self->wake_.cancel();
    });
  });
}

asio::awaitable<bool> Connection::send(Response response, std::string_view method, bool keep_alive,
                                       bool secure) {
  add_security_headers(response, secure);
  const std::string head = head_of(response, keep_alive);
  co_return co_await write(head,
                           method == "HEAD" || !has_length(response) ? std::string_view{} : response.body);
}

asio::awaitable<bool> Connection::write(std::string_view head, std::string_view body) {
  const auto for_size = static_cast<base::Millis::rep>(body.size() * 1'000 / slowest_bytes_per_s);
  arm(common_->options.deadlines.write + base::Millis{for_size});
  const std::array buffers{asio::const_buffer(head.data(), head.size()),
                           asio::const_buffer(body.data(), body.size())};
  const error_code error = co_await transport_->write(buffers);
  disarm();
  co_return !error && !timed_out_;
}

// Closing while the client still sends would reset the connection and lose the answer on its way: so the
// rest is read for a moment, and thrown away.
asio::awaitable<void> Connection::refuse(Response response) {
  const bool sent = co_await send(std::move(response), {}, false, common_->options.tls.has_value());
  buffer_.clear();
  if (!sent) co_return;
  arm(linger);
  co_await transport_->finish();
  while (!timed_out_) {
    error_code error;
    buffer_.resize(head_read_bytes);
    co_await transport_->read_some(buffer_, error);
    if (error) break;
  }
  transport_->close();
}

asio::awaitable<void> Connection::stream(Subscription& events) {
  events.on_change([shard = shard_.lock(), weak = weak_from_this()] {
    asio::post(shard->io, [weak] {
      if (const auto self = weak.lock()) self->wake_.cancel();
    });
  });
  streaming_ = true;
  asio::co_spawn(wake_.get_executor(), watch_peer(shared_from_this()), asio::detached);
  co_await pump(events);
  streaming_ = false;
  events.on_change({});
  events.close();
  transport_->cancel();
}

// A client that talks during a stream is not one of ours: the end, as when it leaves.
asio::awaitable<void> Connection::watch_peer(std::shared_ptr<Connection> self) {
  co_await self->transport_->wait_readable();
  self->peer_gone_ = true;
  self->wake_.cancel();
}

asio::awaitable<void> Connection::pump(Subscription& events) {
  std::string bytes = "retry: 3000\n\n";
  while (co_await write(bytes, {})) {
    while (true) {
      if (peer_gone_ || common_->draining || common_->cutting) co_return;
      auto taken = events.take();
      if (!taken) co_return;
      bytes = std::move(*taken);
      if (!bytes.empty()) break;
      wake_.expires_after(common_->options.deadlines.heartbeat);
      error_code cancelled;
      co_await wake_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
      if (cancelled) continue;
      bytes = ":\n\n";
      break;
    }
  }
}

}  // namespace halte::http
