// SPDX-License-Identifier: Apache-2.0
#include "core/base/utf8.h"

#include <doctest/doctest.h>

using namespace halte::base;
using namespace std::string_literals;

TEST_CASE("utf8: every first and last character of each length is whole, and its neighbours are not") {
  for (const char* text : {"", "a", "\x7F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF",
                           "\U00010000", "\U0010FFFF", "é€😀"})
    CHECK(valid_utf8(text) == std::string_view(text).size());
  for (const char* text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3", "\xE2\x82", "\xF0\x9F\x98", "\xE2\x28\xA1"})
    CHECK(valid_utf8("ab"s + text) == 2);
}

TEST_CASE("utf8: cleaning replaces what is no text byte by byte, and leaves the rest") {
  CHECK(clean_utf8("é€😀") == "é€😀");
  CHECK(clean_utf8("a\xFF"
                   "b"s) ==
        "a\uFFFD"
        "b");
  CHECK(clean_utf8("a\0b"s) ==
        "a\uFFFD"
        "b");
  CHECK(clean_utf8("\xE2\x82") == "\uFFFD\uFFFD");
  CHECK(clean_utf8("\xE2\x82"
                   "A") ==
        "\uFFFD\uFFFD"
        "A");
}
