// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/keyboard.h"

#include <algorithm>
#include <array>

#include "app/ui/widgets/icons.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::ui {
namespace {

constexpr base::Millis repeat_every{90};
constexpr Mm caret_room = 1.6f;  // between the caret of an empty field and its placeholder

// The number of a key tells its page too: a touch meant for a page that has just been turned is dropped
// instead of typing another letter.
Id key_id(const KeyboardView& view, std::size_t index) {
  const int page = static_cast<int>(view.typing) * 3 + static_cast<int>(view.state.page);
  return view.id.at(page * 1000 + static_cast<int>(index));
}

// A letter, digit or sign.
bool is_letter(const PlacedKey& key) {
  const auto* insert = std::get_if<InsertText>(&key.press);
  return insert != nullptr && insert->text != " " && length_of(insert->text) == 1;
}

std::optional<Icon> key_icon(const PlacedKey& key, const KeyboardView& view) {
  if (std::holds_alternative<DeleteBack>(key.press)) return Icon::backspace;
  if (!std::holds_alternative<PressShift>(key.press)) return std::nullopt;
  return view.state.shift == Shift::off ? Icon::shift : Icon::shift_on;
}

std::string_view spoken(const PlacedKey& key) {
  if (std::holds_alternative<DeleteBack>(key.press)) return "delete";
  if (std::holds_alternative<PressShift>(key.press)) return "shift";
  if (key.label.empty()) return "space";
  return key.label;
}

// The long press's choices, above the key, on the glass.
std::vector<Rect> choice_cells(const PlacedKey& key, const Rect& area, Mm side) {
  const Mm each = is_letter(key) ? side : side * 1.4f;
  const Mm width = each * static_cast<float>(key.more.size());
  const Mm left = std::clamp(key.face.centre().x - each / 2, area.x, std::max(area.x, area.right() - width));
  return split_columns({left, key.hit.y - side - 2, width, side}, static_cast<int>(key.more.size()));
}

// The finger need not reach the choice: the column that it is in counts.
std::size_t chosen(const std::vector<Rect>& cells, Point finger) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (finger.x >= cells[i].x) best = i;
  return best;
}

struct KeyLook {
  Color fill, text;
};

KeyLook look_of(const Palette& p, const PlacedKey& key, const KeyboardView& view) {
  if (std::holds_alternative<PressShift>(key.press) && view.state.shift == Shift::locked)
    return {p.ink, p.card};
  return {std::holds_alternative<InsertText>(key.press) ? p.card : p.tint, p.ink};
}

void draw_key(Frame& frame, const PlacedKey& key, Id id, const KeyboardView& view) {
  const Palette& p = frame.theme.palette;
  const KeyLook look = look_of(p, key, view);
  frame.colors(look.text, look.fill);
  const auto pressed = frame.press(id, key.face);
  const Mm radius = std::min(frame.theme.radius.key * .8f, key.face.h * .3f);
  if (!p.flat) {
    // A thin edge below instead of a soft shadow: forty of those would be dear.
    const Rect edge{key.face.x, key.face.y + .55f, key.face.w, key.face.h};
    frame.paint.round_rect(edge, radius, faded(p.shadow, .22f));
  }
  frame.paint.round_rect(key.face, radius,
                         frame.input.pressed(id) ? mix(look.fill, p.accent, .22f) : look.fill);
  frame.paint.stroke_round_rect(key.face, radius, p.flat ? .5f : .25f, p.outline);
  if (const auto drawn = key_icon(key, view)) {
    return icon(frame, *drawn, key.face.centre(), std::min(key.face.h, key.face.w) * .44f, look.text);
  }
  TextStyle style = frame.theme.type.label;
  style.weight = is_letter(key) ? Weight::medium : Weight::semibold;
  style.size = std::min(is_letter(key) ? style.size : style.size * .8f, key.face.h * .52f);
  style.leading = 1;
  const Rect inside = inset(key.face, is_letter(key) ? -1 : .8f, 0);
  const Label label{.text = key.label,
                    .style = style,
                    .color = look.text,
                    .background = look.fill,
                    .align = Align::centre,
                    .least = style.size * .5f};
  if (frame.fits(inside.w, label)) return void(frame.label(inside, label));
  // Large letters on a narrow key: a sign says it as well, and a space bar needs none.
  if (std::holds_alternative<PressDone>(key.press))
    icon(frame, Icon::enter, key.face.centre(), std::min(key.face.h, key.face.w) * .5f, look.text);
}

// Which key is down tells what is typed.
void draw_sign(Frame& frame, std::string_view sign, const TextStyle& style, Point centre, Color color) {
  const TextBlock& text = frame.text.layout({.text = sign, .style = style, .whose = Whose::visitor});
  const Point start = centre + Point{-text.width / 2, frame.text.cap_height(text.style) / 2};
  frame.paint.run(*text.lines[0].run, start, color);
}

// The plate that stands above the keys while a finger covers one.
void draw_plate(Frame& frame, const Rect& plate) {
  const Palette& p = frame.theme.palette;
  frame.paint.shadow(plate, frame.theme.radius.key, 5, 2, faded(p.shadow, .3f));
  frame.paint.round_rect(plate, frame.theme.radius.key, p.card);
  frame.paint.stroke_round_rect(plate, frame.theme.radius.key, .4f, p.outline);
}

// The finger hides its key: what it types stands above it.
void draw_preview(Frame& frame, const PlacedKey& key, const Rect& area) {
  const Mm width = std::max(key.face.w, frame.theme.touch.key) * 1.15f,
           height = std::max(key.face.h, frame.theme.touch.key) * 1.15f;
  const Mm left = std::clamp(key.face.centre().x - width / 2, area.x, area.right() - width);
  const Rect plate{left, key.face.y - height - 1, width, height};
  draw_plate(frame, plate);
  TextStyle style = frame.theme.type.label;
  style.size = std::min(style.size * 1.5f, height * .6f);
  draw_sign(frame, key.label, style, plate.centre(), frame.theme.palette.ink);
}

void draw_choices(Frame& frame, const PlacedKey& key, const Rect& area, Point finger) {
  const Palette& p = frame.theme.palette;
  const std::vector<Rect> cells = choice_cells(key, area, frame.theme.touch.key);
  const std::size_t at = chosen(cells, finger);
  draw_plate(frame, grow(unite(cells.front(), cells.back()), 1));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i == at) frame.paint.round_rect(cells[i], frame.theme.radius.key * .8f, p.accent);
    TextStyle style = frame.theme.type.label;
    if (!is_letter(key)) style.size *= .8f;
    draw_sign(frame, key.more[i], style, cells[i].centre(), i == at ? p.on_accent : p.ink);
  }
}

// How many repeats fall into this frame: the first after the long press, then one each repeat_every.
int repeats(Frame& frame, Id id) {
  const auto age = frame.input.press_age(id);
  if (!age || !frame.input.long_pressed(id)) return 0;
  frame.animate();
  const base::Millis start = *age - InputRules{}.long_press;
  const base::Millis before = start - base::Millis{static_cast<long>(frame.dt * 1000)};
  const auto count = [](base::Millis t) { return t.count() < 0 ? 0 : t / repeat_every + 1; };
  return static_cast<int>(count(start) - count(before));
}

void collect(const Lift& lift, const PlacedKey& key, const Rect& area, Mm side,
             std::vector<KeyPress>& presses) {
  const bool was_long = lift.held >= InputRules{}.long_press;
  if (was_long && !key.more.empty()) {
    presses.push_back(InsertText{key.more[chosen(choice_cells(key, area, side), lift.at)]});
  } else if (!lift.slipped && !(was_long && std::holds_alternative<DeleteBack>(key.press))) {
    presses.push_back(key.press);
  }
}

int rows_in(const Frame& frame, const Rect& inside) {
  const TextStyle& style = frame.theme.type.body;
  return std::max(1, static_cast<int>(inside.h / (style.size * style.leading)));
}

Mm first_row(const Frame& frame, const Rect& inside) {
  const TextStyle& style = frame.theme.type.body;
  return inside.y + (rows_in(frame, inside) == 1 ? (inside.h - style.size * style.leading) / 2 : 0);
}

void draw_placeholder(Frame& frame, const Rect& inside, std::string_view words) {
  const TextStyle& style = frame.theme.type.body;
  const int rows = std::min(2, rows_in(frame, inside));
  const Rect box{inside.x + (frame.is_rtl() ? 0 : caret_room), first_row(frame, inside),
                 inside.w - caret_room, style.size * style.leading * static_cast<float>(rows)};
  const Label hint{.text = words,
                   .style = style,
                   .color = frame.theme.palette.ink_soft,
                   .background = frame.theme.palette.card,
                   .valign = VAlign::top,
                   .max_lines = rows,
                   .least = style.size * .5f};
  if (frame.fits(box.w, hint)) frame.label(box, hint);  // a field says what it is without it, too
}

// The last rows of it; of an only one the end while it is written, else the beginning. Returns where the
// caret stands: beside the last letter, at the top of its row.
Point draw_typed(Frame& frame, const Rect& inside, std::string_view text, bool focused) {
  constexpr Mm beside = .6f;
  const TextStyle& style = frame.theme.type.body;
  const Mm line_height = style.size * style.leading, cap = frame.text.cap_height(style);
  const auto rows = static_cast<std::size_t>(rows_in(frame, inside));
  const TextBlock& block = frame.text.layout(
      {.text = text, .style = style, .width = rows == 1 ? 0 : inside.w, .whose = Whose::visitor});
  const bool rtl = text.empty() ? frame.is_rtl() : block.direction == Direction::right_to_left;
  const Mm over = rows == 1 && focused ? std::max(0.f, block.width + 2 * beside - inside.w) : 0;

  Mm y = first_row(frame, inside), end = rtl ? inside.right() : inside.x;
  const auto cut = frame.paint.clip(grow(inside, beside));
  for (std::size_t i = block.lines.size() - std::min(rows, block.lines.size()); i < block.lines.size(); ++i) {
    const TextLine& line = block.lines[i];
    const Mm x = rtl ? inside.right() - line.width + over : inside.x - over;
    frame.paint.run(*line.run, {x, y + (line_height + cap) / 2}, frame.theme.palette.ink);
    end = rtl ? x : x + line.width;
    if (i + 1 < block.lines.size()) y += line_height;
  }
  // A space at the end moves it, although no line shows it.
  const Mm space = text.ends_with(' ') ? style.size * .28f : 0;
  return {end + (rtl ? -space - beside : space + beside), y};
}

// Below the words, or beside them where there is but one line. Takes its room off `inside`.
void draw_counter(Frame& frame, Rect& inside, const TextFieldView& view) {
  const Theme& theme = frame.theme;
  const std::string count = std::to_string(length_of(view.text)) + " / " + std::to_string(view.max_length);
  TextStyle style = theme.type.small;
  style.size = std::max(style.size * .85f, theme.least_text);
  style.leading = 1.1f;
  const Label label{.text = count,
                    .style = style,
                    .color = theme.palette.ink_soft,
                    .background = theme.palette.card,
                    .align = Align::end,
                    .whose = Whose::visitor};
  const Mm height = frame.label_height(inside.w, label);
  const bool below = inside.h >= height + theme.type.body.size * theme.type.body.leading;
  frame.label(below ? take_bottom(inside, height)
                    : take_end(inside, frame.text.measure(style, count, Whose::visitor) + 1, frame.direction,
                               theme.space.xs),
              label);
}

}  // namespace

std::vector<KeyPress> keyboard(Frame& frame, const Rect& area, const KeyboardView& view) {
  const Mm least = frame.theme.touch.key;
  const std::vector<PlacedKey> keys = keyboard_layout(area, view, least);
  std::vector<KeyPress> presses;
  for (const Lift& lift : frame.input.lifts()) {
    for (std::size_t i = 0; i < keys.size(); ++i)
      if (key_id(view, i).hash() == lift.hash) collect(lift, keys[i], area, least, presses);
  }
  const PlacedKey *held = nullptr, *down = nullptr;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const PlacedKey& key = keys[i];
    const Id id = key_id(view, i);
    frame.target({.id = id, .rect = key.face, .hit = key.hit, .role = Role::key, .label = spoken(key)});
    draw_key(frame, key, id, view);
    if (std::holds_alternative<DeleteBack>(key.press)) {
      for (int n = repeats(frame, id); n > 0; --n) presses.push_back(DeleteBack{});
    } else if (!key.more.empty() && frame.input.long_pressed(id)) {
      held = &key;
    } else if (is_letter(key) && frame.input.pressed(id)) {
      down = &key;
    }
  }
  if (held != nullptr)
    draw_choices(frame, *held, area, frame.input.touch_point().value_or(held->face.centre()));
  if (down != nullptr) draw_preview(frame, *down, area);
  return presses;
}

Mm keyboard_height(Frame& frame, Mm width, const KeyboardView& view) {
  const std::vector<PlacedKey> keys = keyboard_layout({0, 0, width, 1}, view, frame.theme.touch.key);
  int rows = 0;
  for (const PlacedKey& key : keys) rows += key.hit.x <= 0 ? 1 : 0;
  return static_cast<float>(rows) * std::clamp(width / 10.5f, frame.theme.touch.key + .4f, 19.f);
}

bool text_field(Frame& frame, const Rect& rect, const TextFieldView& view) {
  const Theme& theme = frame.theme;
  const Palette& p = theme.palette;
  const bool tapped = frame.target({.id = view.id,
                                    .rect = rect,
                                    .role = Role::field,
                                    .label = view.label.empty() ? view.placeholder : view.label,
                                    .length = length_of(view.text)});
  frame.colors(p.ink, p.card);
  const Mm radius = std::min(theme.radius.card * .7f, rect.h / 2);
  frame.paint.round_rect(rect, radius, p.card);
  frame.paint.stroke_round_rect(rect, radius, view.focused ? .8f : .4f, view.focused ? p.accent : p.outline);

  Rect inside =
      inset(rect, theme.space.s, std::min(theme.space.xs, (rect.h - theme.type.body.size * 1.3f) / 2));
  if (view.counter) draw_counter(frame, inside, view);
  if (view.text.empty()) draw_placeholder(frame, inside, view.placeholder);
  const auto cut = frame.paint.clip(rect);
  const Point end = draw_typed(frame, inside, view.text, view.focused);
  const Mm line = theme.type.body.size * theme.type.body.leading;
  // It does not blink: an idle screen draws nothing.
  if (view.focused)
    frame.paint.capsule({end.x, end.y + line * .16f}, {end.x, end.y + line * .84f}, .32f, p.accent);
  return tapped;
}

}  // namespace halte::ui
