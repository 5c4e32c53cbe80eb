// SPDX-License-Identifier: Apache-2.0
#include "app/ui/stage.h"

#include <algorithm>
#include <utility>

#include "app/ui/layout.h"

namespace halte::ui {

namespace {

// Two colours, so that it stands out on whatever lies around it.
void draw_focus(const Frame& frame, const Rect& rect) {
  const Palette& p = frame.theme.palette;
  constexpr Mm line = 1.1f;
  const Rect inner = grow(rect, line), outer = grow(rect, 2 * line);
  const Mm radius = std::min({rect.w / 2, rect.h / 2, 10.f});
  frame.paint.stroke_round_rect(outer, radius + 2 * line, line, p.flat ? p.accent : p.ink);
  frame.paint.stroke_round_rect(inner, radius + line, line, p.card);
}

}  // namespace

base::Result<Stage> Stage::create(const StageOptions& options) {
  auto paint = Paint::create();
  if (!paint) return std::unexpected(paint.error());
  auto text = Text::create(options.fonts, options.display.px_per_mm);
  if (!text) return std::unexpected(text.error());
  return Stage(options, std::move(*paint), std::move(*text));
}

Stage::Stage(const StageOptions& options, Paint paint, Text text)
    : display_(options.display),
      theme_(options.theme),
      paint_(std::move(paint)),
      text_(std::move(text)),
      input_(options.input) {}

void Stage::begin(base::Millis now, const std::vector<Event>& events, Direction direction) {
  // After a sleep the springs go on where they were instead of jumping.
  const base::Millis passed =
      last_.count() < 0 ? base::Millis{0} : std::clamp(now - last_, base::Millis{0}, base::Millis{50});
  last_ = now;
  const float dt = static_cast<float>(passed.count()) / 1000.f;
  text_.begin_frame();
  // The same place of an emptied atlas holds another letter: equal draw data, other picture.
  if (const unsigned generation = text_.atlas().generation; std::exchange(atlas_, generation) != generation)
    paint_.forget_picture();
  const auto struck = focus_.follow(events, registry_, direction);
  input_.begin_frame(events, now, struck ? struck->id : std::string());
  animator_.begin_frame(dt, theme_.motion);
  registry_.clear();
  wake_.reset();
  paint_.begin(display_, theme_.effects);
  frame_.emplace(Frame::Parts{paint_, text_, theme_, display_, input_, animator_, registry_, wake_, now, dt,
                              direction, screen_since_});
}

std::optional<base::Millis> Stage::end() {
  if (const Element* at = registry_.find(focus_.id())) draw_focus(*frame_, at->rect_mm);
  if (text_.overflowed()) frame_->animate();
  if (const auto deadline = input_.next_deadline()) frame_->wake_at(*deadline);
  frame_.reset();
  paint_.end();
  return wake_;
}

void Stage::screen_changed(base::Millis now) {
  input_.screen_changed(now);
  focus_.clear();
  animator_.clear();
  screen_since_ = now;
}

void Stage::set_display(const Display& display) {
  if (display.px_per_mm != display_.px_per_mm) text_.set_px_per_mm(display.px_per_mm);
  display_ = display;
}

std::vector<Event> tap_on(const Registry& registry, std::string_view id, base::Millis at) {
  const Element* element = registry.find(id);
  if (element == nullptr) return {};
  const Point middle = element->rect_mm.centre();
  return {Touch{Touch::Phase::down, middle, at}, Touch{Touch::Phase::up, middle, at}};
}

}  // namespace halte::ui
