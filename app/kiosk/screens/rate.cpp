// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/kiosk/screens/parts.h"
#include "app/kiosk/screens/screens.h"
#include "app/ui/widgets/controls.h"
#include "app/ui/widgets/face.h"
#include "app/ui/widgets/scales.h"

namespace halte::kiosk::screens {
namespace {

using namespace ui;

constexpr base::Millis cross_fade{400};

// The question; while the language turns, the one before fades out over it. A software renderer turns at
// once: twelve whole pictures every six seconds were most of what an idle kiosk did there.
Mm draw_turning_words(Frame& frame, const Rect& box, const Words& words, const model::RateView& view) {
  const bool at_once = frame.theme.motion == Motion::off || frame.theme.effects == ui::Effects::lite;
  const Tween fade{view.turned, at_once ? base::Millis{0} : cross_fade};
  if (view.title_before.empty() || view.turned.count() == 0 || fade.done(frame.now))
    return draw_words(frame, box, words);
  frame.animate();
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
  words.is_hint = true;
  if (!is_wide(frame)) {
    words.style = frame.theme.type.display;
    words.least = frame.theme.type.display_least;
  }
  return words;
}

FaceScaleView scale_of(const model::RateView& view, const std::vector<std::string_view>& labels) {
  return {.labels = labels,
          .selected = view.selected,
          .order = view.worst_first ? ScaleOrder::worst_left : ScaleOrder::best_left};
}

float hero_mood(const model::RateView& view) {
  // Neutral until the tap, so that it suggests no answer.
  if (view.selected < 0) return 2;
  return face_position(view.selected, int(view.labels.size()));
}

ui::PaintImage photo_of(const Frame& frame, const model::RateView& view) {
  const auto& photos = frame.paint.textures().photos;
  return view.photo && *view.photo < photos.size() ? photos[*view.photo] : ui::PaintImage{};
}

// A face, or one of the organisation's pictures while nobody is there; both take the same room, so that
// nothing jumps at the first tap.
void draw_hero(Frame& frame, const Rect& box, const model::RateView& view) {
  if (const auto photo = photo_of(frame, view)) return frame.paint.image(photo, box, frame.theme.radius.card);
  const Mm radius = box.h / 2;
  const Mm x = !has_columns(frame) ? box.centre().x : frame.is_rtl() ? box.right() - radius : box.x + radius;
  living_face(frame, "hero", {x, box.y + radius}, radius, hero_mood(view));
}

}  // namespace

Wish draw_rate(Frame& frame, const Rect& area, const model::RateView& view) {
  const Spacing& space = frame.theme.space;
  Rect rest = narrowed(area, arms_travel);
  Wish wish;
  if (!is_empty(view.way))
    wish = draw_way(frame, take_bottom(rest, button_height(frame.theme), space.m), view.way);
  const std::vector<std::string_view> labels(view.labels.begin(), view.labels.end());
  const FaceScaleView scale = scale_of(view, labels);
  const bool columns = has_columns(frame);
  Rect question = columns ? take_start(rest, rest.w * .42f, frame.direction, space.xl) : rest;
  const Mm tall = face_scale_height(frame, rest.w, scale);
  const Words words = fit_words(frame, question.w, question.h - (columns ? 0 : tall + space.s),
                                rate_words(frame, view, columns ? Align::start : Align::centre));
  const Mm height = words_height(frame, question.w, words);

  // Beside the scale the hero shares the height with the question alone.
  const Mm below = columns ? 0 : space.xl + tall;
  const Mm room = question.h - height - below - space.l;
  const Mm radius = std::min(room * (columns ? .40f : .36f), columns ? 44.f : 56.f);
  const bool has_hero = radius > 14;
  const Mm hero = has_hero ? 2 * radius + space.l : 0;
  const Mm gap = columns ? 0 : std::min(space.xl, question.h - height - tall);
  const Mm block = hero + height + (columns ? 0 : gap + tall);
  Mm y = question.y + std::max(0.f, question.h - block) * .42f;
  if (has_hero) draw_hero(frame, {question.x, y, question.w, 2 * radius}, view);
  y += hero;
  draw_turning_words(frame, {question.x, y, question.w, height}, words, view);
  const Mm scale_y = columns ? rest.y + (rest.h - tall) * .45f : y + height + gap;
  if (auto tapped = face_scale(frame, {rest.x, scale_y, rest.w, tall}, scale))
    wish = model::Choose{std::size_t(*tapped)};
  return wish;
}

}  // namespace halte::kiosk::screens
