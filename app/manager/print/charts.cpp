// SPDX-License-Identifier: Apache-2.0
#include "app/manager/print/charts.h"

#include <algorithm>

namespace halte::manager::print {
namespace {

// Pale yellow on white paper is seen by its edge alone.
Color edge_of(Color color) { return ui::with_lightness(color, ui::lightness(color) * .72f); }

// On the bar and beside it: white around ink.
void draw_whisker(Paper& paper, const Rect& bar, float low, float high, const Style& style) {
  const Mm y = bar.y + bar.h / 2, cap = bar.h * .26f;
  const Mm from = bar.x + bar.w * std::clamp(low, 0.f, 1.f), to = bar.x + bar.w * std::clamp(high, 0.f, 1.f);
  for (const auto& [thickness, color] :
       {std::pair{.75f * style.k, style.palette.card}, {.28f * style.k, style.palette.ink}}) {
    paper.line({from, y}, {to, y}, thickness, color);
    for (const Mm x : {from, to}) paper.line({x, y - cap}, {x, y + cap}, thickness, color);
  }
}

void draw_bar(Paper& paper, const Rect& track, const model::BarLine& bar, Color color, const Style& style) {
  const Mm radius = .7f * style.k;
  paper.fill(track, radius, style.palette.tint);
  const Rect body{track.x, track.y, track.w * std::clamp(bar.share, 0.f, 1.f), track.h};
  if (body.w >= .3f) {
    paper.fill(body, radius, color);
    paper.stroke(body, radius, .18f, edge_of(color));
  }
  if (bar.low && bar.high) draw_whisker(paper, track, *bar.low, *bar.high, style);
}

Mm widest(const Paper& paper, const std::vector<model::BarLine>& bars,
          const std::string model::BarLine::* part, const Type& type) {
  Mm width = 0;
  for (const model::BarLine& bar : bars) width = std::max(width, paper.text_width(bar.*part, type));
  return width;
}

}  // namespace

Mm draw_scale(Paper& paper, const Rect& box, const model::ScaleView& scale, const Style& style) {
  const ui::Palette& p = style.palette;
  const Mm radius = 1.5f * style.k, y = box.y + 2 * radius, inset = radius * 1.3f;
  const Mm left = box.x + inset, wide = box.w - 2 * inset;
  const float span = scale.highest - scale.lowest;
  const auto at = [&](float value) {
    return Point{left + wide * (span > 0 ? std::clamp((value - scale.lowest) / span, 0.f, 1.f) : 0.f), y};
  };
  paper.line({left, y}, {left + wide, y}, .35f, p.outline);
  for (const Mm x : {left, left + wide})
    paper.line({x, y - radius * .6f}, {x, y + radius * .6f}, .35f, p.outline);
  const Rect band{at(scale.low).x, y - radius * .8f, at(scale.high).x - at(scale.low).x, radius * 1.6f};
  paper.fill(band, radius * .5f, ui::mix(p.card, p.accent, .26f));
  paper.stroke(band, radius * .5f, .25f, p.accent);
  if (scale.before) {
    paper.disc(at(*scale.before), radius * .9f, p.card);
    paper.ring(at(*scale.before), radius * .75f, radius * .3f, p.ink_soft);
  }
  paper.disc(at(scale.value), radius * 1.3f, p.card);
  paper.disc(at(scale.value), radius, p.accent);

  Type ends = style.small();
  ends.figure = true;
  const Rect below{box.x, y + radius * 1.6f, box.w, 0};
  const Mm half = box.w / 2;
  const Mm tall = paper.text({below.x, below.y, half, 0}, scale.lowest_label, ends);
  // The last digit of the upper end stands at the end of the line, in every direction of reading.
  const Mm wide_label = paper.text_width(scale.highest_label, ends) + .2f;
  paper.text({box.x + box.w - wide_label, below.y, wide_label, 0}, scale.highest_label, ends);
  return below.y + tall - box.y;
}

Mm draw_bars(Paper& paper, const Rect& box, const std::vector<model::BarLine>& bars,
             const std::vector<Color>& colors, const Style& style) {
  constexpr Mm slack = .3f;  // so that rounding breaks no word off
  const Type words = style.body(), figures = style.figure();
  const Mm gap = 2.2f * style.k;
  const Mm labels = std::min(widest(paper, bars, &model::BarLine::label, words) + slack, box.w * .46f);
  const Mm numbers = widest(paper, bars, &model::BarLine::figure, figures) + slack;
  const Mm track = std::max(8.f, box.w - labels - numbers - 2 * gap);
  Mm y = box.y;
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const Mm words_tall = paper.text_height(labels, bars[i].label, words);
    const Mm row = std::max((3.7f + 1.3f * style.air) * style.k, words_tall + .8f * style.air * style.k);
    paper.text_in_middle({box.x, y, labels, row}, bars[i].label, words);
    const Mm thick = 3.1f * style.k;
    draw_bar(paper, {box.x + labels + gap, y + (row - thick) / 2, track, thick}, bars[i],
             colors[std::min(i, colors.size() - 1)], style);
    paper.text_in_middle({box.x + box.w - numbers, y, numbers, row}, bars[i].figure, figures);
    y += row;
  }
  return y - box.y;
}

void draw_too_few(Paper& paper, const Rect& box, const Style& style) {
  paper.hatch(box, .9f * style.k, 1.2f * style.k, .2f, style.palette.outline);
  paper.stroke(box, .9f * style.k, .2f, style.palette.outline);
}

Mm draw_hours(Paper& paper, const Rect& box, const model::HoursView& hours, Mm chart, const Style& style) {
  using Kind = model::HourCell::Kind;
  const ui::Palette& p = style.palette;
  const std::size_t n = std::min(hours.hours.size(), hours.cells.size());
  if (n == 0) return 0;
  constexpr Mm widest_bar = 15, widest_pitch = 27;
  const Mm bar = std::min(widest_bar, .64f * box.w / float(n)), line = 4 * style.k, radius = .9f * style.k;
  // From one edge of the sheet to the other, unless these are a few hours only.
  const Mm pitch = n > 1 ? std::min(widest_pitch, (box.w - bar) / float(n - 1)) : 0;
  Type value = style.figure(), hour = style.small();
  value.size = hour.size = std::min(style.small().size, bar * .62f);
  value.align = hour.align = Align::centre;
  hour.figure = true;
  for (std::size_t i = 0; i < n; ++i) {
    const model::HourCell& cell = hours.cells[i];
    const Rect track{box.x + float(i) * pitch, box.y + line, bar, chart};
    const Rect words{track.x - bar * .25f, box.y, bar * 1.5f, line};
    if (cell.kind == Kind::value) {
      const float share = std::clamp(cell.value, 0.f, 1.f);
      const Mm high = std::max(.8f, chart * share);
      paper.fill(track, radius, p.tint);
      paper.fill({track.x, track.bottom() - high, bar, high}, radius,
                 ui::mix(p.card, p.accent, .35f + .65f * share));
    } else if (cell.kind == Kind::too_few) {
      draw_too_few(paper, track, style);
    } else {
      paper.text_in_middle({words.x, track.bottom() - line, words.w, line}, "–", hour);
    }
    paper.text_in_middle({words.x, words.y - .3f * style.k, words.w, line}, cell.text, value);
    paper.text_in_middle({words.x, track.bottom() + .4f * style.k, words.w, line}, hours.hours[i], hour);
  }
  return 2 * line + chart + .4f * style.k;
}

}  // namespace halte::manager::print
