// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "app/ui/unicode.h"
#include "app/ui/widgets/key_tables.h"
#include "app/ui/widgets/keyboard.h"

namespace halte::ui {
namespace {

struct KeyPlan {
  KeyPress press;
  std::string label;
  std::vector<std::string> more;
  float weight = 1;  // its share of the row
};
using Row = std::vector<KeyPlan>;

KeyPlan text_key(const std::string& text, float weight = 1) { return {InsertText{text}, text, {}, weight}; }
KeyPlan erase_key(float weight = 1.5f) { return {DeleteBack{}, "", {}, weight}; }
KeyPlan page_key(KeyboardPage to, std::string_view label) {
  return {TurnPage{to}, std::string(label), {}, 1.6f};
}

bool has_capitals(const LetterTable& table) {
  const char32_t letter = decode_utf8(table.rows[0])[0];
  return upper_case(letter, "en") != letter;
}

bool is_letter_row(const Row& row) {
  return std::ranges::all_of(row, [](const KeyPlan& k) { return k.weight == 1; });
}

float weight_of(const Row& row) {
  float total = 0;
  for (const KeyPlan& key : row) total += key.weight;
  return total;
}

class Planner {
 public:
  Planner(const KeyboardView& view, Mm width, Mm least_key)
      : view_(view), most_(std::max(3, static_cast<int>(std::floor((width + .01f) / least_key)))) {}

  std::vector<Row> plan() {
    if (view_.typing == Typing::phone || view_.typing == Typing::number) {
      pad();
    } else {
      view_.state.page == KeyboardPage::symbols ? symbols() : letters();
      functions();
    }
    return std::move(rows_);
  }

 private:
  // Written in Latin letters everywhere, with digits among them.
  bool is_technical() const {
    return view_.typing == Typing::email || view_.typing == Typing::address || view_.typing == Typing::code;
  }
  bool is_upper() const { return view_.state.shift != Shift::off; }

  const LetterTable& table() const {
    const LetterTable& own = letters_of(view_.language);
    const bool latin = view_.state.page == KeyboardPage::latin || is_technical();
    return latin && !is_latin(own) ? letters_of("en") : own;
  }

  KeyPlan letter(char32_t c) const {
    const auto shown = [&](char32_t l) {
      std::string text;
      append_utf8(text, is_upper() ? upper_case(l, view_.language) : l);
      return text;
    };
    KeyPlan key = text_key(shown(c));
    // What the language needs comes first: a long press without sliding takes it.
    std::u32string more = decode_utf8(variants_of(c));
    const std::u32string own = decode_utf8(letters_of(view_.language).accents);
    std::ranges::stable_partition(more, [&](char32_t v) { return own.find(v) != std::u32string::npos; });
    for (const char32_t v : more) key.more.push_back(shown(v));
    return key;
  }

  Row letter_row(std::u32string_view letters) const {
    Row row;
    for (const char32_t c : letters) row.push_back(letter(c));
    return row;
  }

  // Lies in as many equal rows as the width asks for.
  void add_wrapped(const Row& keys) {
    if (keys.empty()) return;
    const auto count = static_cast<int>(keys.size());
    const int rows = (count + most_ - 1) / most_, each = (count + rows - 1) / rows;
    for (int from = 0; from < count; from += each)
      rows_.emplace_back(keys.begin() + from, keys.begin() + std::min(from + each, count));
  }

  void letters() {
    const std::u32string_view digits = U"1234567890";
    add_wrapped(is_technical() ? letter_row(digits) : letter_row(decode_utf8(table().accents)));
    std::vector<Row> lines;
    for (const std::string_view line : table().rows) lines.push_back(letter_row(decode_utf8(line)));
    const bool fits =
        std::ranges::all_of(lines, [this](const Row& r) { return static_cast<int>(r.size()) <= most_; });
    if (fits) {
      for (Row& line : lines) rows_.push_back(std::move(line));
      return;
    }
    Row all;
    for (const Row& line : lines) all.insert(all.end(), line.begin(), line.end());
    add_wrapped(all);
  }

  void symbols() {
    for (const char32_t* line : {U"1234567890", U"@#€$%&*()/", U"-_:;'\"+=!?"}) {
      Row row;
      for (const char32_t c : std::u32string_view(line)) {
        std::string text;
        append_utf8(text, c);
        row.push_back(text_key(text));
      }
      add_wrapped(row);
    }
  }

  // As on a phone: people know where the digits are.
  void pad() {
    for (const std::string_view line : {"123", "456", "789"}) {
      Row row;
      for (const char digit : line) row.push_back(text_key(std::string(1, digit)));
      rows_.push_back(std::move(row));
    }
    Row last{text_key("0", 1), erase_key(view_.typing == Typing::phone ? 1 : 2)};
    if (view_.typing == Typing::phone) last.insert(last.begin(), text_key("+"));
    rows_.push_back(std::move(last));
    if (!view_.done_label.empty()) rows_.push_back({{PressDone{}, std::string(view_.done_label), {}, 3}});
  }

  // Shift and delete go to the ends of the last row of letters when it has room, as people expect; the rest
  // makes the last row, in two if need be.
  void functions() {
    const bool has_shift =
        view_.state.page != KeyboardPage::symbols && view_.typing != Typing::code && has_capitals(table());
    const KeyPlan shift{PressShift{}, "", {}, 1.5f};
    Row last;
    if (static_cast<int>(rows_.back().size()) + 3 <= most_ && is_letter_row(rows_.back())) {
      if (has_shift) rows_.back().insert(rows_.back().begin(), shift);
      rows_.back().push_back(erase_key());
    } else {
      if (has_shift) last.push_back(shift);
      last.push_back(erase_key());
    }
    if (view_.typing != Typing::code) add_page_keys(last);
    if (view_.typing == Typing::words) last.push_back(text_key(","));
    if (is_technical()) add_signs(last);
    const auto space = last.end() - last.begin();
    if (view_.typing != Typing::code) last.push_back(text_key("."));
    if (!view_.done_label.empty()) last.push_back({PressDone{}, std::string(view_.done_label), {}, 2.2f});
    if (view_.typing == Typing::words) {
      const float room = std::clamp(static_cast<float>(most_) - weight_of(last), 2.f, 4.f);
      last.insert(last.begin() + space, {InsertText{" "}, std::string(view_.space_label), {}, room});
    }
    add_by_weight(std::move(last));
  }

  // To the pages that are not on the glass.
  void add_page_keys(Row& row) const {
    const KeyboardPage page = view_.state.page;
    const LetterTable& own = letters_of(view_.language);
    const bool two_scripts = !is_latin(own) && view_.typing == Typing::words;
    if (page != KeyboardPage::letters)
      row.push_back(page_key(KeyboardPage::letters, two_scripts ? own.sample : "ABC"));
    if (page != KeyboardPage::latin && two_scripts) row.push_back(page_key(KeyboardPage::latin, "ABC"));
    if (page != KeyboardPage::symbols) row.push_back(page_key(KeyboardPage::symbols, "123"));
  }

  // Those that an address or a code is full of.
  void add_signs(Row& row) const {
    if (view_.typing == Typing::code) return row.push_back(text_key("-"));
    if (view_.typing == Typing::email)
      for (const char* sign : {"@", "-", "_"}) row.push_back(text_key(sign));
    else
      for (const char* sign : {":", "/", "-"}) row.push_back(text_key(sign));
    KeyPlan domain = text_key(std::string(domain_of(view_.language)), 1.5f);
    for (const std::string_view other : other_domains())
      if (other != domain.label) domain.more.emplace_back(other);
    row.push_back(std::move(domain));
    row.push_back(text_key(".com", 1.7f));
  }

  void add_by_weight(Row row) {
    if (weight_of(row) <= static_cast<float>(most_) || row.size() < 4) return rows_.push_back(std::move(row));
    const auto middle = row.begin() + static_cast<std::ptrdiff_t>(row.size() / 2);
    add_by_weight(Row(row.begin(), middle));
    add_by_weight(Row(middle, row.end()));
  }

  const KeyboardView& view_;
  int most_;
  std::vector<Row> rows_;
};

}  // namespace

std::vector<PlacedKey> keyboard_layout(const Rect& area, const KeyboardView& view, Mm least_key) {
  const std::vector<Row> rows = Planner(view, area.w, least_key).plan();
  constexpr Mm half_gap = 1.1f;
  std::vector<PlacedKey> keys;
  const Mm height = area.h / static_cast<float>(rows.size());
  // One unit for all rows, so that letters are alike; rows with wide keys fill the whole block. On a wide
  // panel the block stays in the middle and the outer keys take the rest as hit area.
  float most = 0;
  for (const Row& row : rows) most = std::max(most, weight_of(row));
  const Mm unit = std::min(area.w / most, least_key * 2.2f), block = unit * most;
  Mm y = area.y;
  for (const Row& row : rows) {
    const float total = weight_of(row);
    const Mm one = is_letter_row(row) ? std::min(unit * 1.12f, block / total) : block / total;
    Mm left = area.centre().x - one * total / 2;
    for (const KeyPlan& key : row) {
      const Mm right = left + one * key.weight;
      const Mm hit_left = &key == &row.front() ? area.x : left,
               hit_right = &key == &row.back() ? area.right() : right;
      keys.push_back({key.press,
                      key.label,
                      key.more,
                      {hit_left, y, hit_right - hit_left, height},
                      inset({left, y, right - left, height}, half_gap)});
      left = right;
    }
    y += height;
  }
  return keys;
}

KeyboardState fresh_keyboard(Typing typing) {
  return {KeyboardPage::letters, typing == Typing::words  ? Shift::once
                                 : typing == Typing::code ? Shift::locked
                                                          : Shift::off};
}

KeyboardState after_press(KeyboardState state, const KeyPress& press, std::string_view text_after,
                          Typing typing) {
  if (std::holds_alternative<PressShift>(press)) {
    state.shift = state.shift == Shift::off    ? Shift::once
                  : state.shift == Shift::once ? Shift::locked
                                               : Shift::off;
    return state;
  }
  if (const auto* turn = std::get_if<TurnPage>(&press)) {
    state.page = turn->to;
    return state;
  }
  if (std::holds_alternative<PressDone>(press) || state.shift == Shift::locked) return state;
  std::string_view words = text_after;
  while (words.ends_with(' ')) words.remove_suffix(1);
  const bool after_stop = words.size() < text_after.size() &&
                          (words.ends_with('.') || words.ends_with('!') || words.ends_with('?'));
  state.shift = typing == Typing::words && (words.empty() || after_stop) ? Shift::once : Shift::off;
  return state;
}

void edit_text(std::string& text, const KeyPress& press, std::size_t max_length) {
  if (const auto* insert = std::get_if<InsertText>(&press)) {
    if (length_of(text) + length_of(insert->text) <= max_length) text += insert->text;
    return;
  }
  if (!std::holds_alternative<DeleteBack>(press)) return;
  const auto is_continuation = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; };
  while (!text.empty() && is_continuation(text.back())) text.pop_back();
  if (!text.empty()) text.pop_back();
}

}  // namespace halte::ui
