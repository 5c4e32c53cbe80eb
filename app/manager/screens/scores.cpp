// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/manager/screens/screens.h"
#include "app/ui/widgets/charts.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::manager::screens {
namespace {

using namespace ui;

// How often each answer was given, as one strip from the worst to the best. The words stand in the parts that
// have room for them; the table has them all.
void draw_spread(Frame& frame, Rect strip, const model::ScoreView& view) {
  const Theme& theme = frame.theme;
  const Mm whole = strip.w, gap = theme.palette.flat ? .8f : .4f;
  TextStyle style = theme.type.small;
  style.weight = Weight::semibold;
  for (std::size_t i = view.spread.size(); i-- > 0;) {
    const model::BarLine& part = view.spread[i];
    const Rect box = take_start(strip, whole * part.share, frame.direction);
    if (box.w < 2 * gap) continue;
    // Lightened, so that words stand out on every one of the five.
    const Color color = mix(face_color(theme.palette, view.moods[i]), rgb(0xFFFFFF), .4f);
    const Rect plate = inset(box, gap / 2, 0);
    frame.paint.round_rect(plate, std::min(theme.radius.key * .5f, plate.w / 2), color);
    for (const std::string& words : {part.label + " · " + part.figure, part.figure, part.label}) {
      if (frame.text.measure(style, words) > plate.w - 2) continue;
      frame.label(plate, {.text = words,
                          .style = style,
                          .color = theme.palette.face_ink,
                          .background = color,
                          .align = Align::centre});
      break;
    }
  }
}

// The figure, large, and beside it how sure it is.
void draw_value(Frame& frame, Rect& rest, const model::ScoreView& view) {
  const Theme& theme = frame.theme;
  TextStyle big = theme.type.title;
  if (!is_tight(frame)) big.size *= 1.25f;
  const Label value = on_card(frame, view.value, big);
  Label interval = soft_on_card(frame, view.interval, theme.type.small, 3);
  interval.least = interval.style.size * .45f;
  const Mm width = std::min(frame.text.measure(big, view.value) + .5f, rest.w * .45f);
  const Mm beside = rest.w - width - theme.space.m;
  Rect row = take_top(rest, std::max(frame.label_height(width, value), frame.label_height(beside, interval)),
                      theme.space.s);
  frame.label(take_start(row, width, frame.direction, theme.space.m), value);
  frame.label(row, interval);
}

void draw_score(Frame& frame, const Rect& place, const model::ScoreView& view) {
  const Theme& theme = frame.theme;
  card(frame, place);
  Rect rest = inset(place, is_tight(frame) ? theme.space.m : theme.space.l);
  put(frame, rest, soft_on_card(frame, view.name, theme.type.label), theme.space.s);
  if (view.value.empty()) {
    frame.label(rest, soft_on_card(frame, view.too_few, theme.type.body, 4));
    return;
  }
  draw_value(frame, rest, view);
  const model::ScaleView& s = view.scale;
  interval_bar(frame, take_top(rest, interval_bar_height(theme), theme.space.s),
               {.lowest = s.lowest,
                .highest = s.highest,
                .value = s.value,
                .low = s.low,
                .high = s.high,
                .before = s.before,
                .lowest_label = s.lowest_label,
                .highest_label = s.highest_label});
  const Mm strip = theme.type.small.size * 1.6f;
  if (!view.spread.empty() && rest.h >= strip) draw_spread(frame, take_top(rest, strip, theme.space.m), view);
  put(frame, rest, on_card(frame, view.change, theme.type.small, 2), theme.space.s);
  put(frame, rest, soft_on_card(frame, view.marked, theme.type.small, 2), theme.space.s);
}

Label fact_label(const Frame& frame, const model::FactView& fact) {
  Label label = soft_on_card(frame, fact.label, frame.theme.type.small);
  label.least = label.style.size * .45f;
  return label;
}

Label fact_value(const Frame& frame, const model::FactView& fact) {
  Label value = on_card(frame, fact.value, frame.theme.type.label);
  value.least = value.style.size * .45f;
  return value;
}

// Label above value in columns on a wide glass, beside each other in rows on a tall one.
Mm facts_height(Frame& frame, Mm width, const std::vector<model::FactView>& facts) {
  const Theme& theme = frame.theme;
  Mm label = 0, value = 0;
  for (const model::FactView& fact : facts) {
    label = std::max(label, frame.label_height(width, fact_label(frame, fact)));
    value = std::max(value, frame.label_height(width, fact_value(frame, fact)));
  }
  const Mm pads = 2 * (is_tight(frame) ? theme.space.s : theme.space.m);
  return pads +
         (is_wide(frame) ? label + value : (value + theme.space.s) * float(facts.size()) - theme.space.s);
}

void draw_facts(Frame& frame, const Rect& place, const std::vector<model::FactView>& facts) {
  const Theme& theme = frame.theme;
  card(frame, place);
  const Rect inside = inset(place, theme.space.l, is_tight(frame) ? theme.space.s : theme.space.m);
  const int n = int(facts.size());
  auto cells =
      is_wide(frame) ? split_columns(inside, n, theme.space.l) : split_rows(inside, n, theme.space.s);
  if (is_wide(frame) && frame.is_rtl()) std::ranges::reverse(cells);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    Rect cell = cells[i];
    const Label label = fact_label(frame, facts[i]);
    Label value = fact_value(frame, facts[i]);
    if (is_wide(frame)) {
      frame.label(take_top(cell, frame.label_height(cell.w, label)), label);
    } else {
      frame.label(take_start(cell, cell.w * .44f, frame.direction, theme.space.s), label);
      value.align = Align::end;
    }
    frame.label(cell, value);
  }
}

}  // namespace

void draw_scores(Frame& frame, const Rect& area, const model::ScoresView& view) {
  const Theme& theme = frame.theme;
  Rect rest = area;
  const Rect facts = take_bottom(rest, facts_height(frame, rest.w, view.facts), theme.space.m);
  // Two scores at once; the table has them all.
  const std::size_t shown = std::min<std::size_t>(view.scores.size(), 2);
  auto places = is_wide(frame) ? split_columns(rest, int(shown), theme.space.m)
                               : split_rows(rest, int(shown), theme.space.m);
  if (is_wide(frame) && frame.is_rtl()) std::ranges::reverse(places);
  for (std::size_t i = 0; i < shown; ++i) draw_score(frame, places[i], view.scores[i]);
  draw_facts(frame, facts, view.facts);
}

}  // namespace halte::manager::screens
