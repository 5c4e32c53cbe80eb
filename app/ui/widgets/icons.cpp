// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/icons.h"

#include <cmath>
#include <initializer_list>
#include <numbers>
#include <vector>

namespace halte::ui {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

// A pen on a square of −1 … 1.
class Pen {
 public:
  Pen(Paint& paint, Point centre, Mm size, Color color)
      : paint_(paint), centre_(centre), half_(size / 2), color_(color) {}

  void line(std::initializer_list<Point> points) const {
    Point last = at(*points.begin());
    for (const Point p : points) {
      const Point next = at(p);
      if (next != last) paint_.capsule(last, next, half_ * width / 2, color_);
      last = next;
    }
  }
  void arc(Point c, float r, float from, float to) const {
    paint_.arc(at(c), r * half_, from, to, width * half_, color_);
  }
  void ring(Point c, float r) const { paint_.stroke_circle(at(c), r * half_, width * half_, color_); }
  void dot(Point c, float r) const { paint_.circle(at(c), r * half_, color_); }
  void box(float x, float y, float w, float h, float radius) const {
    const Point a = at({x, y});
    paint_.stroke_round_rect({a.x, a.y, w * half_, h * half_}, radius * half_, width * half_, color_);
  }
  void fill(std::initializer_list<Point> outline) const {
    std::vector<Point> points;
    for (const Point p : outline) points.push_back(at(p));
    paint_.convex(points, color_);
  }
  void heart() const;
  void gear() const;

 private:
  static constexpr float width = .20f;
  Point at(Point p) const { return centre_ + p * half_; }
  Paint& paint_;
  Point centre_;
  Mm half_;
  Color color_;
};

void Pen::heart() const {
  std::vector<Point> outline;
  constexpr int n = 64;
  for (int i = 0; i < n; ++i) {
    const float t = 2 * pi * static_cast<float>(i) / n, s = std::sin(t);
    const float y = 13 * std::cos(t) - 5 * std::cos(2 * t) - 2 * std::cos(3 * t) - std::cos(4 * t);
    outline.push_back(at({s * s * s * .92f, -y / 17 * .92f}));
  }
  paint_.blob(at({0, 0}), outline, color_);
}

void Pen::gear() const {
  constexpr int teeth = 8;
  for (int i = 0; i < teeth; ++i) {
    const float angle = 2 * pi * static_cast<float>(i) / teeth;
    const Point out{std::cos(angle), std::sin(angle)}, aside{-out.y, out.x};
    fill({out * .56f - aside * .2f, out * .92f - aside * .13f, out * .92f + aside * .13f,
          out * .56f + aside * .2f});
  }
  ring({}, .6f);
  ring({}, .22f);
}

void draw_machines(const Pen& pen, Icon icon) {
  switch (icon) {
    case Icon::upload:
      pen.line({{0, .3f}, {0, -.76f}});
      pen.line({{-.42f, -.36f}, {0, -.78f}, {.42f, -.36f}});
      pen.line({{-.78f, .26f}, {-.78f, .74f}, {.78f, .74f}, {.78f, .26f}});
      break;
    case Icon::tablet:
      pen.box(-.64f, -.9f, 1.28f, 1.8f, .22f);
      pen.line({{-.14f, .56f}, {.14f, .56f}});
      break;
    case Icon::gear: pen.gear(); break;
    case Icon::usb:  // a stick, its plug up
      pen.box(-.48f, -.22f, .96f, 1.1f, .2f);
      pen.line({{-.27f, -.22f}, {-.27f, -.8f}, {.27f, -.8f}, {.27f, -.22f}});
      pen.line({{0, .2f}, {0, .44f}});
      break;
    case Icon::power:
      pen.arc({0, .1f}, .7f, -.5f * pi + .62f, 1.5f * pi - .62f);
      pen.line({{0, -.84f}, {0, -.06f}});
      break;
    case Icon::restart:
      pen.arc({0, .08f}, .7f, -.05f * pi, 1.52f * pi);
      pen.line({{.02f, -.94f}, {.34f, -.62f}, {.02f, -.3f}});
      break;
    default: break;
  }
}

// Words and figures; what reads from one side is mirrored with them.
void draw_figures(const Pen& pen, Icon icon, float ahead) {
  switch (icon) {
    case Icon::gauge:
      pen.arc({0, .22f}, .84f, .94f * pi, 2.06f * pi);
      pen.line({{0, .22f}, {.36f * ahead, -.26f}});
      pen.dot({0, .22f}, .17f);
      break;
    case Icon::calendar:
      pen.box(-.8f, -.68f, 1.6f, 1.48f, .22f);
      pen.line({{-.7f, -.2f}, {.7f, -.2f}});
      for (const float x : {-.36f, .36f}) pen.line({{x, -.88f}, {x, -.56f}});
      for (const float x : {-.36f, 0.f, .36f}) pen.dot({x, .14f}, .11f);
      for (const float x : {-.36f, 0.f}) pen.dot({x * ahead, .46f}, .11f);
      break;
    case Icon::list:
      for (const float y : {-.56f, 0.f, .56f}) {
        pen.dot({-.72f * ahead, y}, .14f);
        pen.line({{-.3f * ahead, y}, {.8f * ahead, y}});
      }
      break;
    case Icon::chart:
      pen.line({{-.8f, .76f}, {.8f, .76f}});
      pen.line({{-.52f * ahead, .4f}, {-.52f * ahead, 0}});
      pen.line({{0, .4f}, {0, -.36f}});
      pen.line({{.52f * ahead, .4f}, {.52f * ahead, -.78f}});
      break;
    case Icon::table:
      pen.box(-.86f, -.7f, 1.72f, 1.4f, .2f);
      for (const float y : {-.22f, .24f}) pen.line({{-.76f, y}, {.76f, y}});
      pen.line({{-.2f * ahead, -.22f}, {-.2f * ahead, .6f}});
      break;
    case Icon::person:
      pen.ring({0, -.42f}, .36f);
      pen.arc({0, .84f}, .68f, pi, 2 * pi);
      break;
    case Icon::receipt:
      pen.line({{-.6f, .82f},
                {-.6f, -.86f},
                {.6f, -.86f},
                {.6f, .82f},
                {.3f, .58f},
                {0, .82f},
                {-.3f, .58f},
                {-.6f, .82f}});
      for (const float y : {-.42f, -.02f}) pen.line({{-.22f, y}, {.22f, y}});
      break;
    case Icon::minus: pen.line({{-.6f, 0}, {.6f, 0}}); break;
    case Icon::plus:
      pen.line({{-.6f, 0}, {.6f, 0}});
      pen.line({{0, -.6f}, {0, .6f}});
      break;
    default: draw_machines(pen, icon); break;
  }
}

void draw_letters(const Pen& pen, Icon icon, float ahead) {
  switch (icon) {
    case Icon::info:
      pen.ring({}, .82f);
      pen.dot({0, -.4f}, .13f);
      pen.line({{0, -.05f}, {0, .42f}});
      break;
    case Icon::warning:
      pen.line({{0, -.72f}, {.85f, .7f}, {-.85f, .7f}, {0, -.72f}});
      pen.line({{0, -.2f}, {0, .18f}});
      pen.dot({0, .46f}, .12f);
      break;
    case Icon::access:  // a person with open arms, in a ring
      pen.ring({}, .94f);
      pen.dot({0, -.52f}, .15f);
      pen.line({{-.52f, -.2f}, {0, -.12f}, {.52f, -.2f}});
      pen.line({{0, -.12f}, {0, .16f}, {-.27f, .62f}});
      pen.line({{0, .16f}, {.27f, .62f}});
      break;
    case Icon::heart: pen.heart(); break;
    default: draw_figures(pen, icon, ahead); break;
  }
}

void draw_objects(const Pen& pen, Icon icon, float ahead) {
  switch (icon) {
    case Icon::globe:
      pen.ring({}, .82f);
      pen.line({{-.8f, 0}, {.8f, 0}});
      pen.arc({.75f, 0}, 1.12f, pi * .763f, pi * 1.237f);
      pen.arc({-.75f, 0}, 1.12f, -pi * .237f, pi * .237f);
      break;
    case Icon::lock:
      pen.box(-.62f, -.12f, 1.24f, .98f, .22f);
      pen.arc({0, -.2f}, .40f, pi, 2 * pi);
      pen.dot({0, .36f}, .14f);
      break;
    case Icon::clock:
      pen.ring({}, .82f);
      pen.line({{0, -.42f}, {0, .02f}, {.32f, .22f}});
      break;
    case Icon::pencil:
      pen.line({{-.72f, .72f}, {-.62f, .3f}, {.42f, -.74f}, {.74f, -.42f}, {-.3f, .62f}, {-.72f, .72f}});
      break;
    case Icon::mail:
      pen.box(-.9f, -.66f, 1.8f, 1.32f, .2f);
      pen.line({{-.72f, -.4f}, {0, .14f}, {.72f, -.4f}});
      break;
    default: draw_letters(pen, icon, ahead); break;
  }
}

}  // namespace

void icon(Frame& frame, Icon icon, Point centre, Mm size, Color color) {
  const Pen pen(frame.paint, centre, size, color);
  // Arrows follow the reading direction.
  const float ahead = frame.is_rtl() ? -1.f : 1.f;
  switch (icon) {
    case Icon::check: pen.line({{-.62f, .06f}, {-.18f, .5f}, {.66f, -.46f}}); break;
    case Icon::cross:
      pen.line({{-.5f, -.5f}, {.5f, .5f}});
      pen.line({{-.5f, .5f}, {.5f, -.5f}});
      break;
    case Icon::back: pen.line({{.28f * ahead, -.62f}, {-.34f * ahead, 0}, {.28f * ahead, .62f}}); break;
    case Icon::forward: pen.line({{-.28f * ahead, -.62f}, {.34f * ahead, 0}, {-.28f * ahead, .62f}}); break;
    case Icon::backspace:
      pen.line({{-.95f, 0}, {-.38f, -.6f}, {.9f, -.6f}, {.9f, .6f}, {-.38f, .6f}, {-.95f, 0}});
      pen.line({{0, -.24f}, {.48f, .24f}});
      pen.line({{0, .24f}, {.48f, -.24f}});
      break;
    case Icon::shift:
      pen.line({{0, -.8f},
                {.8f, .05f},
                {.36f, .05f},
                {.36f, .72f},
                {-.36f, .72f},
                {-.36f, .05f},
                {-.8f, .05f},
                {0, -.8f}});
      break;
    case Icon::shift_on:
      pen.line({{0, -.8f}, {.8f, .05f}, {-.8f, .05f}, {0, -.8f}});
      pen.fill({{0, -.8f}, {.8f, .05f}, {-.8f, .05f}});
      pen.line({{.36f, .05f}, {.36f, .72f}, {-.36f, .72f}, {-.36f, .05f}});
      pen.fill({{-.36f, 0}, {.36f, 0}, {.36f, .72f}, {-.36f, .72f}});
      break;
    case Icon::enter:
      pen.line({{.8f, -.5f}, {.8f, .2f}, {-.75f, .2f}});
      pen.line({{-.35f, -.2f}, {-.78f, .2f}, {-.35f, .6f}});
      break;
    default: draw_objects(pen, icon, ahead); break;
  }
}

}  // namespace halte::ui
