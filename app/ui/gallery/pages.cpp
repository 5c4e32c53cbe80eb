// SPDX-License-Identifier: Apache-2.0
#include "app/ui/gallery/pages.h"

#include <vector>

#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/face.h"
#include "app/ui/widgets/keyboard.h"
#include "app/ui/widgets/scales.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::ui::gallery {
namespace {

const std::array<std::string, 5> languages{"nl", "fr", "de", "en", "ar"};

// Header and footer of every page; what is left between them.
Rect page_frame(Frame& frame, const Strings& strings, int step) {
  const Theme& theme = frame.theme;
  Rect rest = frame.display.safe_area();
  Rect header = take_top(rest, language_pills_height(theme), theme.space.m);
  const Mm pills = language_pills_width(theme, 5);
  language_pills(frame, take_end(header, pills, frame.direction, theme.space.s),
                 {.languages = languages,
                  .selected = strings.language == "ar"   ? 4
                              : strings.language == "de" ? 2
                                                         : 0});
  brand_header(frame, header, "Halte");
  const Rect privacy = take_bottom(rest, theme.type.small.size * 1.4f, theme.space.s);
  frame.label(privacy, {.text = strings.privacy,
                        .style = theme.type.small,
                        .color = theme.palette.ink_soft,
                        .background = theme.palette.background_low,
                        .align = Align::centre,
                        .least = theme.type.small.size * .8f});
  const Rect dots = take_bottom(rest, theme.space.s, theme.space.m);
  progress_dots(frame, dots.centre(), step, 3);
  return narrowed(rest, 420);
}

Label headline(const Frame& frame, std::string_view text, Align align) {
  const Theme& theme = frame.theme;
  return {.text = text,
          .style = theme.type.display,
          .color = theme.palette.ink,
          .background = theme.palette.background,
          .align = align,
          .max_lines = 3,
          .least = theme.type.display_least,
          .balanced = true};
}

void rate(Frame& frame, const Strings& strings, int selected, float hero) {
  const Theme& theme = frame.theme;
  const bool tall = frame.display.orientation() == Orientation::portrait;
  const Mm hero_radius = std::min(frame.display.short_side() * (tall ? .165f : .13f), 44.f);
  const Rect bounds = frame.display.bounds();
  const Point hero_at =
      tall ? Point{bounds.centre().x, bounds.h * .235f} : Point{bounds.w * .245f, bounds.h * .31f};
  background(frame, {.mood = hero, .glow_at = hero_at, .glow_radius = hero_radius * 2.5f});
  Rect rest = page_frame(frame, strings, 0);
  FaceScaleView scale{.labels = strings.moods, .selected = selected};
  living_face(frame, "hero", hero_at, hero_radius, hero);
  std::vector<ChipView> chips;
  for (const std::string_view reason : strings.reasons)
    chips.push_back({reason, selected >= 0 && chips.size() == 1});

  Rect words, answers;
  if (tall) {
    rest.y = hero_at.y + hero_radius + theme.space.m;
    rest.h = bounds.h * .9f - rest.y;
    words = take_top(rest, theme.type.display.size * 2.5f + theme.type.body.size * 1.6f, theme.space.m);
    answers = rest;
  } else {
    answers = rest;
    words = take_left(answers, rest.w * .42f, theme.space.l);
    words = take_bottom(words, words.h * .56f);
    take_top(answers, answers.h * .05f);
  }
  const Align align = Align::centre;
  Label title = headline(frame, strings.question, align);
  title.max_lines = 2;
  const Label hint{.text = strings.hint,
                   .style = theme.type.body,
                   .color = theme.palette.ink_soft,
                   .background = theme.palette.background,
                   .align = align,
                   .max_lines = 2,
                   .least = theme.type.body.size * .7f,
                   .balanced = true};
  const Mm title_h = frame.label_height(words.w, title), hint_h = frame.label_height(words.w, hint);
  Rect block = centred(words, words.w, title_h + theme.space.xs + hint_h);
  frame.label(take_top(block, title_h, theme.space.xs), title);
  frame.label(block, hint);
  face_scale(frame, take_top(answers, face_scale_height(frame, answers.w, scale), theme.space.l), scale);
  if (selected < 0 ||
      answers.h < theme.type.heading.size * 2 + chip_group_height(frame, answers.w, {.chips = chips}))
    return;
  frame.label(take_top(answers, theme.type.heading.size * 1.3f, theme.space.s),
              {.text = strings.what_better,
               .style = theme.type.heading,
               .color = theme.palette.ink,
               .background = theme.palette.background,
               .align = Align::start,
               .least = theme.type.heading.size * .7f});
  chip_group(frame, answers, {.chips = chips});
}

void attract(Frame& frame, const Strings& strings) { rate(frame, strings, -1, 2); }
void rated(Frame& frame, const Strings& strings) { rate(frame, strings, 4, 4); }
void sad(Frame& frame, const Strings& strings) { rate(frame, strings, 1, 1); }

void numbers(Frame& frame, const Strings& strings) {
  const Theme& theme = frame.theme;
  background(frame);
  Rect rest = page_frame(frame, strings, 1);
  Label title = headline(frame, strings.recommend, Align::start);
  title.style = theme.type.title;
  title.least = theme.type.title_least;
  take_top(rest, theme.space.m);
  frame.label(take_top(rest, frame.label_height(rest.w, title), theme.space.l), title);
  const NumberRowView row{.selected = 9, .low_label = strings.low, .high_label = strings.high};
  number_row(frame, take_top(rest, number_row_height(frame, rest.w, row), theme.space.l), row);
  const StarsView star_view{.selected = 3, .low_label = strings.moods[0], .high_label = strings.moods[4]};
  const Mm star_width = std::min(rest.w, 200.f), star_height = stars_height(frame, star_width, star_view);
  if (rest.h > star_height)
    stars(frame, narrowed(take_top(rest, star_height, theme.space.l), star_width), star_view);
  const ButtonView no{.id = "no", .label = strings.no, .kind = ButtonKind::secondary};
  const ButtonView yes{.id = "yes", .label = strings.yes, .icon = Icon::check};
  if (rest.h > button_pair_height(frame, rest.w, no, yes))
    button_pair(frame, take_top(rest, button_pair_height(frame, rest.w, no, yes), theme.space.m), no, yes);
}

void consent(Frame& frame, const Strings& strings) {
  const Theme& theme = frame.theme;
  background(frame);
  Rect rest = page_frame(frame, strings, 2);
  Label title = headline(frame, strings.thanks, Align::start);
  title.style = theme.type.title;
  title.least = theme.type.title_least;
  frame.label(take_top(rest, frame.label_height(rest.w, title), theme.space.m), title);
  const SwitchRowView news{.id = "news", .label = strings.consent, .detail = strings.consent_detail};
  const SwitchRowView reply{
      .id = "reply", .label = strings.reply, .detail = strings.reply_detail, .on = true};
  const Mm pad = theme.space.m, inner = rest.w - 2 * pad;
  const Mm news_h = switch_row_height(frame, inner, news), reply_h = switch_row_height(frame, inner, reply);
  const Rect plate = take_top(rest, news_h + reply_h + 2 * pad + theme.space.m, theme.space.l);
  card(frame, plate);
  Rect in = inset(plate, pad);
  switch_row(frame, take_top(in, news_h, theme.space.m), news);
  switch_row(frame, in, reply);
  const ButtonView no{.id = "no", .label = strings.no, .kind = ButtonKind::secondary};
  const ButtonView yes{.id = "yes", .label = strings.yes};
  button_pair(frame, take_top(rest, button_pair_height(frame, rest.w, no, yes), theme.space.l), no, yes);
  const auto code = make_qr("https://halte.example/r/7Q4K-M2XD");
  const Mm side = std::min(58.f, rest.h);
  Rect row = centred(rest, std::min(rest.w, side * 4), side);
  const Mm button_side = 16, icons_width = 3 * button_side + 2 * theme.space.xs;
  const Rect icon_column = take_right(row, icons_width, theme.space.s);
  const auto columns = split_columns(row, 2, theme.space.s);
  if (code) qr_plate(frame, centred(columns[0], std::min(columns[0].w, side), side), *code);
  countdown_ring(frame, columns[1].centre(), std::min({16.f, side * .4f, columns[1].w * .45f}), .65f, 13);
  Rect icons = centred(icon_column, icons_width, button_side);
  icon_button(frame, take_left(icons, button_side, theme.space.xs),
              {.id = "access", .icon = Icon::access, .label = "accessibility"});
  icon_button(frame, take_left(icons, button_side, theme.space.xs),
              {.id = "info", .icon = Icon::info, .label = "information", .on = true});
  icon_button(frame, icons, {.id = "back", .icon = Icon::back, .label = "back"});
}

void moods(Frame& frame, const Strings& strings) {
  background(frame);
  Rect rest = page_frame(frame, strings, 2);
  const bool tall = frame.display.orientation() == Orientation::portrait;
  const int columns = tall ? 3 : 5;
  const auto rows = split_rows(rest, tall ? 4 : 3);
  int i = 0;
  for (const Rect& row : rows) {
    for (const Rect& cell : split_columns(row, columns)) {
      const Mm radius = std::min(cell.w, cell.h) * .38f;
      FaceView view{.v = static_cast<float>(i) * 4 /
                         static_cast<float>(columns * static_cast<int>(rows.size()) - 1)};
      if (i == 4) view.blink = .6f;
      face(frame, cell.centre(), radius, view);
      ++i;
    }
  }
  constexpr Icon icons[] = {Icon::check,  Icon::cross,    Icon::back,   Icon::forward, Icon::backspace,
                            Icon::shift,  Icon::shift_on, Icon::enter,  Icon::globe,   Icon::lock,
                            Icon::info,   Icon::warning,  Icon::access, Icon::heart,   Icon::clock,
                            Icon::pencil, Icon::mail};
  const Mm size = frame.theme.type.body.size, pitch = rest.w / std::size(icons);
  for (std::size_t k = 0; k < std::size(icons); ++k)
    icon(frame, icons[k], {rest.x + pitch * (static_cast<float>(k) + .5f), rest.bottom() - size * .3f},
         std::min(size, pitch * .7f), frame.theme.palette.ink);
}

void writing(Frame& frame, const Strings& strings) {
  const Theme& theme = frame.theme;
  background(frame);
  Rect rest = frame.display.safe_area();
  brand_header(frame, take_top(rest, brand_header_height(theme), theme.space.s), "Halte");
  const KeyboardView view{.language = strings.language,
                          .state = {.shift = strings.language == "de" ? Shift::locked : Shift::off},
                          .done_label = strings.done,
                          .space_label = strings.language == "ar" ? "مسافة" : ""};
  const Mm keys_h = std::min(keyboard_height(frame, rest.w, view), rest.h * .62f);
  keyboard(frame, take_bottom(rest, keys_h, theme.space.s), view);
  Label title = headline(frame, strings.what_better, Align::start);
  title.style = theme.type.title;
  title.least = theme.type.title_least;
  title.max_lines = 1;
  if (rest.h > 70) frame.label(take_top(rest, theme.type.title.size * 1.4f, theme.space.s), title);
  text_field(frame, take_top(rest, std::min(rest.h, 70.f)), {.text = strings.typed});
}

constexpr Page all[] = {{"attract", attract}, {"rated", rated},     {"sad", sad},
                        {"numbers", numbers}, {"consent", consent}, {"moods", moods},
                        {"writing", writing}, {"figures", figures}, {"table", figures_table},
                        {"tabs", staff_tabs}};

}  // namespace

std::span<const Page> pages() { return all; }

}  // namespace halte::ui::gallery
