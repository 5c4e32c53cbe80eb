// SPDX-License-Identifier: Apache-2.0
#include "core/base/fold.h"

#include <doctest/doctest.h>

using namespace halte::base;

TEST_CASE("fold: what one language writes in two ways is one") {
  struct Pair {
    const char *one, *other;
  };
  for (const auto& [one, other] :
       {Pair{"CAFÉ", "cafe"}, Pair{"cafe\u0301", "café"}, Pair{"coöperatie", "cooperatie"},
        Pair{"IJsbrand", "\u0133sbrand"}, Pair{"STRASSE", "Straße"}, Pair{"STRA\u1E9EE", "straße"},
        Pair{"GRÖSSE", "größe"}, Pair{"IŞIK", "ışık"}, Pair{"İSTANBUL", "istanbul"}, Pair{"KİTAP", "kitap"},
        Pair{"Źródło", "zrodlo"}, Pair{"Œuvre", "oeuvre"}, Pair{"أحمد", "احمد"}, Pair{"مُمْتَاز", "ممتاز"},
        Pair{"مـــمتاز", "ممتاز"}, Pair{"خدمة", "خدمه"}, Pair{"على", "علي"}, Pair{"ОЧЕНЬ", "очень"},
        Pair{"ΛΟΓΟΣ", "λογος"}})
    CHECK_MESSAGE(fold(one) == fold(other), one, " and ", other);
}

TEST_CASE("fold: what it does not know stays as it is, broken bytes too") {
  for (const char* text : {"", "12 × 3 ÷ 4", "你好", "😀 …", "\xFF\xC3", "a\x80z"}) CHECK(fold(text) == text);
}

TEST_CASE("fold: words are what stands between spaces") {
  CHECK(folded_words("  Lange  RIJ\tbij de\nkassa ") ==
        std::vector<std::string>{"lange", "rij", "bij", "de", "kassa"});
  CHECK(folded_words(" \n").empty());
}
