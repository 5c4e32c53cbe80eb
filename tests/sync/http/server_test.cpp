// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/server.h"

#include "sync/server/http/compression.h"
#include "tests/sync/http/test_server.h"

using namespace halte;
using namespace halte::http;

TEST_CASE("server: one connection serves request after request") {
  const TestServer test;
  auto client = test.connect();
  for (int i = 0; i < 3; ++i) {
    client.send(get("/healthz"));
    const auto reply = client.reply();
    CHECK(status_of(reply) == 200);
    CHECK(body_of(reply) == "ok");
    CHECK(has_field(reply, "Connection: keep-alive"));
  }
  CHECK(test.server->connections() == 1);
}

TEST_CASE("server: pipelined requests are answered in order") {
  const TestServer test;
  auto client = test.connect();
  client.send(get("/slow") + post("/echo", "second") + get("/healthz"));
  CHECK(body_of(client.reply()) == "slow");
  CHECK(body_of(client.reply()) == "second");
  CHECK(body_of(client.reply()) == "ok");
}

TEST_CASE("server: Connection: close and HTTP/1.0 end after one answer") {
  const TestServer test;
  auto one = test.connect();
  one.send(get("/healthz", "Connection: close\r\n"));
  CHECK(has_field(one.reply(), "Connection: close"));
  CHECK(one.closed());
  auto old = test.connect();
  old.send("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n");
  CHECK(status_of(old.reply()) == 200);
  CHECK(old.closed());
}

TEST_CASE("server: a handler sees decoded path and query") {
  const TestServer test;
  auto client = test.connect();
  client.send(get("/seen/caf%C3%A9%2F1?q=a+b%26c"));
  const auto seen = base::parse_json(body_of(client.reply()), "reply");
  REQUIRE(seen);
  CHECK((*seen)["id"] == "café/1");
  CHECK((*seen)["q"] == "a b&c");
  CHECK((*seen)["address"] == "127.0.0.1");
  CHECK((*seen)["secure"] == false);
}

TEST_CASE("server: an unknown path is 404, a wrong method 405 with Allow") {
  const TestServer test;
  auto client = test.connect();
  client.send(get("/nowhere"));
  const auto unknown = client.reply();
  CHECK(status_of(unknown) == 404);
  CHECK(has_field(unknown, "Content-Type: application/problem+json"));
  CHECK(body_of(unknown).find("/problems/301") != std::string::npos);
  client.send(get("/echo"));
  const auto wrong = client.reply();
  CHECK(status_of(wrong) == 405);
  CHECK(has_field(wrong, "Allow: POST, OPTIONS"));
  client.send("OPTIONS /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
  const auto options = client.reply();
  CHECK(status_of(options) == 204);
  CHECK(has_field(options, "Allow: GET, HEAD, OPTIONS"));
}

TEST_CASE("server: HEAD has the length of the body and not the body") {
  const TestServer test;
  auto client = test.connect();
  client.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + get("/healthz"));
  const auto both = client.until("ok");
  CHECK(status_of(both) == 200);
  CHECK(has_field(both, "Content-Length: 2"));
  CHECK(body_of(both).starts_with("HTTP/1.1 200 OK\r\n"));
}

TEST_CASE("server: every answer carries the security headers, HSTS only over TLS") {
  const TestServer test;
  auto client = test.connect();
  for (const auto* path : {"/healthz", "/nowhere", "/throws"}) {
    client.send(get(path));
    const auto reply = client.reply();
    CHECK(reply.find("Content-Security-Policy: default-src 'none'; script-src 'self';") != std::string::npos);
    CHECK(has_field(reply, "X-Content-Type-Options: nosniff"));
    CHECK(has_field(reply, "Referrer-Policy: no-referrer"));
    CHECK(has_field(reply, "Cross-Origin-Opener-Policy: same-origin"));
    CHECK(has_field(reply, "Cache-Control: no-store"));
    CHECK(reply.find("Strict-Transport-Security") == std::string::npos);
  }
}

TEST_CASE("server: a handler that throws or drops its reply answers 500, without its words") {
  const TestServer test;
  auto client = test.connect();
  for (const auto* path : {"/throws", "/dropped"}) {
    client.send(get(path));
    const auto reply = client.reply();
    CHECK(status_of(reply) == 500);
    CHECK(reply.find("on purpose") == std::string::npos);
  }
}

TEST_CASE("server: a chunked body arrives whole, whatever its pieces") {
  const TestServer test;
  auto client = test.connect();
  const std::string message =
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "4\r\nWiki\r\n5;note=1\r\npedia\r\n0\r\nTrailer: x\r\n\r\n";
  client.send(message);
  CHECK(body_of(client.reply()) == "Wikipedia");
  for (const char c : message) client.send({&c, 1});
  CHECK(body_of(client.reply()) == "Wikipedia");
}

TEST_CASE("server: Expect: 100-continue is answered before the body") {
  const TestServer test;
  auto client = test.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("abc");
  CHECK(body_of(client.reply()) == "abc");
}

TEST_CASE("server: gzip and zstd bodies are undone, and a bomb is refused") {
  const TestServer test;
  auto client = test.connect();
  const std::string text(5'000, 'x');
  for (const std::string encoding : {"gzip", "zstd"}) {
    client.send(post("/echo", compress(encoding, text), "Content-Encoding: " + encoding + "\r\n"));
    CHECK(body_of(client.reply()) == text);
    const std::string bomb = compress(encoding, std::string((8u << 20) + 1, '\0'));
    CHECK(bomb.size() < 20'000);
    client.send(post("/echo", bomb, "Content-Encoding: " + encoding + "\r\n"));
    CHECK(status_of(client.reply()) == 413);
  }
  client.send(post("/echo", "x", "Content-Encoding: br\r\n"));
  CHECK(status_of(client.reply()) == 415);
}

TEST_CASE("server: JSON above 1 KiB is compressed for who accepts it") {
  const TestServer test;
  auto client = test.connect();
  const std::string plain = "\"" + std::string(50'000, 'a') + "\"";
  client.send(get("/large"));
  CHECK(body_of(client.reply()) == plain);
  for (const std::string encoding : {"gzip", "zstd"}) {
    client.send(get("/large", "Accept-Encoding: br, " + encoding + "\r\n"));
    const auto reply = client.reply();
    CHECK(has_field(reply, "Content-Encoding: " + encoding));
    CHECK(has_field(reply, "Vary: Accept-Encoding"));
    CHECK(decompress(encoding, body_of(reply), 1u << 20).value() == plain);
  }
}

TEST_CASE(
    "server: a body over the limit is 413, by its length or by its chunks, and the route's limit counts") {
  const TestServer test;
  auto declared = test.connect();
  declared.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n");
  CHECK(status_of(declared.reply()) == 413);
  CHECK(declared.closed());
  auto chunked = test.connect();
  chunked.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n");
  CHECK(status_of(chunked.reply()) == 413);
  CHECK(chunked.closed());
  auto small = test.connect();
  small.send(post("/small", std::string(100, 'x')));
  CHECK(status_of(small.reply()) == 200);
  small.send(post("/small", std::string(101, 'x')));
  CHECK(status_of(small.reply()) == 413);
  auto whole = test.connect();
  whole.send(post("/echo", std::string(1u << 20, 'x')));
  CHECK(body_of(whole.reply()).size() == 1u << 20);
}

TEST_CASE("server: who sent too large a body can still read the answer") {
  const TestServer test;
  auto client = test.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3000000\r\n\r\n" +
              std::string(3'000'000, 'x'));
  CHECK(status_of(client.reply()) == 413);
}

TEST_CASE("server: a taken port is named, with what to do") {
  const TestServer test;
  Options options;
  options.port = test.server->port();
  const auto second = Server::create(options, Router(), base::silent_log());
  REQUIRE(!second);
  CHECK(second.error().kind == base::ErrorKind::lacking);
  CHECK(second.error().subject == "127.0.0.1:" + std::to_string(options.port));
  CHECK(second.error().cause.find("choose another port") != std::string::npos);
}

TEST_CASE("server: what is no address or no network is refused before anything listens") {
  Options options;
  options.address = "somewhere";
  CHECK(Server::create(options, Router(), base::silent_log()).error().kind == base::ErrorKind::invalid);
  Options proxies;
  proxies.trusted_proxies = {"10.0.0.0/33"};
  CHECK(Server::create(proxies, Router(), base::silent_log()).error().subject == "10.0.0.0/33");
}

TEST_CASE("server: a forwarded address counts only from a trusted proxy") {
  const std::string fields = "X-Forwarded-For: 203.0.113.7, 198.51.100.1\r\nX-Forwarded-Proto: https\r\n";
  const TestServer open;
  auto stranger = open.connect();
  stranger.send(get("/seen/1", fields));
  CHECK(body_of(stranger.reply()).find("\"127.0.0.1\"") != std::string::npos);
  Options options;
  options.trusted_proxies = {"127.0.0.0/8", "198.51.100.1"};
  const TestServer behind(options);
  auto proxy = behind.connect();
  proxy.send(get("/seen/1", fields));
  const auto reply = proxy.reply();
  CHECK(body_of(reply).find("\"203.0.113.7\"") != std::string::npos);
  CHECK(body_of(reply).find("\"secure\":true") != std::string::npos);
  CHECK(has_field(reply, "Strict-Transport-Security: max-age=31536000"));
}

TEST_CASE("server: each answered request is observed once, by its pattern") {
  std::mutex mutex;
  std::vector<std::string> seen;
  Options options;
  options.observe = [&](const Served& served) {
    const std::lock_guard lock(mutex);
    seen.push_back(served.method + " " + served.route + " " + std::to_string(served.status));
  };
  const TestServer test(options);
  auto client = test.connect();
  client.send(get("/seen/42") + get("/nowhere"));
  client.reply();
  client.reply();
  const std::lock_guard lock(mutex);
  REQUIRE(seen.size() == 2);
  CHECK(seen[0] == "GET /seen/{id} 200");
  CHECK(seen[1] == "GET  404");
}
