// SPDX-License-Identifier: Apache-2.0
#include "sync/server/http/message.h"

#include <doctest/doctest.h>

#include <set>

#include "sync/server/http/addresses.h"
#include "sync/server/http/compression.h"
#include "sync/server/http/problem.h"

using namespace halte;
using namespace halte::http;

TEST_CASE("message: header names compare without case, set replaces, add keeps") {
  Headers headers{{"Content-Type", "a"}, {"content-type", "b"}};
  CHECK(headers.get("CONTENT-TYPE") == "a");
  headers.set("Content-type", "c");
  CHECK(headers.all().size() == 1);
  headers.add("Link", "1");
  headers.add("Link", "2");
  CHECK(headers.all().size() == 3);
  headers.set_default("link", "3");
  CHECK(headers.get("Link") == "1");
}

TEST_CASE("message: percent-decoding takes UTF-8 only") {
  CHECK(percent_decode("a%20b%2B+") == "a b++");
  CHECK(percent_decode("a+b", true) == "a b");
  CHECK(percent_decode("%E2%82%AC") == "€");
  for (const auto* wrong :
       {"%", "%4", "%zz", "%00", "%ff", "%C0%AF", "%ED%A0%80", "%F5%80%80%80", "%E2%82"}) {
    CAPTURE(std::string(wrong));
    CHECK_FALSE(percent_decode(wrong).has_value());
  }
}

TEST_CASE("message: percent-encoding is undone by decoding") {
  const std::string text = "a b/ü&=+%~-._";
  CHECK(percent_encode(text) == "a%20b%2F%C3%BC%26%3D%2B%25~-._");
  CHECK(percent_decode(percent_encode(text)) == text);
}

TEST_CASE("message: forms keep order, doubles and empty values") {
  const auto form = parse_form("a=1&b=&a=2&&c&d=x%3Dy=z");
  REQUIRE(form);
  CHECK(form->all() == Pairs{{"a", "1"}, {"b", ""}, {"a", "2"}, {"c", ""}, {"d", "x=y=z"}});
  CHECK(form->get("a") == "1");
  CHECK(form->get_or("e", "none") == "none");
  CHECK_FALSE(parse_form("a=%").has_value());
  std::string many;
  for (int i = 0; i < 257; ++i) many += "a=1&";
  CHECK_FALSE(parse_form(many).has_value());
}

TEST_CASE("message: cookies are read by their exact name and set with every guard") {
  Request request;
  request.headers.add("Cookie", "x=1; __Host-session=abc=d ; session=no");
  CHECK(cookie(request, "__Host-session") == "abc=d");
  CHECK(cookie(request, "session") == "no");
  CHECK_FALSE(cookie(request, "sess").has_value());
  Response response;
  set_cookie(response, {"__Host-session", "abc", 60});
  CHECK(response.headers.get("Set-Cookie") ==
        "__Host-session=abc; Path=/; SameSite=Strict; Max-Age=60; Secure; HttpOnly");
}

TEST_CASE("message: Accept-Encoding obeys weights, If-None-Match compares weakly") {
  CHECK(accepts_encoding("br, GZIP;q=0.5", "gzip"));
  CHECK_FALSE(accepts_encoding("gzip;q=0, br", "gzip"));
  CHECK_FALSE(accepts_encoding("gzip;q=0.000", "gzip"));
  CHECK(accepts_encoding("gzip;q=0.001", "gzip"));
  CHECK_FALSE(accepts_encoding("xgzip", "gzip"));
  CHECK(etag_matches("\"a\", W/\"b\"", "\"b\""));
  CHECK(etag_matches("\"b\"", "W/\"b\""));
  CHECK(etag_matches("*", "\"b\""));
  CHECK_FALSE(etag_matches("\"a\"", "\"b\""));
}

TEST_CASE("compression: both ways and back, and what is broken or cut is refused") {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += std::to_string(i * 7919);
  for (const std::string encoding : {"gzip", "zstd"}) {
    CAPTURE(encoding);
    const auto packed = compress(encoding, text);
    CHECK(decompress(encoding, packed, text.size()).value() == text);
    CHECK(decompress(encoding, packed, text.size() - 1).error().kind == base::ErrorKind::refused);
    CHECK(decompress(encoding, packed.substr(0, packed.size() - 1), text.size()).error().kind ==
          base::ErrorKind::invalid);
    CHECK(decompress(encoding, "not packed", 100).error().kind == base::ErrorKind::invalid);
    CHECK(decompress(encoding, "", 100).error().kind == base::ErrorKind::invalid);
    CHECK(decompress(encoding, packed + packed, 2 * text.size()).value() == text + text);
    CHECK(decompress(encoding, compress(encoding, ""), 100).value().empty());
  }
}

TEST_CASE("compression: a strong ETag becomes weak, an encoded body stays as it is") {
  Response response = Response::json(200, base::Json(std::string(5'000, 'a')));
  response.headers.set("ETag", "\"v1\"");
  compress_for("gzip", response);
  CHECK(response.headers.get("ETag") == "W/\"v1\"");
  const std::string once = response.body;
  compress_for("gzip", response);
  CHECK(response.body == once);
  Response image = Response::file("a.png", "image/png", std::string(5'000, 'a'));
  compress_for("gzip", image);
  CHECK(image.body.size() == 5'000);
}

TEST_CASE("problems: every number stands once, with a title and an error status") {
  std::set<int> numbers;
  for (const auto& entry : problems()) {
    CHECK(numbers.insert(static_cast<int>(entry.problem)).second);
    CHECK(entry.status >= 400);
    const auto document = base::parse_json(problem(entry.problem, "why").body, "problem").value();
    CHECK(document["type"] == "/problems/" + std::to_string(static_cast<int>(entry.problem)));
    CHECK(document["status"] == entry.status);
    CHECK(document["title"] == entry.title);
    CHECK(document["detail"] == "why");
  }
}

TEST_CASE("problems: an inner failure does not show its words, a wrong input does") {
  const base::Error inner{"hq.db", "disk I/O error", "reading", base::ErrorKind::failed};
  CHECK(problem_for(inner).status == 500);
  CHECK(problem_for(inner).body.find("hq.db") == std::string::npos);
  const base::Error wrong{"limit", "is not a number", "", base::ErrorKind::invalid};
  CHECK(problem_for(wrong).status == 422);
  CHECK(problem_for(wrong).body.find("is not a number") != std::string::npos);
  const base::Error locked{"hq.db", "locked", "", base::ErrorKind::unavailable};
  CHECK(problem_for(locked).headers.get("Retry-After") == "5");
}

TEST_CASE("addresses: networks of both families, and IPv4 mapped into IPv6") {
  const auto set = AddressSet::create({"10.0.0.0/8", "192.168.1.7", "2001:db8::/33", "::1"});
  REQUIRE(set);
  for (const auto* in : {"10.255.0.1", "::ffff:10.0.0.1", "192.168.1.7", "2001:db8:7fff::1", "::1"}) {
    CAPTURE(std::string(in));
    CHECK(set->contains(in));
  }
  for (const auto* out : {"11.0.0.1", "192.168.1.8", "2001:db8:8000::1", "::2", "", "x"}) {
    CAPTURE(std::string(out));
    CHECK_FALSE(set->contains(out));
  }
  for (const auto* wrong : {"10.0.0.0/", "10.0.0.0/33", "10.0.0", "a", "", "::/129"}) {
    CAPTURE(std::string(wrong));
    CHECK_FALSE(AddressSet::create({wrong}).has_value());
  }
}

TEST_CASE("addresses: a client can't choose its own address through a proxy") {
  const auto trusted = AddressSet::create({"10.0.0.0/8"}).value();
  Headers headers{{"X-Forwarded-For", "1.1.1.1, 203.0.113.9"}, {"x-forwarded-for", "10.0.0.2"}};
  CHECK(client_address(headers, "10.0.0.1", trusted) == "203.0.113.9");
  CHECK(client_address(headers, "203.0.113.5", trusted) == "203.0.113.5");
  CHECK(client_address({{"X-Forwarded-For", "nonsense"}}, "10.0.0.1", trusted) == "10.0.0.1");
  CHECK(client_address({}, "10.0.0.1", trusted) == "10.0.0.1");
}
