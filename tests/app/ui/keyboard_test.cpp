// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/keyboard.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "app/ui/stage.h"
#include "app/ui/unicode.h"
#include "app/ui/widgets/key_tables.h"

using namespace halte;
using namespace halte::ui;
using base::Millis;

namespace {

constexpr Rect areas[] = {
    {12, 200, 244, 110}, {10, 60, 420, 90}, {7, 90, 122, 110}};  // 21.5", landscape, 10"
constexpr std::string_view languages[] = {"en", "nl", "nl-BE", "fr", "de", "pl", "tr", "es", "pt", "it",
                                          "sv", "da", "ro",    "el", "ru", "uk", "ar", "he", "xx"};

std::vector<KeyboardView> all_views() {
  std::vector<KeyboardView> views;
  for (const std::string_view language : languages)
    for (const Typing typing :
         {Typing::words, Typing::email, Typing::address, Typing::code, Typing::phone, Typing::number})
      for (const KeyboardPage page : {KeyboardPage::letters, KeyboardPage::symbols, KeyboardPage::latin})
        views.push_back(
            {.language = language, .state = {page, Shift::off}, .typing = typing, .done_label = "OK"});
  return views;
}

std::u32string reachable(std::string_view language, Shift shift) {
  std::u32string letters;
  const KeyboardView view{.language = language, .state = {KeyboardPage::letters, shift}, .done_label = "OK"};
  for (const PlacedKey& key : keyboard_layout(areas[0], view)) {
    if (const auto* insert = std::get_if<InsertText>(&key.press)) letters += decode_utf8(insert->text);
    for (const std::string& more : key.more) letters += decode_utf8(more);
  }
  return letters;
}

struct Alphabet {
  std::string_view language, small, capital;
};
constexpr Alphabet alphabets[] = {
    {"nl", "abcdefghijklmnopqrstuvwxyzéëïöüè", "ABCDEFGHIJKLMNOPQRSTUVWXYZÉËÏÖÜÈ"},
    {"de", "abcdefghijklmnopqrstuvwxyzäöüß", "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ"},
    {"fr", "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ", "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ"},
    {"tr", "abcçdefgğhıijklmnoöprsştuüvyzâîû", "ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZÂÎÛ"},
    {"pl", "aąbcćdeęfghijklłmnńoóprsśtuwyzźż", "AĄBCĆDEĘFGHIJKLŁMNŃOÓPRSŚTUWYZŹŻ"},
    {"uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ"},
    {"el", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ", "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΆΈΉΊΌΎΏ"},
    {"ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئةى", ""},
};

// A stage with a keyboard on it and nothing else.
class Desk {
 public:
  explicit Desk(const KeyboardView& view) : view_(view) {
    auto stage = Stage::create({.display = {1080, 1920, 4.03f}, .theme = make_theme({})});
    REQUIRE(stage.has_value());
    stage_.emplace(std::move(*stage));
    draw({}, 0);
  }
  std::vector<KeyPress> draw(const std::vector<Event>& events, long ms) {
    stage_->begin(Millis{ms}, events, Direction::left_to_right);
    auto presses = keyboard(stage_->frame(), areas[0], view_);
    stage_->end();
    return presses;
  }
  Point middle_of(std::string_view label) {
    for (const PlacedKey& key : keyboard_layout(areas[0], view_))
      if (key.label == label) return key.face.centre();
    FAIL("no such key");
    return {};
  }
  Point delete_key() {
    for (const PlacedKey& key : keyboard_layout(areas[0], view_))
      if (std::holds_alternative<DeleteBack>(key.press)) return key.face.centre();
    return {};
  }

 private:
  KeyboardView view_;
  std::optional<Stage> stage_;
};

std::string inserted(const std::vector<KeyPress>& presses) {
  std::string text;
  for (const KeyPress& press : presses) edit_text(text, press, 100);
  return text;
}

}  // namespace

TEST_CASE(
    "keyboard: every point of the area belongs to exactly one key, in every language and on every panel") {
  for (const Rect& area : areas) {
    for (const KeyboardView& view : all_views()) {
      CAPTURE(view.language);
      const auto keys = keyboard_layout(area, view);
      int bad = 0;
      for (Mm y = area.y + 0.37f; y < area.bottom(); y += 1.7f) {
        for (Mm x = area.x + 0.37f; x < area.right(); x += 1.3f) {
          int hits = 0;
          for (const PlacedKey& key : keys) hits += key.hit.contains(Point{x, y}) ? 1 : 0;
          // On a seam between two keys rounding may give both or none: at most a hair wide.
          if (hits != 1) {
            hits = 0;
            for (const PlacedKey& key : keys) hits += key.hit.contains(Point{x + 0.01f, y + 0.01f}) ? 1 : 0;
          }
          bad += hits == 1 ? 0 : 1;
        }
      }
      CHECK(bad == 0);
    }
  }
}

TEST_CASE("keyboard: no key answers on less than 13 mm of width, also on a 10-inch panel") {
  for (const Rect& area : areas) {
    for (const KeyboardView& view : all_views()) {
      CAPTURE(view.language);
      CAPTURE(area.w);
      for (const PlacedKey& key : keyboard_layout(area, view)) CHECK(key.hit.w >= 12.99f);
    }
  }
}

TEST_CASE("keyboard: what is drawn lies inside what answers, and on the area") {
  for (const Rect& area : areas) {
    for (const KeyboardView& view : all_views()) {
      for (const PlacedKey& key : keyboard_layout(area, view)) {
        CHECK(key.hit.contains(key.face));
        CHECK(key.hit.x >= area.x - 0.01f);
        CHECK(key.hit.right() <= area.right() + 0.01f);
        CHECK(key.hit.bottom() <= area.bottom() + 0.01f);
      }
    }
  }
}

TEST_CASE("keyboard: every letter of Dutch, German, French, Turkish, Polish and five more can be typed") {
  for (const Alphabet& alphabet : alphabets) {
    CAPTURE(alphabet.language);
    const std::u32string small = reachable(alphabet.language, Shift::off);
    for (const char32_t c : decode_utf8(alphabet.small)) {
      CAPTURE(static_cast<unsigned>(c));
      CHECK(small.find(c) != std::u32string::npos);
    }
    const std::u32string capital = reachable(alphabet.language, Shift::once);
    for (const char32_t c : decode_utf8(alphabet.capital)) {
      CAPTURE(static_cast<unsigned>(c));
      CHECK(capital.find(c) != std::u32string::npos);
    }
  }
}

TEST_CASE(
    "keyboard: an e-mail address, a machine's and a code are typed without leaving the page of letters") {
  const std::pair<Typing, std::u32string_view> samples[] = {{Typing::email, U"jan.de-boer_82@voorbeeld.nl"},
                                                            {Typing::address, U"http://hq.example.nl:8443"},
                                                            {Typing::code, U"TQFR-0123-HJGW-S4Z9"}};
  for (const std::string_view language : languages)
    for (const auto& [typing, sample] : samples) {
      CAPTURE(language);
      std::u32string letters;
      const KeyboardView view{.language = language, .state = fresh_keyboard(typing), .typing = typing};
      for (const PlacedKey& key : keyboard_layout(areas[0], view))
        if (const auto* insert = std::get_if<InsertText>(&key.press)) letters += decode_utf8(insert->text);
      for (const char32_t c : sample) CHECK(letters.find(c) != std::u32string::npos);
      CHECK(letters.find(U' ') == std::u32string::npos);
    }
}

TEST_CASE(
    "keyboard: one key ends an e-mail address, with the country of the language and others by long press") {
  const auto ending = [](std::string_view language) {
    for (const PlacedKey& key : keyboard_layout(areas[0], {.language = language, .typing = Typing::email}))
      if (key.label.size() > 2 && key.label.starts_with('.') && key.label != ".com") return key;
    return PlacedKey{};
  };
  CHECK(ending("nl").label == ".nl");
  CHECK(ending("de").label == ".de");
  CHECK(ending("ar").label == ".nl");
  const auto more = ending("de").more;
  CHECK(std::ranges::count(more, ".nl") == 1);
  CHECK(std::ranges::count(more, ".de") == 0);
  std::string text = "jan@voorbeeld";
  edit_text(text, InsertText{".com"}, 17);
  CHECK(text == "jan@voorbeeld.com");
  edit_text(text, InsertText{".nl"}, 18);
  CHECK(text == "jan@voorbeeld.com");
}

TEST_CASE("keyboard: a phone number and a whole number have a pad of digits and no letters") {
  const auto labels = [](Typing typing) {
    std::string all;
    for (const PlacedKey& key :
         keyboard_layout(areas[0], {.language = "nl", .typing = typing, .done_label = "OK"}))
      all += std::holds_alternative<DeleteBack>(key.press) ? "<" : key.label;
    return all;
  };
  CHECK(labels(Typing::phone) == "123456789+0<OK");
  CHECK(labels(Typing::number) == "1234567890<OK");
}

TEST_CASE("keyboard: Arabic, Greek, Russian and Hebrew turn to Latin letters and back") {
  for (const std::string_view language : {"ar", "el", "ru", "he"}) {
    CAPTURE(language);
    KeyboardState state{KeyboardPage::letters, Shift::off};
    const auto turn = [&](std::string_view label) {
      for (const PlacedKey& key : keyboard_layout(areas[0], {.language = language, .state = state}))
        if (std::holds_alternative<TurnPage>(key.press) && key.label == label)
          return state = after_press(state, key.press, "x", Typing::words), true;
      return false;
    };
    const auto has = [&](std::string_view letter) {
      for (const PlacedKey& key : keyboard_layout(areas[0], {.language = language, .state = state}))
        if (key.label == letter) return true;
      return false;
    };
    CHECK_FALSE(has("q"));
    REQUIRE(turn("ABC"));
    CHECK(has("q"));
    REQUIRE(turn(letters_of(language).sample));
    CHECK_FALSE(has("q"));
    REQUIRE(turn("123"));
    CHECK(has("7"));
  }
}

TEST_CASE("keyboard: a script without capitals has no shift") {
  const auto has_shift = [](std::string_view language) {
    return std::ranges::any_of(keyboard_layout(areas[0], {.language = language}), [](const PlacedKey& key) {
      return std::holds_alternative<PressShift>(key.press);
    });
  };
  CHECK_FALSE(has_shift("ar"));
  CHECK_FALSE(has_shift("he"));
  CHECK(has_shift("el"));
  CHECK(has_shift("nl"));
}

TEST_CASE("keyboard: French is AZERTY, German QWERTZ, Belgian Dutch AZERTY, an unknown language QWERTY") {
  const auto first = [](std::string_view language, std::u32string_view start) {
    const std::u32string letters = reachable(language, Shift::off);
    std::u32string plain;
    for (const char32_t c : letters)
      if (c < 0x80) plain.push_back(c);
    return plain.find(start) != std::u32string::npos;
  };
  CHECK(first("fr", U"az"));
  CHECK(first("nl-BE", U"az"));
  CHECK(first("de-AT", U"qwertz"));
  CHECK(first("xx", U"qwerty"));
}

TEST_CASE("keyboard: capitals follow the language: i is İ in Turkish and I elsewhere") {
  CHECK(upper_case(U'i', "tr") == U'İ');
  CHECK(upper_case(U'i', "nl") == U'I');
  CHECK(upper_case(U'ı', "tr") == U'I');
  CHECK(upper_case(U'ż', "pl") == U'Ż');
  CHECK(upper_case(U'ł', "pl") == U'Ł');
  CHECK(upper_case(U'÷', "nl") == U'÷');
  CHECK(upper_case(U'ё', "ru") == U'Ё');
  CHECK(upper_case(U'ώ', "el") == U'Ώ');
}

TEST_CASE("keyboard: a tap on a key types its letter") {
  Desk desk({.language = "nl", .state = {KeyboardPage::letters, Shift::off}});
  const Point k = desk.middle_of("k");
  CHECK(inserted(desk.draw({Touch{Touch::Phase::down, k, Millis{10}}, Touch{Touch::Phase::up, k, Millis{10}}},
                           20)) == "k");
  CHECK(desk.draw({}, 40).empty());
}

TEST_CASE("keyboard: two letters typed within one slow frame both arrive") {
  Desk desk({.language = "nl", .state = {KeyboardPage::letters, Shift::off}});
  const Point o = desk.middle_of("o"), k = desk.middle_of("k");
  using enum Touch::Phase;
  CHECK(inserted(desk.draw({Touch{down, o, Millis{1}}, Touch{up, o, Millis{2}}, Touch{down, k, Millis{3}},
                            Touch{up, k, Millis{4}}},
                           50)) == "ok");
}

TEST_CASE("keyboard: a long press without sliding types the language's own accent") {
  Desk desk({.language = "nl", .state = {KeyboardPage::letters, Shift::off}});
  const Point e = desk.middle_of("e");
  CHECK(desk.draw({Touch{Touch::Phase::down, e, Millis{10}}}, 20).empty());
  CHECK(desk.draw({}, 500).empty());
  CHECK(inserted(desk.draw({Touch{Touch::Phase::up, e, Millis{520}}}, 530)) == "é");
}

TEST_CASE("keyboard: a long press that slides takes the choice above the finger") {
  Desk desk({.language = "nl", .state = {KeyboardPage::letters, Shift::off}});
  const Point e = desk.middle_of("e");
  desk.draw({Touch{Touch::Phase::down, e, Millis{10}}}, 20);
  desk.draw({}, 500);
  const Point second = e + Point{14, -18};
  CHECK(inserted(desk.draw(
            {Touch{Touch::Phase::move, second, Millis{510}}, Touch{Touch::Phase::up, second, Millis{520}}},
            530)) == "è");
}

TEST_CASE("keyboard: delete repeats while it is held, and the lift adds none") {
  Desk desk({.language = "nl", .state = {KeyboardPage::letters, Shift::off}});
  const Point at = desk.delete_key();
  std::size_t deletes = desk.draw({Touch{Touch::Phase::down, at, Millis{0}}}, 0).size();
  for (long ms = 30; ms <= 900; ms += 30) deletes += desk.draw({}, ms).size();
  CHECK(deletes >= 5);
  CHECK(deletes <= 6);  // 450 ms, then every 90 ms
  CHECK(desk.draw({Touch{Touch::Phase::up, at, Millis{905}}}, 905).empty());
}

TEST_CASE("shift: once for one letter, locked by a second press, off by a third") {
  KeyboardState state{KeyboardPage::letters, Shift::off};
  state = after_press(state, PressShift{}, "", Typing::words);
  CHECK(state.shift == Shift::once);
  CHECK(after_press(state, InsertText{"A"}, "xA", Typing::words).shift == Shift::off);
  state = after_press(state, PressShift{}, "", Typing::words);
  CHECK(state.shift == Shift::locked);
  CHECK(after_press(state, InsertText{"A"}, "xA", Typing::words).shift == Shift::locked);
  CHECK(after_press(state, PressShift{}, "", Typing::words).shift == Shift::off);
}

TEST_CASE("shift: a sentence starts with a capital, an e-mail address does not") {
  const KeyboardState off{KeyboardPage::letters, Shift::off};
  CHECK(after_press(off, InsertText{" "}, "Goed. ", Typing::words).shift == Shift::once);
  CHECK(after_press(off, InsertText{"."}, "Goed.", Typing::words).shift == Shift::off);
  CHECK(after_press(off, DeleteBack{}, "", Typing::words).shift == Shift::once);
  CHECK(after_press(off, DeleteBack{}, "", Typing::email).shift == Shift::off);
  CHECK(fresh_keyboard(Typing::words).shift == Shift::once);
  CHECK(fresh_keyboard(Typing::email).shift == Shift::off);
}

TEST_CASE("edit: the text never grows beyond its length, and delete takes a whole letter") {
  std::string text = "caf";
  edit_text(text, InsertText{"é"}, 4);
  CHECK(text == "café");
  edit_text(text, InsertText{"s"}, 4);
  CHECK(text == "café");
  edit_text(text, DeleteBack{}, 4);
  CHECK(text == "caf");
  for (int i = 0; i < 5; ++i) edit_text(text, DeleteBack{}, 4);
  CHECK(text.empty());
}
