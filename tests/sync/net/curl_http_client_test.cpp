// SPDX-License-Identifier: Apache-2.0
#include "sync/net/curl_http_client.h"

#include <cstdlib>
#include <thread>

#include "tests/sync/http/self_signed.h"
#include "tests/sync/http/test_server.h"

using namespace halte;
using http::SelfSigned;
using http::TestServer;
using Clock = std::chrono::steady_clock;

namespace {

std::unique_ptr<net::CurlHttpClient> make_client(net::CurlHttpClient::Options options = {}) {
  return std::move(net::CurlHttpClient::create(std::move(options)).value());
}

// Accepts one connection, says what it was told to say, and closes or holds the line.
class RawServer {
 public:
  explicit RawServer(std::string says, base::Millis holds = base::Millis{0})
      : listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
    REQUIRE(::listen(listener_, 4) == 0);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
    port_ = ntohs(at.sin_port);
    thread_ = std::jthread([this, says = std::move(says), holds] {
      const int client = ::accept(listener_, nullptr, nullptr);
      char request[4'096];
      if (client < 0 || ::recv(client, request, sizeof request, 0) < 0) return;
      ::send(client, says.data(), says.size(), MSG_NOSIGNAL);
      std::this_thread::sleep_for(holds);
      ::close(client);
    });
  }
  ~RawServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }

 private:
  int listener_;
  std::uint16_t port_ = 0;
  std::jthread thread_;
};

}  // namespace

TEST_CASE("client: method, headers and body arrive, the reply comes back whole") {
  http::Router router;
  router.add({"PUT", "/x", "anyone", http::at_once([](const http::Request& request) {
                http::Response response = http::Response::text(201, request.method + " " + request.body);
                response.headers.add("X-Saw", std::string(request.headers.get("X-Mine").value_or("nothing")));
                response.headers.add("X-Type",
                                     std::string(request.headers.get("Content-Type").value_or("nothing")));
                return response;
              })});
  const auto server = std::move(http::Server::create({}, std::move(router), base::silent_log()).value());
  const auto client = make_client();
  const std::string body = std::string("a\0b", 3);
  const auto reply = client->send(
      {.method = "PUT", .url = server->url() + "/x", .headers = {{"X-Mine", "here"}}, .body = body});
  REQUIRE(reply.has_value());
  CHECK(reply->status == 201);
  CHECK(reply->body == "PUT " + body);
  CHECK(reply->header("x-saw") == "here");
  CHECK(reply->header("X-Type") == "nothing");
  CHECK_FALSE(reply->header("X-None").has_value());
}

TEST_CASE("client: the next request is not marked by the one before") {
  const TestServer test;
  const auto client = make_client();
  REQUIRE(client->send(
      {.method = "POST", .url = test.server->url() + "/echo", .headers = {{"X", "1"}}, .body = "b"}));
  const auto get = client->send({.url = test.server->url() + "/seen/1"});
  REQUIRE(get.has_value());
  CHECK(get->body.find("\"method\":\"GET\"") != std::string::npos);
  const auto head = client->send({.method = "HEAD", .url = test.server->url() + "/healthz"});
  REQUIRE(head.has_value());
  CHECK(head->body.empty());
  CHECK(head->header("Content-Length") == "2");
  CHECK(test.server->connections() == 1);
}

TEST_CASE("client: a redirect is returned, not followed") {
  const RawServer server("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n");
  const auto reply = make_client()->send({.url = server.url()});
  REQUIRE(reply.has_value());
  CHECK(reply->status == 302);
  CHECK(reply->header("location") == "http://127.0.0.1:9/");
}

TEST_CASE("client: a cut body is unavailable, not a short reply") {
  const RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
  const auto reply = make_client()->send({.url = server.url()});
  REQUIRE(!reply);
  CHECK(reply.error().kind == base::ErrorKind::unavailable);
  CHECK(server.url().find(reply.error().subject) != std::string::npos);
}

TEST_CASE("client: a reply above the limit is refused while it is read, with a length or without") {
  const std::string body(100'000, 'x');
  const RawServer declared("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body);
  const RawServer open("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body);
  const RawServer headers("HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n");
  for (const auto* server : {&declared, &open, &headers}) {
    const auto reply = make_client()->send({.url = server->url(), .max_reply_bytes = 99'999});
    REQUIRE(!reply);
    CHECK(reply.error().kind == base::ErrorKind::refused);
    CHECK(reply.error().cause == "the reply is larger than allowed");
  }
  const RawServer fits("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + body);
  CHECK(make_client()->send({.url = fits.url(), .max_reply_bytes = 100'000}).has_value());
}

TEST_CASE("client: what speaks no HTTP is refused") {
  const RawServer server("220 mail ready\r\n");
  const auto reply = make_client()->send({.url = server.url()});
  REQUIRE(!reply);
  CHECK(reply.error().kind == base::ErrorKind::refused);
}

TEST_CASE("client: a silent server is unavailable after the total timeout") {
  const RawServer server("", base::Millis{600});
  const auto start = Clock::now();
  const auto reply = make_client()->send({.url = server.url(), .total_timeout = base::Millis{200}});
  REQUIRE(!reply);
  CHECK(reply.error().kind == base::ErrorKind::unavailable);
  CHECK(http::elapsed_since(start) >= base::Millis{190});
  CHECK(http::elapsed_since(start) < base::Millis{500});
}

TEST_CASE("client: a closed port is unavailable, and the error names it") {
  std::string url;
  {
    const TestServer test;
    url = test.server->url();
  }
  const auto reply = make_client()->send({.url = url + "/healthz"});
  REQUIRE(!reply);
  CHECK(reply.error().kind == base::ErrorKind::unavailable);
  CHECK("http://" + reply.error().subject == url);
}

TEST_CASE("client: plain HTTP to another machine is refused before anything is sent") {
  for (const auto* host : {"10.0.0.5", "kiosk.example", "128.0.0.1", "127.0.0.1.example", "0.0.0.0",
                           "[2001:db8::1]", "127.0.0.256", "localhost.example", "127.0.0.1@10.0.0.5"}) {
    CAPTURE(std::string(host));
    const auto start = Clock::now();
    const auto reply = make_client()->send({.url = "http://" + std::string(host) + "/x"});
    REQUIRE(!reply);
    CHECK(reply.error().kind == base::ErrorKind::refused);
    CHECK(reply.error().cause == "plain HTTP is only allowed to this machine, use https");
    CHECK(http::elapsed_since(start) < base::Millis{50});
  }
  const auto named = make_client()->send({.url = "http://10.0.0.5/x"});
  CHECK(named.error().subject == "http://10.0.0.5:80");
}

TEST_CASE("client: what is no http address is invalid") {
  for (const auto* url :
       {"", "file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "http://", "https://a b/"}) {
    CAPTURE(std::string(url));
    const auto reply = make_client()->send({.url = url});
    REQUIRE(!reply);
    CHECK(reply.error().kind == base::ErrorKind::invalid);
  }
}

TEST_CASE("client: the environment's proxies are not asked") {
  const TestServer test;
  ::setenv("http_proxy", "http://127.0.0.1:9", 1);
  ::setenv("ALL_PROXY", "http://127.0.0.1:9", 1);
  const auto reply = make_client()->send({.url = test.server->url() + "/healthz"});
  ::unsetenv("http_proxy");
  ::unsetenv("ALL_PROXY");
  REQUIRE(reply.has_value());
  CHECK(reply->status == 200);
}

TEST_CASE("client: an unknown authority, a wrong name and a wrong pin are refused") {
  const SelfSigned identity("IP:127.0.0.1");
  const SelfSigned elsewhere("DNS:elsewhere.example");
  const TestServer test(http::Options{.tls = identity.tls()});
  const TestServer wrong(http::Options{.tls = elsewhere.tls()});
  const auto refused = [](net::CurlHttpClient::Options options, const TestServer& server) {
    const auto reply = make_client(std::move(options))->send({.url = server.server->url() + "/healthz"});
    return !reply && reply.error().kind == base::ErrorKind::refused;
  };
  CHECK(refused({}, test));
  CHECK(refused({.ca_file = elsewhere.certificate()}, wrong));
  CHECK(refused({.ca_file = identity.certificate(), .public_key_pin = elsewhere.pin()}, test));
  CHECK_FALSE(refused({.ca_file = identity.certificate(), .public_key_pin = identity.pin()}, test));
  CHECK_FALSE(refused({.ca_file = identity.certificate()}, test));
}

TEST_CASE("client: a missing file of authorities is said at once") {
  const auto client = net::CurlHttpClient::create({.ca_file = "/nowhere/ca.pem"});
  REQUIRE(!client);
  CHECK(client.error().subject == "/nowhere/ca.pem");
}

TEST_CASE("client: abort ends what is under way within 200 ms, and everything after") {
  const RawServer server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow", base::Millis{2'000});
  const auto client = make_client();
  Clock::time_point aborted;
  std::jthread aborter([&] {
    std::this_thread::sleep_for(base::Millis{150});
    aborted = Clock::now();
    client->abort();
  });
  const auto reply = client->send({.url = server.url()});
  const auto ended = Clock::now();
  aborter.join();
  REQUIRE(!reply);
  CHECK(reply.error().cause == "aborted");
  CHECK(reply.error().kind == base::ErrorKind::unavailable);
  CHECK(ended - aborted < base::Millis{200});
  CHECK(client->send({.url = server.url()}).error().cause == "aborted");
}
