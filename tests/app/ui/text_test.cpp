// SPDX-License-Identifier: Apache-2.0
#include "app/ui/text.h"

#include <doctest/doctest.h>

#include <cmath>

#include "app/ui/text_wrap.h"
#include "app/ui/unicode.h"

using namespace halte;
using namespace halte::ui;

namespace {

constexpr float density = 4.03f;

Text make_text() {
  auto text = Text::create({}, density);
  REQUIRE(text.has_value());
  return std::move(*text);
}

TextStyle style_of(Mm size, Weight weight = Weight::regular) { return {.size = size, .weight = weight}; }

// Every letter 10 px wide, a soft hyphen nothing.
std::vector<std::string> wrapped(std::u32string_view text, Px width) {
  std::vector<Px> advances;
  for (const char32_t c : text) advances.push_back(c == soft_hyphen || c == zero_width_space ? 0.f : 10.f);
  std::vector<std::string> lines;
  for (const LineRange& line : wrap_lines({text, advances, 10, width})) {
    std::string shown = encode_utf8(text.substr(line.begin, line.end - line.begin));
    if (line.hyphen) shown += "-";
    if (line.broken_word) shown += "|";
    lines.push_back(shown);
  }
  return lines;
}

using Lines = std::vector<std::string>;

using WidthRule = Px (*)(const WrapInput&);
Lines wrapped_by(WidthRule rule, std::u32string_view text, Px width) {
  const std::vector<Px> advances(text.size(), 10);
  return wrapped(text, rule({text, advances, 10, width}));
}
Lines balanced(std::u32string_view text, Px width) { return wrapped_by(balanced_width, text, width); }
Lines unwidowed(std::u32string_view text, Px width) { return wrapped_by(width_without_widow, text, width); }

}  // namespace

TEST_CASE("wrap: a line ends at a space, and the space is in neither line") {
  CHECK(wrapped(U"een twee drie", 80) == Lines{"een twee", "drie"});
  CHECK(wrapped(U"een twee drie", 79) == Lines{"een", "twee", "drie"});
}

TEST_CASE("wrap: a soft hyphen shows a hyphen only where the line ends") {
  const std::u32string text = U"Zufriedenheits\u00ADumfrage";
  CHECK(wrapped(text, 150) == Lines{"Zufriedenheits\u00AD-", "umfrage"});
  CHECK(wrapped(text, 400) == Lines{"Zufriedenheits\u00ADumfrage"});
}

TEST_CASE("wrap: a word that goes to the next line may break at its soft hyphen there") {
  CHECK(wrapped(U"aaaa bbbb\u00ADcccc", 60) == Lines{"aaaa", "bbbb\u00AD-", "cccc"});
}

TEST_CASE("wrap: a code may break between its groups, a number with its sign not") {
  CHECK(wrapped(U"ABCD-9FGH", 60) == Lines{"ABCD-", "9FGH"});
  CHECK(wrapped(U"Nu -9FGHI", 60) == Lines{"Nu", "-9FGHI"});
}

TEST_CASE("wrap: a soft hyphen whose hyphen would stick out is not taken") {
  CHECK(wrapped(U"aaa bb\u00ADcccc", 60) == Lines{"aaa", "bb\u00ADcccc"});
}

TEST_CASE("wrap: a hyphen inside a word allows a break after it, a minus before a number does not") {
  CHECK(wrapped(U"self-service", 60) == Lines{"self-", "servic|", "e"});
  CHECK(wrapped(U"van -12 graden", 50) == Lines{"van", "-12", "grade|", "n"});
}

TEST_CASE("wrap: a line never begins with a question mark, though French sets a space before it") {
  CHECK(wrapped(U"plus visite ?", 110) == Lines{"plus", "visite ?"});
}

TEST_CASE("wrap: the option of a command stays whole") {
  CHECK(wrapped(U"with --server", 70) == Lines{"with", "--serve|", "r"});
}

TEST_CASE("wrap: a word wider than the line is cut between letters and says so") {
  CHECK(wrapped(U"abcdefgh", 30) == Lines{"abc|", "def|", "gh"});
}

TEST_CASE("wrap: a newline always ends a line, also an empty one") {
  CHECK(wrapped(U"a\n\nb", 100) == Lines{"a", "", "b"});
  CHECK(wrapped(U"", 100) == Lines{""});
}

TEST_CASE("wrap: a balanced width keeps the number of lines and evens them out") {
  const std::u32string text = U"aaaa bbbb cccc dddd ee";
  std::vector<Px> advances(text.size(), 10);
  const WrapInput input{text, advances, 10, 200};
  const Px width = balanced_width(input);
  WrapInput narrow = input;
  narrow.width = width;
  CHECK(wrap_lines(narrow).size() == wrap_lines(input).size());
  CHECK(width < 150);
}

TEST_CASE("wrap: balanced lines leave no word alone where another break has as many lines") {
  CHECK(balanced(U"aaaa bbbb cccc dd", 140) == Lines{"aaaa bbbb", "cccc dd"});
  CHECK(balanced(U"aa bbbbbbbbbb cccc", 130) == Lines{"aa bbbbbbbbbb", "cccc"});  // there is no better one
}

TEST_CASE("wrap: the width without a widow gives the last word company, and nothing else") {
  const std::u32string text = U"een twee drie vier vijf";
  CHECK(wrapped(text, 200) == Lines{"een twee drie vier", "vijf"});
  CHECK(unwidowed(text, 200) == Lines{"een twee drie", "vier vijf"});
  CHECK(unwidowed(U"een twee", 50) == Lines{"een", "twee"});  // there is no better one
  CHECK(unwidowed(U"abcdefgh", 30) == wrapped(U"abcdefgh", 30));
}

TEST_CASE("wrap: one letter stays with the word after it, with a hyphen too") {
  CHECK(wrapped(U"jest w sklepie", 70) == Lines{"jest", "w sklep|", "ie"});
  CHECK(wrapped(U"oder E-Mail", 70) == Lines{"oder", "E-Mail"});
  CHECK(wrapped(U"stap 3, dan", 70) == Lines{"stap 3,", "dan"});
}

TEST_CASE("wrap: a number stays with what it counts") {
  CHECK(wrapped(U"pendant 30 jours", 100) == Lines{"pendant", "30 jours"});
  CHECK(wrapped(U"op 7: nee", 50) == Lines{"op 7:", "nee"});
}

TEST_CASE("wrap: balanced lines end at a hyphen only where nothing else fits") {
  CHECK(balanced(U"Que pourrions-nous faire mieux", 180) == Lines{"Que pourrions-nous", "faire mieux"});
}

TEST_CASE("wrap: a sign between two spaces is no letter: a line may end after it") {
  CHECK(wrapped(U"votre avis : touchez", 120) == Lines{"votre avis :", "touchez"});
}

TEST_CASE("wrap: lines of one letter each, and boxes narrower than a letter, come to an end") {
  CHECK(unwidowed(U"ab", 15) == wrapped(U"ab", 15));
  CHECK(unwidowed(U"ab", 5) == wrapped(U"ab", 5));
  CHECK(balanced(U"a\nb", 100) == Lines{"a", "b"});
  CHECK(balanced(U"\n\n", 100) == Lines{"", "", ""});
}

TEST_CASE("wrap: a row of single letters may break all the same") {
  CHECK(wrapped(U"a b c d e f", 60) == Lines{"a b c", "d e f"});
}

TEST_CASE("text: missing fonts are lacking and name the package") {
  const auto text = Text::create({.inter = "/nowhere", .noto = "/nowhere"}, density);
  REQUIRE_FALSE(text.has_value());
  CHECK(text.error().kind == base::ErrorKind::lacking);
  CHECK(text.error().cause.find("fonts-inter") != std::string::npos);
}

TEST_CASE("text: kerning is applied: AV is narrower than A and V") {
  Text text = make_text();
  const TextStyle style = style_of(24);
  CHECK(text.measure(style, "AV") < text.measure(style, "A") + text.measure(style, "V") - 0.3f);
}

TEST_CASE("text: tabular digits are of one width, the others are not") {
  Text text = make_text();
  const TextStyle loose = style_of(20), tabular{.size = 20, .tabular = true};
  CHECK(text.measure(loose, "1111") < text.measure(loose, "0000") - 1);
  CHECK(text.measure(tabular, "1111") == doctest::Approx(text.measure(tabular, "0000")).epsilon(.001));
}

TEST_CASE("text: a size in millimetres gives the same width on any panel") {
  Text coarse = make_text();
  auto fine = Text::create({}, 8.06f);
  REQUIRE(fine.has_value());
  const TextStyle style = style_of(12);
  const Mm a = coarse.measure(style, "Hoe was uw bezoek?"), b = fine->measure(style, "Hoe was uw bezoek?");
  CHECK(std::fabs(a - b) < 0.02f * a);
}

TEST_CASE("text: Arabic letters join, so a word is narrower than its letters alone") {
  Text text = make_text();
  const TextStyle style = style_of(12);
  Mm alone = 0;
  for (const char* letter : {"ك", "ي", "ف"}) alone += text.measure(style, letter);
  CHECK(text.measure(style, "كيف") < alone);
}

TEST_CASE("text: in a right-to-left line an embedded Latin word keeps its own order") {
  Text text = make_text();
  const TextStyle style = style_of(12);
  // "Halte" alone and inside Arabic must give the same glyphs at the same distances.
  const Run& alone = text.run(style, "Halte");
  const Run& mixed = text.run(style, "في Halte اليوم");
  const auto same_shape = [&](std::size_t at) {
    for (std::size_t i = 0; i < alone.quads.size(); ++i) {
      const GlyphQuad &a = alone.quads[i], &b = mixed.quads[at + i];
      if (a.u0 != b.u0 || a.v0 != b.v0) return false;
    }
    return true;
  };
  bool found = false;
  for (std::size_t at = 0; at + alone.quads.size() <= mixed.quads.size(); ++at) found |= same_shape(at);
  CHECK(found);
}

TEST_CASE("text: the direction of a text is that of its first strong letter") {
  CHECK(direction_of(std::string_view("12 שלום abc")) == Direction::right_to_left);
  CHECK(direction_of(std::string_view("(abc) שלום")) == Direction::left_to_right);
  CHECK(direction_of(std::string_view("123")) == Direction::left_to_right);
}

TEST_CASE("text: Turkish, Polish, Greek, Cyrillic, Arabic and Hebrew have glyphs") {
  Text text = make_text();
  const TextStyle style = style_of(10);
  const float missing = text.measure(style, "\U000F1234");  // a private letter that no font has
  for (const char* letter : {"ğ", "İ", "ş", "ł", "ą", "ż", "Ω", "ї", "ع", "ש", "€", "ř"}) {
    CAPTURE(letter);
    const Run& run = text.run(style, letter);
    REQUIRE(run.quads.size() >= 1);
    const Run& box = text.run(style, "\U000F1234");
    CHECK((box.quads.empty() || run.quads[0].u0 != box.quads[0].u0 || run.quads[0].v0 != box.quads[0].v0));
  }
  CHECK(missing >= 0);
}

TEST_CASE("text: broken UTF-8 is drawn as replacement characters and never read past") {
  Text text = make_text();
  for (const std::string broken :
       {"\xC3", "a\xE2\x82", "\xF0\x9F\x98", "\xFF\xFE", "\xED\xA0\x80", "\xC0\x80"}) {
    CHECK(decode_utf8(broken).find(U'\uFFFD') != std::u32string::npos);
    CHECK(text.measure(style_of(10), broken) > 0);
  }
}

TEST_CASE("text: a UTF-8 text survives decoding and encoding") {
  const std::string text = "Zażółć gęślą jaźń 😀 كيف ß";
  CHECK(encode_utf8(decode_utf8(text)) == text);
}

TEST_CASE("text: fitting takes the largest size that stands in the lines allowed") {
  Text text = make_text();
  const Paragraph question{.text = "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
                           .style = style_of(18, Weight::bold),
                           .width = 180,
                           .max_lines = 2,
                           .least = 8};
  const TextBlock& fitted = text.layout(question);
  CHECK_FALSE(fitted.cut);
  CHECK(fitted.lines.size() <= 2);
  CHECK(fitted.style.size < 18);
  Paragraph larger = question;
  larger.style.size = larger.least = fitted.style.size / 0.96f;
  CHECK(text.layout(larger).cut);
}

TEST_CASE("text: what does not fit even at the least size is marked as cut") {
  Text text = make_text();
  const TextBlock& block = text.layout({.text = "een twee drie vier vijf zes",
                                        .style = style_of(12),
                                        .width = 30,
                                        .max_lines = 1,
                                        .least = 10});
  CHECK(block.cut);
  CHECK(block.lines.size() == 1);
}

TEST_CASE("text: no line of a wrapped paragraph is wider than the box") {
  Text text = make_text();
  for (const char* words : {"De wachtrij bij de kassa was lang, maar het personeel bleef vriendelijk",
                            "كان الموظفون في Halte لطفاء جدًا وكانت الخدمة سريعة"}) {
    for (const Mm width : {60.f, 77.f, 123.f}) {
      const TextBlock& block = text.layout({.text = words, .style = style_of(10.5f), .width = width});
      CHECK(block.width <= width + 0.3f);
      CHECK_FALSE(block.broken_word);
    }
  }
}

TEST_CASE("text: wiping leaves no run, and no trace in the atlas") {
  Text text = make_text();
  text.run(style_of(10), "jan@voorbeeld.nl");
  REQUIRE(text.cached_runs() > 0);
  text.wipe();
  CHECK(text.cached_runs() == 0);
  const AtlasView atlas = text.atlas();
  bool blank = true;
  for (int i = 0; i < atlas.width * atlas.height; ++i) blank &= atlas.pixels[i] == 0;
  CHECK(blank);
  CHECK(atlas.dirty_bottom == atlas.height);  // the renderer's copy is overwritten too
}

TEST_CASE(
    "text: forgetting the visitor leaves no trace of the visitor's letters, and the program's as they were") {
  Text text = make_text();
  text.begin_frame();
  text.run(style_of(10), "Hoe was uw bezoek?");
  const auto pixels = [&] {
    const AtlasView atlas = text.atlas();
    return std::vector(atlas.pixels, atlas.pixels + std::ptrdiff_t(atlas.width) * atlas.height);
  };
  const auto before = pixels();
  const std::size_t runs = text.cached_runs();
  const unsigned generation = text.atlas().generation;
  const Run& typed = text.run(style_of(10), "Hoe kwij@bo", Whose::visitor);
  CHECK(typed.quads.size() == 10);  // letters that the program has drawn are the visitor's own as well
  CHECK(pixels() != before);
  text.clean_atlas();
  text.forget_visitor();
  CHECK(pixels() == before);
  CHECK(text.cached_runs() == runs);
  CHECK(text.atlas().generation != generation);  // they stood in this frame
  CHECK(text.atlas().dirty_bottom > text.atlas().dirty_top);
  text.begin_frame();
  text.forget_visitor();
  CHECK(text.atlas().generation == generation + 1);  // nothing was shown that is gone
}

TEST_CASE("text: an atlas that is full empties itself at the next frame and goes on") {
  Text text = make_text();
  // Large letters of many sizes, until nothing more fits.
  for (int size = 60; size < 140 && !text.overflowed(); ++size)
    text.run(style_of(static_cast<float>(size)), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  REQUIRE(text.overflowed());
  text.begin_frame();
  CHECK_FALSE(text.overflowed());
  CHECK(text.run(style_of(100), "A").quads.size() == 1);
  CHECK_FALSE(text.overflowed());
}
