// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/face.h"
#include "app/ui/widgets/scales.h"
#include "app/ui/widgets/surfaces.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

constexpr base::Millis cross_fade{400};

// The question; while the language turns, the one before fades out over it.
Mm draw_turning_words(Frame& frame, const Rect& box, const Words& words, const model::RateView& view) {
  const Tween fade{view.turned, frame.theme.motion == Motion::off ? base::Millis{0} : cross_fade};
  if (view.title_before.empty() || view.turned.count() == 0 || fade.done(frame.now))
    return draw_words(frame, box, words);
  frame.animate(box);
  const float in = fade.at(frame.now);
  if (in < .5f) {
    const auto out = frame.paint.moved({}, 1 - 2 * in);
    Words before = words;
    before.title = view.title_before;
    before.description = {};
    draw_words(frame, box, before);
    return words_height(frame, box.w, words);
  }
  const auto scope = frame.paint.moved({}, 2 * in - 1);
  return draw_words(frame, box, words);
}

Words rate_words(const Frame& frame, const model::RateView& view, Align align) {
  Words words = question_words(frame, view.question, align);
  if (!is_wide(frame) || has_columns(frame)) {
    words.style = frame.theme.type.display;
    words.least = frame.theme.type.display_least;
  }
  return words;
}

std::optional<int> draw_faces(Frame& frame, const Rect& box, const model::RateView& view) {
  card(frame, box);
  std::vector<std::string_view> labels(view.labels.begin(), view.labels.end());
  return face_scale(frame, inset(box, frame.theme.space.m),
                    {.labels = labels,
                     .selected = view.selected,
                     .order = view.worst_first ? ScaleOrder::worst_left : ScaleOrder::best_left});
}

float hero_mood(const model::RateView& view) {
  // Neutral until the tap, so that it suggests no answer.
  if (view.selected < 0) return 2;
  return face_position(view.selected, int(view.labels.size()));
}

}  // namespace

Wish draw_rate(Frame& frame, const Rect& area, const model::RateView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, arms_travel);
  Wish wish;
  if (!is_empty(view.way)) {
    const Rect way = take_bottom(rest, frame.theme.touch.answer + 4, space.m);
    wish = draw_way(frame, way, view.way);
  }
  std::optional<int> tapped;
  if (has_columns(frame)) {
    Rect left = take_start(rest, rest.w * .42f, frame.direction, space.xl);
    const Words words = rate_words(frame, view, Align::start);
    const Mm height = words_height(frame, left.w, words);
    const Mm radius = std::clamp((left.h - height - space.xl) / 2 * .72f, 18.f, 42.f);
    const Mm top = left.y + (left.h - height - space.xl - 2 * radius) * .42f;
    const Mm x = frame.is_rtl() ? left.right() - radius : left.x + radius;
    living_face(frame, "hero", {x, top + radius}, radius, hero_mood(view));
    draw_turning_words(frame, {left.x, top + 2 * radius + space.xl, left.w, height}, words, view);
    const Mm tall =
        face_scale_height(frame, rest.w - 2 * space.m,
                          {.labels = std::vector<std::string_view>(view.labels.begin(), view.labels.end())}) +
        2 * space.m;
    tapped = draw_faces(frame, {rest.x, rest.y + (rest.h - tall) * .45f, rest.w, tall}, view);
  } else {
    const Words words = rate_words(frame, view, Align::centre);
    const std::vector<std::string_view> labels(view.labels.begin(), view.labels.end());
    const Mm tall = face_scale_height(frame, rest.w - 2 * space.m, {.labels = labels}) + 2 * space.m;
    const Mm height = words_height(frame, rest.w, words);
    const Mm room = rest.h - height - tall - space.l - space.xl;
    const Mm radius = std::clamp(room * .36f, 0.f, 56.f);
    const bool has_hero = radius > 14 && !is_wide(frame);
    const Mm hero = has_hero ? 2 * radius + space.l : 0;
    Mm y = rest.y + std::max(0.f, rest.h - hero - height - space.xl - tall) * .42f;
    if (has_hero) living_face(frame, "hero", {rest.centre().x, y + radius}, radius, hero_mood(view));
    y += hero;
    draw_turning_words(frame, {rest.x, y, rest.w, height}, words, view);
    tapped = draw_faces(frame, {rest.x, y + height + space.xl, rest.w, tall}, view);
  }
  if (tapped) wish = model::Choose{std::size_t(*tapped)};
  return wish;
}

}  // namespace halte::kiosk::screens
