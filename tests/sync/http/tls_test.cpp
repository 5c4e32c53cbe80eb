// SPDX-License-Identifier: Apache-2.0
#include <thread>

#include "core/base/file.h"
#include "sync/net/curl_http_client.h"
#include "tests/sync/http/self_signed.h"
#include "tests/sync/http/test_server.h"

using namespace halte;
using namespace halte::http;

namespace {

std::unique_ptr<net::CurlHttpClient> client_for(const SelfSigned& identity) {
  net::CurlHttpClient::Options options;
  options.ca_file = identity.certificate();
  return std::move(net::CurlHttpClient::create(options).value());
}

Options with_tls(const SelfSigned& identity) {
  Options options;
  options.tls = identity.tls();
  return options;
}

}  // namespace

TEST_CASE("TLS: requests go round, large ones too, over one kept connection") {
  const SelfSigned identity("IP:127.0.0.1");
  const TestServer test(with_tls(identity));
  const auto client = client_for(identity);
  CHECK(test.server->url().starts_with("https://127.0.0.1:"));
  for (int i = 0; i < 3; ++i) {
    const auto healthy = client->send({.url = test.server->url() + "/healthz"});
    REQUIRE_MESSAGE(healthy.has_value(), (healthy ? "" : base::to_string(healthy.error())));
    CHECK(healthy->body == "ok");
    CHECK(healthy->header("strict-transport-security") == "max-age=31536000");
  }
  const std::string large(900'000, 'x');
  const auto echoed = client->send({.method = "POST", .url = test.server->url() + "/echo", .body = large});
  REQUIRE(echoed.has_value());
  CHECK(echoed->body == large);
  CHECK(test.server->connections() == 1);
}

TEST_CASE("TLS: an event stream flows and ends with the server") {
  const SelfSigned identity("IP:127.0.0.1");
  TestServer test(with_tls(identity));
  const auto client = client_for(identity);
  std::string body;
  std::jthread reader([&] {
    if (const auto reply = client->send({.url = test.server->url() + "/events"})) body = reply->body;
  });
  for (int i = 0; i < 300 && test.hub.subscribers() == 0; ++i) std::this_thread::sleep_for(base::Millis{10});
  test.hub.publish({"changed", "1", ""});
  std::this_thread::sleep_for(base::Millis{100});
  test.server->stop(base::Millis{1'000});
  reader.join();
  CHECK(body == "retry: 3000\n\nevent: changed\ndata: 1\n\n");
}

TEST_CASE("TLS: a client that never shakes hands is cut by the header's deadline, plain HTTP at once") {
  const SelfSigned identity("IP:127.0.0.1");
  auto options = with_tls(identity);
  options.deadlines.header = base::Millis{200};
  const TestServer test(options);
  auto silent = test.connect();
  auto plain = test.connect();
  plain.send(get("/healthz"));
  CHECK(plain.until_closed(1'000).find("HTTP/1.1 200") == std::string::npos);
  CHECK(silent.closed(1'000));
}

TEST_CASE("TLS: an unreadable certificate or a key of another one is refused by name") {
  const SelfSigned identity("IP:127.0.0.1");
  const SelfSigned other("IP:127.0.0.1");
  Options missing;
  missing.tls = Tls{identity.certificate(), "/nowhere/key.pem"};
  const auto server = Server::create(missing, Router(), base::silent_log());
  REQUIRE(!server);
  CHECK(server.error().kind == base::ErrorKind::invalid);
  CHECK(server.error().subject == "/nowhere/key.pem");
  Options mixed;
  mixed.tls = Tls{identity.certificate(), other.tls().key};
  CHECK(Server::create(mixed, Router(), base::silent_log()).error().kind == base::ErrorKind::invalid);
}
