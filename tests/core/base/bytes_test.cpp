// SPDX-License-Identifier: Apache-2.0
#include "core/base/bytes.h"

#include <doctest/doctest.h>

using namespace halte::base;

TEST_CASE("crockford: ten bytes make sixteen characters and come back, also with dashes and look-alikes") {
  Bytes bytes{0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0xff};
  std::string code = to_crockford(bytes);
  CHECK(code.size() == 16);
  CHECK(from_crockford(in_groups(code), 10) == bytes);
  CHECK(from_crockford("oIl0-0000-0000-0000", 10) == from_crockford("0110000000000000", 10));
}

TEST_CASE("crockford: a wrong length or a foreign character is refused") {
  CHECK_FALSE(from_crockford("ABCD", 10));
  CHECK_FALSE(from_crockford("UUUU-UUUU-UUUU-UUUU", 10));
}

TEST_CASE("hex and base64url: round trip, and refuse what is not theirs") {
  Bytes bytes{0xde, 0xad, 0xbe, 0xef, 0x01};
  CHECK(from_hex(to_hex(bytes)) == bytes);
  CHECK(from_base64url(to_base64url(bytes)) == bytes);
  CHECK_FALSE(from_hex("abc"));
  CHECK_FALSE(from_hex("zz"));
  CHECK_FALSE(from_base64url("a+b/"));
  CHECK_FALSE(from_base64url("YQ=="));
}
