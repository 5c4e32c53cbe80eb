// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "app/ui/widgets/chart_parts.h"
#include "app/ui/widgets/charts.h"

namespace halte::ui {
namespace {

constexpr Mm pad = 1.4f;
constexpr float two_lines = 2.65f;  // high, in sizes: of Arabic, which needs the most

struct SegmentPlan {
  TextStyle style = {};
  int lines = 1;
  std::vector<Mm> widths = {};
};

TextStyle segment_style(const Theme& theme) {
  TextStyle style = theme.type.label;
  style.size = std::max(style.size * .86f, theme.least_text);
  style.leading = 1.1f;
  return style;
}

// To each what it needs, and an even part of what is left.
std::vector<Mm> spread(std::vector<Mm> needs, Mm width) {
  const Mm spare = width - std::reduce(needs.begin(), needs.end());
  for (Mm& need : needs) need += spare / static_cast<float>(needs.size());
  return needs;
}

// The same width for each if the words then stand in one line; else by what each says; and where one line is
// too little, as in large text, two.
SegmentPlan plan_segments(Frame& frame, const Rect& inside, Words labels) {
  constexpr float hardly_smaller = .85f, smaller = .68f;
  const auto n = static_cast<float>(labels.size());
  const Mm around = 2 * frame.theme.touch.gap, room = inside.w - n * around;
  SegmentPlan plan{.style = segment_style(frame.theme)};
  plan.widths.assign(labels.size(), inside.w / n);
  const Mm wanted = plan.style.size;
  if (const auto style = fitted(frame, plan.style, room / n, labels, wanted * hardly_smaller)) {
    plan.style = *style;
    return plan;
  }
  const auto needs = [&](bool is_whole) {
    std::vector<Mm> widths;
    for (const std::string_view& text : labels)
      widths.push_back(is_whole ? widest(frame, plan.style, {&text, 1})
                                : widest(frame, plan.style, single_words({&text, 1})));
    return widths;
  };
  const auto whole = needs(true);
  const float factor = std::min(1.f, room / std::reduce(whole.begin(), whole.end()) * .97f);
  if (wanted * factor >= std::max(wanted * smaller, frame.theme.least_text)) {
    plan.style.size *= factor;
    plan.widths = spread(needs(true), inside.w);
    return plan;
  }
  plan.lines = 2;
  plan.style.size = std::max(std::min(wanted, (inside.h - 2 * pad) / two_lines), frame.theme.least_text);
  plan.widths = spread(needs(false), inside.w);
  return plan;
}

// Between two of them while the mark glides.
Rect place_at(const std::vector<Rect>& places, float at) {
  const float last = static_cast<float>(places.size() - 1), i = std::floor(std::clamp(at, 0.f, last));
  const Rect& a = places[static_cast<std::size_t>(i)];
  const Rect& b = places[static_cast<std::size_t>(std::min(i + 1, last))];
  const float t = std::clamp(at, 0.f, last) - i;
  return {std::lerp(a.x, b.x, t), a.y, std::lerp(a.w, b.w, t), a.h};
}

}  // namespace

std::optional<int> segments(Frame& frame, const Rect& rect, const SegmentsView& view) {
  const Palette& p = frame.theme.palette;
  if (view.labels.empty()) return std::nullopt;
  const Mm radius = rect.h / 2, gap = frame.theme.touch.gap;
  if (!p.flat) frame.paint.shadow(rect, radius, 5.5f, 1.9f, faded(p.shadow, .11f));
  frame.paint.round_rect(rect, radius, p.card);
  frame.paint.stroke_round_rect(rect, radius, p.flat ? .5f : .3f, p.outline);
  Rect rest = inset(rect, pad, 0);
  const SegmentPlan plan = plan_segments(frame, rest, view.labels);
  std::vector<Rect> places;
  for (const Mm width : plan.widths) places.push_back(take_start(rest, width, frame.direction));
  const float at = frame.spring(view.id, static_cast<float>(view.selected), glide_spring);
  frame.paint.round_rect(inset(place_at(places, at), 0, pad), radius - pad, p.accent);
  std::optional<int> tapped;
  for (int i = 0; i < static_cast<int>(places.size()); ++i) {
    const std::string_view text = view.labels[static_cast<std::size_t>(i)];
    const Rect box = places[static_cast<std::size_t>(i)], seen = inset(box, gap / 2, 0);
    const bool on = i == view.selected;
    if (frame.target({.id = view.id.at(i),
                      .rect = seen,
                      .hit = box,
                      .role = Role::control,
                      .label = text,
                      .selected = on}))
      tapped = i;
    const auto pressed = frame.press(view.id.at(i), seen);
    frame.label(inset(seen, gap / 2, 0), {.text = text,
                                          .style = plan.style,
                                          .color = on ? p.on_accent : p.ink,
                                          .background = on ? p.accent : p.card,
                                          .align = Align::centre,
                                          .max_lines = plan.lines,
                                          .least = plan.style.size * .8f});
  }
  return tapped;
}

Mm segments_height(const Theme& theme) {
  const float lines = theme.least_text > 0 ? two_lines : 2.1f;
  return std::max(theme.touch.secondary, segment_style(theme).size * lines + 2 * pad);
}

}  // namespace halte::ui
