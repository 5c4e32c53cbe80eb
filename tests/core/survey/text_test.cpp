// SPDX-License-Identifier: Apache-2.0
#include "core/survey/text.h"

#include <doctest/doctest.h>

#include "core/survey/script_value.h"

using namespace halte::survey;

TEST_CASE("text: lower case covers the alphabets of Europe and the final sigma") {
  CHECK(lower_case("ÀÉÎÖŠŁĄĐ") == "àéîöšłąđ");
  CHECK(lower_case("ΟΔΟΣ ΣΑΣ") == "οδος σας");
  CHECK(lower_case("ЖЁЇ") == "жёї");
  CHECK(lower_case("İI") == "i̇i");
  CHECK(lower_case("ẞ\xFF") == "ß\uFFFD");
}

TEST_CASE("text: trimming takes no-break and wide spaces too") {
  CHECK(trim("\u00A0\u3000 a b\t\n\uFEFF") == "a b");
  CHECK(trim(" \u2003 ").empty());
}

TEST_CASE("text: length and order are those of UTF-16") {
  CHECK(utf16_length("aé\U0001F600") == 4);
  CHECK(compare_utf16("\U0001F600", "\uFFFD") < 0);
  CHECK(compare_utf16("a", "ab") < 0);
  CHECK(compare_utf16("b", "ab") > 0);
  CHECK(compare_utf16("é", "é") == 0);
}

TEST_CASE("script: numbers are written as the script writes them") {
  auto text = [](double number) { return script::to_text({number}); };
  CHECK(text(1) == "1");
  CHECK(text(-0.0) == "0");
  CHECK(text(0.1) == "0.1");
  CHECK(text(1e21) == "1e+21");
  CHECK(text(123456789012345680000.0) == "123456789012345680000");
  CHECK(text(1e-7) == "1e-7");
  CHECK(text(1.5e-7) == "1.5e-7");
  CHECK(text(0.000001) == "0.000001");
}
