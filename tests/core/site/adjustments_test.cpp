// SPDX-License-Identifier: Apache-2.0
#include "core/site/adjustments.h"

#include <doctest/doctest.h>

using namespace halte::site;

TEST_CASE("adjustments: what cannot be read, or is out of its range, is as it is without") {
  CHECK(parse_adjustments("") == Adjustments{});
  CHECK(parse_adjustments("[1]") == Adjustments{});
  const Adjustments read = parse_adjustments(
      R"({"brightness": 3, "volume": "loud", "diagonal_in": 900, "proxy": "ftp://x", "language": "nl",
          "sleep": {"mode": "always", "from": 1440}})");
  CHECK(read == Adjustments{.language = "nl"});
}

TEST_CASE("adjustments: to be without a proxy is something else than to have set none") {
  Adjustments set;
  CHECK_FALSE(parse_adjustments(to_text(set)).proxy);
  set.proxy = "";
  CHECK(parse_adjustments(to_text(set)).proxy == "");
}

TEST_CASE("adjustments: a proxy is an address without a path") {
  for (const char* good : {"http://proxy:3128", "https://user:word@proxy.example.nl:8080", "http://10.0.0.1"})
    CHECK_MESSAGE(is_proxy(good), good);
  for (const char* bad : {"", "proxy:3128", "socks5://proxy", "http://", "http://proxy/path", "http://a b"})
    CHECK_FALSE_MESSAGE(is_proxy(bad), bad);
}
