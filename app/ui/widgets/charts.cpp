// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/charts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/ui/widgets/chart_parts.h"

namespace halte::ui {
namespace {

Label words_label(const Theme& theme, std::string_view text, const TextStyle& style, Align align) {
  return {.text = text,
          .style = style,
          .color = theme.palette.ink,
          .background = theme.palette.card,
          .align = align,
          .least = least_words(theme)};
}

// ------------------------------------------------------------------------------------------------ interval

Mm mark_radius(const Theme& theme) { return theme.type.small.size * .44f; }

// The mark has a gap around it, so that it is told from the band below.
constexpr float gap_around = 1.28f;

void scale_line(Frame& frame, const Rect& scale) {
  const Mm y = scale.centre().y, half = .25f, tick = scale.h * .26f;
  const Color color = frame.theme.palette.outline;
  frame.paint.capsule({scale.x, y}, {scale.right(), y}, half, color);
  for (const Mm x : {scale.x, scale.right()}) frame.paint.capsule({x, y - tick}, {x, y + tick}, half, color);
}

void interval_band(Frame& frame, const Rect& band, Color color) {
  const Palette& p = frame.theme.palette;
  frame.paint.round_rect(band, band.h * .3f, mix(p.card, color, p.flat ? .34f : .26f));
  frame.paint.stroke_round_rect(band, band.h * .3f, p.flat ? .5f : .3f, edge_color(p, color));
}

void hollow_mark(Frame& frame, Point at, Mm radius) {
  const Palette& p = frame.theme.palette;
  frame.paint.circle(at, radius, p.card);
  frame.paint.stroke_circle(at, radius * .84f, radius * .30f, p.ink_soft);
}

void value_mark(Frame& frame, Point at, Mm radius, Color color) {
  const Palette& p = frame.theme.palette;
  frame.paint.circle(at, radius * gap_around, p.card);
  frame.paint.circle(at, radius, edge_color(p, color));
  frame.paint.circle(at, radius * .76f, color);
}

// ------------------------------------------------------------------------------------------------ bars

// The columns of a list of bars, and how the words stand in them.
struct BarPlan {
  bool stacked = false;        // the label above its bar
  int lines = 1;               // of a label
  Mm labels = 0, figures = 0;  // widths
  TextStyle words = {}, numbers = {};
};

Label bar_label(const Theme& theme, const BarPlan& plan, std::string_view text) {
  Label label = words_label(theme, text, plan.words, Align::start);
  label.max_lines = plan.lines;
  return label;
}

Label bar_figure(const Frame& frame, const BarPlan& plan, std::string_view text) {
  return words_label(frame.theme, text, plan.numbers, by_last_digit(frame.direction));
}

Mm bar_gap(const Theme& theme) { return theme.space.s; }

// Beside each other, if the labels stand whole in so many lines, hardly smaller than they should be, and a
// bar of some length is left.
std::optional<BarPlan> plan_beside(Frame& frame, const BarPlan& wanted, Mm width, Mm row_height,
                                   Words labels) {
  constexpr float least_bar = .2f, hardly_smaller = .8f;
  BarPlan plan = wanted;
  plan.labels = std::min(widest(frame, plan.words, labels), width * .4f);
  if (width - plan.labels - plan.figures - 2 * bar_gap(frame.theme) < width * least_bar) return std::nullopt;
  const Mm least = plan.words.size * hardly_smaller;
  if (plan.lines == 1) {
    const auto style = fitted(frame, plan.words, plan.labels, labels, least);
    if (!style) return std::nullopt;
    plan.words = *style;
  }
  for (const std::string_view text : labels) {
    Label label = bar_label(frame.theme, plan, text);
    label.least = least;
    if (!stands_in(frame, plan.labels, row_height, label)) return std::nullopt;
  }
  return plan;
}

BarPlan plan_bars(Frame& frame, const Rect& rect, std::span<const BarView> bars) {
  const Theme& theme = frame.theme;
  const Mm row_height = rect.h / static_cast<float>(bars.size());
  std::vector<std::string_view> labels, figures;
  for (const BarView& bar : bars) {
    labels.push_back(bar.label);
    figures.push_back(bar.figure);
  }
  BarPlan plan{.labels = rect.w * .4f,
               .figures = widest(frame, chart_figures(theme), figures),
               .words = chart_words(theme),
               .numbers = chart_figures(theme)};
  for (plan.lines = 1; plan.lines <= 2; ++plan.lines) {
    if (const auto beside = plan_beside(frame, plan, rect.w, row_height, labels)) return *beside;
  }
  plan.stacked = frame.label_height(rect.w, bar_label(theme, plan, "0")) * 2 <= row_height;
  plan.lines = plan.stacked ? 1 : 2;
  const Mm most = rect.w * (plan.stacked ? .62f : .36f);
  plan.figures = std::min(plan.figures, most);
  plan.numbers = fitted(frame, plan.numbers, most, figures, least_words(theme)).value_or(plan.numbers);
  return plan;
}

// A line with a gap around it, so that it is seen on the bar and beside it.
void whisker(Frame& frame, const Rect& bar, float low, float high) {
  const Palette& p = frame.theme.palette;
  const Mm y = bar.centre().y, cap = bar.h * .24f, thin = .28f, thick = .62f;
  const auto at = [&](float share) {
    return mirrored({bar.x + bar.w * std::clamp(share, 0.f, 1.f), y, 0, 0}, bar, frame.direction).x;
  };
  const Mm from = at(low), to = at(high);
  for (const auto& [half, color] : {std::pair{thick, p.card}, {thin, p.ink}}) {
    frame.paint.capsule({from, y}, {to, y}, half, color);
    for (const Mm x : {from, to}) frame.paint.capsule({x, y - cap}, {x, y + cap}, half, color);
  }
}

void bar_body(Frame& frame, const Rect& track, const BarView& view) {
  const Palette& p = frame.theme.palette;
  const Mm radius = track.h * .26f;
  frame.paint.round_rect(track, radius, p.tint);
  if (p.flat) frame.paint.stroke_round_rect(track, radius, .3f, p.outline);
  const Color color = view.color.value_or(p.accent);
  Rect bar = track;
  bar.w *= std::clamp(view.share, 0.f, 1.f);
  bar = mirrored(bar, track, frame.direction);
  if (bar.w * frame.display.px_per_mm >= 1) {
    frame.paint.round_rect(bar, radius, color);
    frame.paint.stroke_round_rect(bar, radius, .3f, edge_color(p, color));
  }
  if (view.low && view.high) whisker(frame, track, *view.low, *view.high);
}

void bar_row(Frame& frame, const Rect& row, const BarPlan& plan, const BarView& view) {
  const Theme& theme = frame.theme;
  const Label label = bar_label(theme, plan, view.label), figure = bar_figure(frame, plan, view.figure);
  const Mm gap = bar_gap(theme), line = frame.label_height(row.w, bar_label(theme, plan, "0"));
  Rect rest = row;
  if (plan.stacked) {
    rest = centred(row, row.w, 2 * line);
    frame.label(take_top(rest, line), label);
  } else {
    frame.label(take_start(rest, plan.labels, frame.direction, gap), label);
  }
  frame.label(take_end(rest, plan.figures, frame.direction, gap), figure);
  bar_body(frame, centred(rest, rest.w, std::min(row.h * .5f, theme.type.small.size * 1.05f)), view);
}

}  // namespace

void interval_bar(Frame& frame, const Rect& rect, const IntervalView& view) {
  const Theme& theme = frame.theme;
  const Mm radius = mark_radius(theme), height = 2 * radius * gap_around;
  Rect rest = centred(rect, rect.w, interval_bar_height(theme));
  // The marks at the ends of the scale stay inside.
  const Rect scale = inset(take_top(rest, height, theme.space.xxs), height / 2, 0);
  const float span = view.highest - view.lowest;
  const auto at = [&](float v) {
    const float t = span > 0 ? std::clamp((v - view.lowest) / span, 0.f, 1.f) : 0.f;
    return mirrored({scale.x + t * scale.w, scale.centre().y, 0, 0}, scale, frame.direction).centre();
  };
  const Color color = view.color.value_or(theme.palette.accent);
  scale_line(frame, scale);
  const Mm left = std::min(at(view.low).x, at(view.high).x),
           right = std::max(at(view.low).x, at(view.high).x);
  interval_band(frame, {left, scale.y + scale.h * .14f, right - left, scale.h * .72f}, color);
  if (view.before) hollow_mark(frame, at(*view.before), radius * .92f);
  value_mark(frame, at(view.value), radius, color);

  TextStyle style = chart_words(theme);
  style.tabular = true;
  const Mm half = rect.w * .48f;
  for (const bool is_low : {true, false}) {
    Label label = words_label(theme, is_low ? view.lowest_label : view.highest_label, style,
                              is_low ? Align::start : Align::end);
    label.color = theme.palette.ink_soft;
    const Rect box = is_low ? take_start(rest, half, frame.direction) : rest;
    if (!label.text.empty()) frame.label(box, label);
  }
}

Mm interval_bar_height(const Theme& theme) {
  return 2 * mark_radius(theme) * gap_around + theme.space.xxs + theme.type.small.size * 1.32f;
}

void bar_list(Frame& frame, const Rect& rect, std::span<const BarView> bars) {
  if (bars.empty()) return;
  const BarPlan plan = plan_bars(frame, rect, bars);
  const auto rows = split_rows(rect, static_cast<int>(bars.size()));
  for (std::size_t i = 0; i < bars.size(); ++i) bar_row(frame, rows[i], plan, bars[i]);
}

Mm bar_list_height(const Theme& theme, int bars) {
  // In large text a label stands above its bar.
  const float lines = theme.least_text > 0 ? 2.9f : 2.0f;
  return static_cast<float>(bars) * theme.type.small.size * lines;
}

void hatch(Frame& frame, const Rect& rect) {
  // At 45°, each line from one edge to another: nothing has to be clipped.
  const Mm pitch = std::max(1.9f, 3.f * frame.theme.scale), thickness = .3f;
  for (Mm t = pitch / 2; t < rect.w + rect.h; t += pitch) {
    const Point from{rect.x + std::min(t, rect.w), rect.y + std::max(0.f, t - rect.w)};
    const Point to{rect.x + std::max(0.f, t - rect.h), rect.y + std::min(t, rect.h)};
    frame.paint.polyline(std::array{from, to}, thickness, frame.theme.palette.outline);
  }
}

}  // namespace halte::ui
