// SPDX-License-Identifier: Apache-2.0
// How far a connection comes, and what is wrong with a certificate.
#include "sync/net/curl_http_client.h"
#include "tests/sync/http/self_signed.h"
#include "tests/sync/http/test_server.h"

using namespace halte;
using http::SelfSigned;
using http::TestServer;
using net::CertificateFault;
using net::Reached;

namespace {

net::Probe probe(const std::string& url, net::CurlHttpClient::Options options = {},
                 base::Millis patience = base::Millis{3'000}) {
  auto client = net::CurlHttpClient::create(std::move(options));
  REQUIRE(client);
  auto probed = (*client)->probe({.url = url + "/healthz", .connect_timeout = patience});
  REQUIRE(probed);
  return std::move(*probed);
}

// A server of that certificate, asked by somebody who trusts it as an authority.
net::Probe probe_of(const SelfSigned& identity) {
  const TestServer server(http::Options{.tls = identity.tls()});
  return probe(server.server->url(), {.ca_file = identity.certificate()});
}

}  // namespace

TEST_CASE("probe: a name without an address and a closed port are told apart") {
  const auto nobody = probe("https://nowhere.invalid");
  CHECK(int(nobody.reached) == int(Reached::nothing));
  CHECK_FALSE(nobody.cause.empty());
  std::string url;
  {
    const TestServer server;
    url = server.server->url();
  }
  const auto closed = probe(url);
  CHECK(int(closed.reached) == int(Reached::address));
  CHECK_FALSE(closed.reply);
}

TEST_CASE("probe: a port that takes a connection and never speaks TLS is told from one that is closed") {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in at{};
  at.sin_family = AF_INET;
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
  REQUIRE(::listen(listener, 4) == 0);
  REQUIRE(::getsockname(listener, reinterpret_cast<sockaddr*>(&at), &size) == 0);
  const auto silent = probe("https://127.0.0.1:" + std::to_string(ntohs(at.sin_port)), {}, base::Millis{300});
  ::close(listener);
  CHECK(int(silent.reached) == int(Reached::connection));
  CHECK(int(silent.fault) == int(CertificateFault::none));
}

TEST_CASE("probe: a server that is believed gives its reply and its certificate") {
  const auto good = probe_of(SelfSigned("IP:127.0.0.1"));
  CHECK(int(good.reached) == int(Reached::reply));
  CHECK(int(good.fault) == int(CertificateFault::none));
  REQUIRE(good.reply);
  CHECK(good.reply->status == 200);
  REQUIRE(good.certificate);
  const auto left = good.certificate->not_after - base::SystemClock().now();
  CHECK(left > std::chrono::minutes(58));
  CHECK(left <= std::chrono::hours(1));
  CHECK(good.certificate->issuer.find("Halte test") != std::string::npos);
}

TEST_CASE("probe: without TLS there is no certificate") {
  const TestServer server;
  const auto plain = probe(server.server->url());
  CHECK(int(plain.reached) == int(Reached::reply));
  CHECK_FALSE(plain.certificate);
}

TEST_CASE("probe: what is wrong with a certificate has a name, and it is read all the same") {
  struct Case {
    const char* name;
    long from, until;
    CertificateFault fault;
  };
  for (const Case& c : {Case{"IP:127.0.0.1", -7'200, -3'600, CertificateFault::expired},
                        Case{"IP:127.0.0.1", 3'600, 7'200, CertificateFault::not_yet_valid},
                        Case{"DNS:elsewhere.example", -60, 3'600, CertificateFault::other_name}}) {
    CAPTURE(int(c.fault));
    const auto bad = probe_of(SelfSigned(c.name, c.from, c.until));
    CHECK(int(bad.fault) == int(c.fault));
    CHECK(int(bad.reached) == int(Reached::connection));
    CHECK_FALSE(bad.reply);
    REQUIRE(bad.certificate);
    const auto left =
        std::chrono::round<std::chrono::seconds>(bad.certificate->not_after - base::SystemClock().now());
    CHECK(std::abs(left.count() - c.until) < 30);
  }
}

TEST_CASE("probe: an authority that nobody named is told as unknown, and a wrong pin as another fault") {
  const SelfSigned identity("IP:127.0.0.1"), other("IP:127.0.0.1");
  const TestServer server(http::Options{.tls = identity.tls()});
  const auto unknown = probe(server.server->url());
  CHECK(int(unknown.fault) == int(CertificateFault::unknown_issuer));
  CHECK(unknown.certificate.has_value());
  const auto pinned =
      probe(server.server->url(), {.ca_file = identity.certificate(), .public_key_pin = other.pin()});
  CHECK(int(pinned.fault) == int(CertificateFault::other));
}

TEST_CASE("probe: whom it does not believe gets no request") {
  const SelfSigned identity("DNS:elsewhere.example");
  http::Router router;
  std::atomic<int> requests = 0;
  router.add({"GET", "/healthz", "anyone", http::at_once([&](const http::Request&) {
                ++requests;
                return http::Response::text(200, "ok\n");
              })});
  http::Options options;
  options.tls = identity.tls();
  const auto server = std::move(http::Server::create(options, std::move(router), base::silent_log()).value());
  auto client = net::CurlHttpClient::create({.ca_file = identity.certificate()});
  REQUIRE(client);
  const net::HttpRequest request{.url = server->url() + "/healthz"};
  auto probed = (*client)->probe(request);
  REQUIRE(probed);
  CHECK(int(probed->fault) == int(CertificateFault::other_name));
  CHECK(probed->certificate.has_value());
  // Nor does the connection over which the certificate was read carry the next one.
  CHECK_FALSE((*client)->send(request).has_value());
  CHECK(requests == 0);
}
