// SPDX-License-Identifier: Apache-2.0
#include "core/base/po.h"

#include <doctest/doctest.h>

#include <string>

using namespace halte::base;

namespace {

const std::string kHeader =
    "msgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

std::string refusal_of(const std::string& text) {
  auto file = read_po(text, "x.po");
  return file ? "" : to_string(file.error());
}

}  // namespace

TEST_CASE("po: what is written is read again") {
  PoFile file{{{"Language", "pt-BR"}}, {}};
  file.entries.push_back({"a/title", "One \"two\" \\ three\tfour", "Ein\nzwei\ndrei", false});
  file.entries.push_back({"b", "العربية", "", true});
  file.entries.push_back({"", "no context", "x\n", false});
  file.entries.push_back({"c", "", "", false});
  auto read = read_po(write_po(file), "x.po");
  REQUIRE(read);
  CHECK(read->header.at("Language") == "pt-BR");
  CHECK(read->header.at("MIME-Version") == "1.0");
  REQUIRE(read->entries.size() == 4);
  for (std::size_t i = 0; i < 4; ++i) {
    read->entries[i].line = 0;
    CHECK(read->entries[i] == file.entries[i]);
  }
}

TEST_CASE("po: files of other programs are read, with comments, continued lines and obsolete entries") {
  auto read = read_po("# by hand\r\n" + kHeader +
                          "#. for translators\n#: a.json:1\n#, fuzzy, c-format\n#| msgid \"old\"\n"
                          "msgctxt \"a\"\n  msgid \"\"\n\"two \"\n\"parts\"\nmsgstr \"zwei\" \"\"\n",
                      "x.po");
  CHECK_FALSE(read);  // two texts on one line are no .po
  read = read_po("# by hand\r\n" + kHeader +
                     "#. for translators\n#: a.json:1\n#, fuzzy, c-format\n#| msgid \"old\"\n"
                     "msgctxt \"a\"\n  msgid \"\"\n\"two \"\n\"parts\"\nmsgstr \"zwei\"\n#~ msgid "
                     "\"gone\"\n#~ msgstr \"weg\"\n",
                 "x.po");
  REQUIRE(read);
  REQUIRE(read->entries.size() == 1);
  CHECK(read->entries[0] == PoEntry{"a", "two parts", "zwei", true, 12});
}

TEST_CASE("po: a hostile file is refused with its line") {
  CHECK(refusal_of("") == "x.po: line 0: has no header, while reading translations");
  CHECK(refusal_of("msgid \"a\"\nmsgstr \"b\"\n").find("before the header") != std::string::npos);
  auto in_entry = [](const std::string& rest) { return refusal_of(kHeader + rest); };
  CHECK(in_entry("msgid \"a\"\nmsgstr \"b\n").find("line 7: the quote is not closed") != std::string::npos);
  CHECK(in_entry("msgid \"a\\").find("line 6: an escape") != std::string::npos);
  CHECK(in_entry("msgid \"\\x41\"\nmsgstr \"\"\n").find("line 6: an escape") != std::string::npos);
  CHECK(in_entry("msgid \"a\"\n").find("no msgstr") != std::string::npos);
  CHECK(in_entry("msgid \"a\"\nmsgid_plural \"as\"\nmsgstr[0] \"b\"\n").find("plural") != std::string::npos);
  CHECK(in_entry("msgstr \"a\"\n").find("without a msgid") != std::string::npos);
  CHECK(in_entry("msgid \"a\"\nmsgctxt \"c\"\nmsgstr \"\"\n").find("before the msgstr") != std::string::npos);
  CHECK(in_entry("msgid a\n").find("in quotes is expected") != std::string::npos);
  CHECK(in_entry("msgid\n").find("in quotes is expected") != std::string::npos);
  CHECK(in_entry("msgid \"a\" b\nmsgstr \"\"\n").find("behind the quote") != std::string::npos);
  CHECK(refusal_of("\"a\"\n").find("line 1: text without a keyword") != std::string::npos);
  CHECK(in_entry("domain \"a\"\n").find("no keyword") != std::string::npos);
  CHECK(in_entry("msgid \"a\"\nmsgstr \"\xff\"\n").find("line 7: is not UTF-8") != std::string::npos);
  CHECK(in_entry("msgid \"a\"\nmsgstr \"\xed\xa0\x80\"\n").find("is not UTF-8") != std::string::npos);
  CHECK(in_entry(std::string("msgid \"a\0b\"\nmsgstr \"\"\n", 21)).find("control character") !=
        std::string::npos);
  CHECK(in_entry("msgid \"a\"\nmsgstr \"\"\nmsgid \"a\"\nmsgstr \"\"\n").find("line 8 is there twice") !=
        std::string::npos);
  CHECK(in_entry("msgid \"\"\nmsgstr \"x: y\\n\"\n").find("a second header") != std::string::npos);
  CHECK(refusal_of("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=latin1\\n\"\n").find("charset") !=
        std::string::npos);
  CHECK(refusal_of(std::string(PoLimits::bytes + 1, '#')).find("is larger than") != std::string::npos);
  std::string many = kHeader;
  for (std::size_t i = 0; i <= PoLimits::entries; ++i)
    many += "msgid \"" + std::to_string(i) + "\"\nmsgstr \"\"\n";
  CHECK(refusal_of(many).find("more than 20000 entries") != std::string::npos);
}
