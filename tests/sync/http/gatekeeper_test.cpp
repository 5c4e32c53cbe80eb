// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/gatekeeper.h"

#include <vector>

#include "tests/sync/http/test_server.h"

using namespace halte;
using namespace halte::http;

namespace {

struct Case {
  std::string name;
  std::string head;
};

using namespace std::string_literals;

// Every head that two programs could read in two ways.
std::vector<Case> ambiguous_heads() {
  const std::string post = "POST /echo HTTP/1.1\r\nHost: a\r\n";
  return {
      {"Transfer-Encoding: gzip, chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n"},
      {"Transfer-Encoding: identity", post + "Transfer-Encoding: identity\r\n\r\n"},
      {"Transfer-Encoding: xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n"},
      {"Transfer-Encoding: Chunked", post + "Transfer-Encoding: Chunked\r\n\r\n"},
      {"vertical tab before chunked", post + "Transfer-Encoding: \x0b"
                                             "chunked\r\n\r\n"},
      {"two Transfer-Encodings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"Transfer-Encoding in HTTP/1.0",
       "POST /echo HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"Transfer-Encoding beside Content-Length",
       post + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n"},
      {"Content-Length beside Transfer-Encoding",
       post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"},
      {"no Host", "GET / HTTP/1.1\r\n\r\n"},
      {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
      {"an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n"},
      {"two hosts in one Host", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"},
      {"a path in Host", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"},
      {"a folded field", "GET / HTTP/1.1\r\nHost: a\r\nX: one\r\n two\r\n\r\n"},
      {"a field folded by a tab", "GET / HTTP/1.1\r\nHost: a\r\nX: one\r\n\ttwo\r\n\r\n"},
      {"a first field that begins with a space", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"},
      {"two Content-Lengths that differ", post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\n"},
      {"two Content-Lengths alike", post + "Content-Length: 3\r\nContent-Length: 3\r\n\r\n"},
      {"a list in Content-Length", post + "Content-Length: 3, 3\r\n\r\n"},
      {"a signed Content-Length", post + "Content-Length: +3\r\n\r\n"},
      {"a negative Content-Length", post + "Content-Length: -3\r\n\r\n"},
      {"a hexadecimal Content-Length", post + "Content-Length: 0x3\r\n\r\n"},
      {"an overflowing Content-Length", post + "Content-Length: 18446744073709551619\r\n\r\n"},
      {"an empty Content-Length", post + "Content-Length:\r\n\r\n"},
      {"bare line feeds", "GET / HTTP/1.1\nHost: a\n\n"},
      {"one bare line feed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"},
      {"a bare carriage return", "GET / HTTP/1.1\r\nHost: a\rX: b\r\n\r\n"},
      {"a NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: b\0c\r\n\r\n"s},
      {"a NUL in the target", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"s},
      {"a space before the colon", post + "Content-Length : 3\r\n\r\n"},
      {"a tab before the colon", post + "Content-Length\t: 3\r\n\r\n"},
      {"no colon", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length 3\r\n\r\n"},
      {"an empty field name", "GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n"},
      {"a control character in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n"},
      {"a delete character in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: \x7f\r\n\r\n"},
      {"an empty line first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"two spaces in the request line", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"a space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"no version", "GET /\r\nHost: a\r\n\r\n"},
      {"version 2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"},
      {"version 1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n"},
      {"a lower-case version", "GET / http/1.1\r\nHost: a\r\n\r\n"},
      {"an absolute target", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"a fragment", "GET /#a HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"a byte above ASCII in the target", "GET /\xe9 HTTP/1.1\r\nHost: a\r\n\r\n"},
      {"a method with a slash", "GE/T / HTTP/1.1\r\nHost: a\r\n\r\n"},
  };
}

}  // namespace

TEST_CASE("gatekeeper: every ambiguous head is refused as a pure function") {
  for (const auto& [name, head] : ambiguous_heads()) {
    CAPTURE(name);
    const auto end = end_of_head(head);
    REQUIRE(end.has_value());
    CHECK(refuse_head(std::string_view(head).substr(0, *end)).has_value());
  }
}

TEST_CASE("gatekeeper: every ambiguous head is answered 400 and closed on a socket") {
  const TestServer test;
  for (const auto& [name, head] : ambiguous_heads()) {
    CAPTURE(name);
    auto client = test.connect();
    client.send(head);
    const auto reply = client.reply();
    CHECK(status_of(reply) == 400);
    CHECK(has_field(reply, "Connection: close"));
    CHECK(client.closed());
  }
}

TEST_CASE("gatekeeper: what is smuggled behind a refused head is not answered") {
  const TestServer test;
  auto client = test.connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
      get("/healthz"));
  const auto all = client.until_closed();
  CHECK(status_of(all) == 400);
  CHECK(all.find("HTTP/1.1", 1) == std::string::npos);
}

TEST_CASE("gatekeeper: ordinary heads pass") {
  for (const std::string head : {
           "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
           "GET /a?b=c&d=%20 HTTP/1.0\r\nhost: [::1]:8080\r\n\r\n",
           "POST / HTTP/1.1\r\nHost:a:1\r\nContent-Length:  12 \r\nX: \xc3\xa9\ttab\r\nEmpty:\r\n\r\n",
           "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
           "POST / HTTP/1.1\r\nHost: a\r\nTRANSFER-ENCODING: chunked\r\n\r\n",
       }) {
    CAPTURE(head);
    CHECK(end_of_head(head) == head.size());
    CHECK_FALSE(refuse_head(head).has_value());
  }
}

TEST_CASE("gatekeeper: a hundred fields pass, more do not") {
  std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (int i = 0; i < 99; ++i) head += "X: y\r\n";
  CHECK_FALSE(refuse_head(head + "\r\n").has_value());
  CHECK(refuse_head(head + "X: y\r\n\r\n").has_value());
}

TEST_CASE("gatekeeper: the head ends at its empty line and not before") {
  CHECK_FALSE(end_of_head("GET / HTTP/1.1\r\nHost: a\r\n").has_value());
  CHECK(end_of_head("a\r\n\r\nbody") == 5);
  CHECK(end_of_head("a\n\nbody") == 3);
}

TEST_CASE("gatekeeper: a header above 8 KiB is 431, whether it ends or not") {
  const TestServer test;
  auto endless = test.connect();
  endless.send("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'x'));
  CHECK(status_of(endless.reply()) == 431);
  CHECK(endless.closed());
  auto whole = test.connect();
  whole.send(get("/healthz", "X: " + std::string(9'000, 'x') + "\r\n"));
  CHECK(status_of(whole.reply()) == 431);
  auto fits = test.connect();
  fits.send(get("/healthz", "X: " + std::string(8'000, 'x') + "\r\n"));
  CHECK(status_of(fits.reply()) == 200);
}

TEST_CASE("gatekeeper: malformed chunks are 400 and closed") {
  const TestServer test;
  const std::string head = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string many_extensions;
  for (int i = 0; i < 100; ++i) many_extensions += "1;x=" + std::string(100, 'y') + "\r\na\r\n";
  const std::vector<Case> cases = {
      {"no number", head + "x\r\nabc\r\n0\r\n\r\n"},
      {"a negative number", head + "-1\r\nabc\r\n0\r\n\r\n"},
      {"0x before the number", head + "0x3\r\nabc\r\n0\r\n\r\n"},
      {"an overflowing number", head + "10000000000000003\r\nabc\r\n0\r\n\r\n"},
      {"a bare line feed after the number", head + "3\nabc\r\n0\r\n\r\n" + std::string(9'000, 'x')},
      {"more data than the number", head + "3\r\nabcd\r\n0\r\n\r\n"},
      {"one extension above the header limit",
       head + "3;x=" + std::string(9'000, 'y') + "\r\nabc\r\n0\r\n\r\n"},
      {"extensions above the header limit together", head + many_extensions + "0\r\n\r\n"},
      {"trailers above the header limit", head + "0\r\nX: " + std::string(9'000, 'y') + "\r\n\r\n"},
  };
  for (const auto& [name, bytes] : cases) {
    CAPTURE(name);
    auto client = test.connect();
    client.send(bytes);
    const int status = status_of(client.reply());
    CHECK((status == 400 || status == 413));
    CHECK(client.closed());
  }
}

TEST_CASE("gatekeeper: a trailer does not become a header") {
  Router router;
  router.add({"POST", "/", "anyone", at_once([](const Request& request) {
                return Response::text(200,
                                      std::string(request.headers.get("Authorization").value_or("none")));
              })});
  const auto server = Server::create({}, std::move(router), base::silent_log());
  REQUIRE(server);
  RawClient client((*server)->port());
  client.send(
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: me\r\n\r\n");
  CHECK(body_of(client.reply()) == "none");
}
