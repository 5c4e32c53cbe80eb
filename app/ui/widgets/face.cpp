// SPDX-License-Identifier: Apache-2.0
#include "app/ui/widgets/face.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace halte::ui {
namespace {

constexpr float pi = std::numbers::pi_v<float>;
constexpr Color plum = rgb(0x2A1830), white = rgb(0xFFFFFF), blush = rgb(0xFF8A78), tongue = rgb(0xF4796B);

// Everything in units of the radius, x to the right, y down, origin in the middle of the face.
struct Mood {
  float curve;        // of the mouth: −1 down … 1 up
  float open;         // 0 a line … 1 a laughing mouth
  float mouth_width;  // half of it
  float eye_height;   // half of it
  float laughing;     // eyes: 0 round … 1 arcs
  float brow_angle;   // radians; positive: inner ends down
  float brow_y;
  float brow;  // 0 none … 1 drawn
  float cheek;
  float tilt;  // of the head, radians: a drawn face is never quite level
};

constexpr std::array<Mood, 5> moods{{
    {-.74f, 0, .38f, .140f, 0, .36f, -.425f, 1, 0, -.035f},
    {-.44f, 0, .36f, .155f, 0, -.30f, -.460f, .85f, 0, .045f},
    {.05f, 0, .33f, .165f, 0, 0, -.480f, 0, 0, 0},
    {.62f, 0, .45f, .172f, 0, -.10f, -.490f, 0, .75f, .030f},
    {.62f, 1, .49f, .180f, 1, -.12f, -.510f, 0, 1, -.040f},
}};

Mood mood_at(float v) {
  const float at = std::clamp(v, 0.f, 4.f);
  const auto i = static_cast<std::size_t>(std::min(3, static_cast<int>(at)));
  const float t = smooth_step(at - static_cast<float>(i));
  const Mood &a = moods[i], &b = moods[i + 1];
  const auto between = [&](float Mood::* part) { return std::lerp(a.*part, b.*part, t); };
  return {between(&Mood::curve),      between(&Mood::open),     between(&Mood::mouth_width),
          between(&Mood::eye_height), between(&Mood::laughing), between(&Mood::brow_angle),
          between(&Mood::brow_y),     between(&Mood::brow),     between(&Mood::cheek),
          between(&Mood::tilt)};
}

// Puts unit coordinates on the glass: scaled, tilted, moved by the look.
class Sketch {
 public:
  Sketch(Frame& frame, Point centre, Mm radius, const FaceView& view)
      : paint_(frame.paint),
        palette_(frame.theme.palette),
        mood_(mood_at(view.v)),
        blink_(view.blink),
        centre_(centre + view.look * (radius * 0.06f)),
        radius_(radius),
        cos_(std::cos(mood_.tilt)),
        sin_(std::sin(mood_.tilt)),
        skin_(face_color(palette_, view.v)),
        ink_(mix(skin_, palette_.face_ink, 0.96f)) {}

  void draw() const {
    for (const float side : {-1.f, 1.f}) {
      cheek(side);
      eye(side);
      brow(side);
    }
    mouth();
  }

 private:
  Point at(float x, float y) const {
    return centre_ + Point{x * cos_ - y * sin_, x * sin_ + y * cos_} * radius_;
  }
  void dot(float x, float y, float radius, Color color) const {
    paint_.circle(at(x, y), radius * radius_, color);
  }

  void cheek(float side) const {
    if (mood_.cheek < 0.01f || palette_.flat) return;
    if (paint_.is_lite()) return dot(side * .60f, .17f, .10f, faded(blush, .50f * mood_.cheek));
    paint_.glow(at(side * .60f, .17f), radius_ * .22f, faded(blush, .62f * mood_.cheek));
  }
  void eye(float side) const;
  void brow(float side) const;
  void mouth() const;
  void inside_of_mouth() const;

  float mouth_rise() const { return mood_.curve * .40f * std::lerp(1.f, .30f, mouth_open()); }
  float mouth_open() const { return smooth_step(mood_.open); }
  // The line between the lips at u in −1 … 1, and how far the lower lip is below it.
  Point lips(float u) const;
  float opening(float u) const {
    return mouth_open() * .46f * std::sqrt(std::max(0.f, 1 - u * u)) * (1 - .06f * u * u);
  }

  Paint& paint_;
  const Palette& palette_;
  Mood mood_;
  float blink_;
  Point centre_;
  Mm radius_;
  float cos_, sin_;
  Color skin_, ink_;
};

constexpr float stroke = .050f;  // half the width of the mouth's line

// Two arcs filled between: an ellipse for an open eye, a thick arc for a laughing one, anything between.
void Sketch::eye(float side) const {
  constexpr std::size_t n = 33;
  constexpr float lid = .046f;
  const float k = smooth_step(mood_.laughing);
  const float x0 = side * .335f, y0 = -.15f;
  const float h = mood_.eye_height * std::lerp(1.f, .12f, blink_), w = std::lerp(.100f, .150f, k);
  std::array<Point, n> top, bottom;
  std::array<Point, 2> ends;
  for (std::size_t i = 0; i < n; ++i) {
    const float t = static_cast<float>(i) / (n - 1);
    const float x = -std::cos(pi * t) * w, y = std::sin(pi * t) * h;
    const float angle = std::lerp(pi * .97f, pi * .03f, t);
    const Point d{std::cos(angle), -std::sin(angle)};
    const Point arc{d.x * w, d.y * w * std::lerp(1.05f, .25f, blink_) + .055f};
    if (i == 0 || i + 1 == n) ends[i == 0 ? 0 : 1] = Point{x, 0} * (1 - k) + arc * k;
    const Point upper = Point{x, -y} * (1 - k) + (arc + d * lid) * k;
    const Point lower = Point{x, y} * (1 - k) + (arc - d * lid) * k;
    top[i] = at(x0 + upper.x, y0 + upper.y);
    bottom[i] = at(x0 + lower.x, y0 + lower.y);
  }
  paint_.band(top, bottom, ink_);
  if (k > .02f) {
    for (const Point end : ends) dot(x0 + end.x, y0 + end.y, lid * k, ink_);
  }
  const float light = (1 - mood_.laughing) * (1 - blink_);
  if (light > .05f) {
    dot(x0 + .030f, y0 - mood_.eye_height * .42f, .036f * light, faded(white, .94f * light));
    dot(x0 - .026f, y0 + mood_.eye_height * .40f, .017f * light, faded(white, .45f * light));
  }
}

// A stroke of the brush: bent a little, thinner at its ends.
void Sketch::brow(float side) const {
  if (mood_.brow < .02f) return;
  constexpr std::size_t n = 17;
  constexpr float half_length = .155f, bend = .030f, tip = .55f;
  const float thickness = .045f * std::lerp(.3f, 1.f, mood_.brow);
  // Towards the skin instead of transparent: the round ends overlap the stroke.
  const Color tone = faded(mix(skin_, ink_, smooth_step(mood_.brow)), std::min(1.f, mood_.brow * 3));
  const float slope = std::sin(mood_.brow_angle) * -side, run = std::cos(mood_.brow_angle);
  std::array<Point, n> top, bottom;
  for (std::size_t i = 0; i < n; ++i) {
    const float u = std::lerp(-1.f, 1.f, static_cast<float>(i) / (n - 1));
    const float x = side * .345f + u * half_length * run;
    const float y = mood_.brow_y + u * half_length * slope - bend * (1 - u * u);
    const float width = thickness * std::lerp(tip, 1.f, 1 - u * u);
    if (i == 0 || i + 1 == n) dot(x, y, width, tone);
    top[i] = at(x, y - width);
    bottom[i] = at(x, y + width);
  }
  paint_.band(top, bottom, tone);
}

Point Sketch::lips(float u) const {
  const float y = std::lerp(.36f, .29f, std::clamp(mood_.curve, 0.f, 1.f)) +
                  .15f * std::clamp(-mood_.curve, 0.f, 1.f) - .13f * mouth_open();
  return {u * mood_.mouth_width, y + mouth_rise() * (1 - u * u) - mouth_rise() * .45f};
}

// The line between the lips and the opening below it, thickened by the stroke and round at the corners.
void Sketch::mouth() const {
  constexpr std::size_t n = 49;
  std::array<Point, n> line, lower, top, bottom;
  std::array<float, n> us;
  for (std::size_t i = 0; i < n; ++i) {
    const float t = static_cast<float>(i) / (n - 1);
    // An open mouth turns sharply at its corners: more points there.
    us[i] = std::lerp(-1 + 2 * t, -std::cos(pi * t), mouth_open());
    line[i] = lips(us[i]);
    lower[i] = line[i] + Point{0, opening(us[i])};
  }
  for (std::size_t i = 0; i < n; ++i) {
    const Point along{mood_.mouth_width, -2 * mouth_rise() * us[i]};
    const Point ahead = lower[std::min(i + 1, n - 1)] - lower[i == 0 ? 0 : i - 1];
    const float a = std::hypot(along.x, along.y), b = std::hypot(ahead.x, ahead.y);
    const Point up = line[i] - Point{-along.y / a, along.x / a} * stroke;
    const Point down = lower[i] + Point{-ahead.y / b, ahead.x / b} * stroke;
    top[i] = at(up.x, up.y);
    bottom[i] = at(down.x, down.y);
  }
  for (const std::size_t end : {std::size_t{0}, n - 1}) dot(line[end].x, line[end].y, stroke, ink_);
  paint_.band(top, bottom, ink_);
  if (mouth_open() > .05f) inside_of_mouth();
}

void Sketch::inside_of_mouth() const {
  constexpr std::size_t n = 33;
  constexpr float inner = stroke * .55f;
  std::array<Point, n> tongue_top, tongue_bottom, teeth_top, teeth_bottom;
  for (std::size_t i = 0; i < n; ++i) {
    const float u = -std::cos(pi * static_cast<float>(i) / (n - 1));
    const float round = std::sqrt(std::max(0.f, 1 - u * u)), height = mouth_open() * .46f;

    const float x = u * .62f;
    const Point floor = lips(x) + Point{0, opening(x) - inner * .6f};
    const Point back = floor - Point{0, std::min(opening(x) * .62f, height * .44f * round)};
    tongue_top[i] = at(back.x, back.y);
    tongue_bottom[i] = at(floor.x, floor.y);

    const float tx = u * .93f;
    const Point gum = lips(tx) + Point{0, -inner * .35f};
    const float tooth = std::min(std::max(0.f, opening(tx) - inner), height * .27f * std::pow(round, .35f));
    teeth_top[i] = at(gum.x, gum.y);
    teeth_bottom[i] = at(gum.x, gum.y + tooth);
  }
  paint_.band(tongue_top, tongue_bottom, tongue);
  paint_.band(teeth_top, teeth_bottom, white);
}

void head(Frame& frame, Point c, Mm r, const FaceView& view) {
  const Palette& palette = frame.theme.palette;
  const Color color = face_color(palette, view.v);
  if (palette.flat) return frame.paint.circle(c, r, color);
  if (view.shadow > 0) {
    const Rect below{c.x - r * .94f, c.y - r * .94f, r * 1.88f, r * 1.88f};
    frame.paint.shadow(below, r * .94f, r * .34f, r * .17f,
                       faded(mix(color, plum, .55f), .32f * view.shadow));
  }
  frame.paint.circle(c, r, mix(color, white, .24f), mix(color, plum, .07f));
  // Light from above left; it stays inside the disc.
  frame.paint.glow(c + Point{-r * .20f, -r * .36f}, r * .57f, faded(white, .17f));
}

constexpr base::Millis blink_length{160};
constexpr base::Millis blink_slot{5000};

// One blink in each slot of 5 s, at a place in its first second that depends on the slot: 4 to 6 s apart.
base::Millis blink_start(base::Millis slot_start, unsigned seed) {
  auto h =
      static_cast<std::uint64_t>(slot_start.count()) * 0x9E3779B97F4A7C15ull + seed * 0xBF58476D1CE4E5B9ull;
  h ^= h >> 29;
  return slot_start + base::Millis{static_cast<long>(h % 1000)};
}

base::Millis slot_of(base::Millis now) { return now / blink_slot * blink_slot; }

}  // namespace

void face(Frame& frame, Point centre, Mm radius, const FaceView& view) {
  head(frame, centre, radius, view);
  Sketch(frame, centre, radius, view).draw();
}

float face_position(int i, int n) {
  switch (n) {
    case 2: return i == 0 ? 0.5f : 3.5f;
    case 3: return static_cast<float>(i) * 2;
    case 4: return static_cast<float>(i < 2 ? i : i + 1);
    default: return static_cast<float>(i);
  }
}

float blink_at(base::Millis now, unsigned seed) {
  const base::Millis since = now - blink_start(slot_of(now), seed);
  if (since.count() < 0 || since >= blink_length) return 0;
  return std::sin(pi * static_cast<float>(since.count()) / static_cast<float>(blink_length.count()));
}

base::Millis next_blink(base::Millis now, unsigned seed) {
  const base::Millis start = blink_start(slot_of(now), seed);
  return now < start ? start : blink_start(slot_of(now) + blink_slot, seed);
}

void living_face(Frame& frame, Id id, Point centre, Mm radius, float v) {
  FaceView view{.v = frame.spring(id, v, morph_spring)};
  if (frame.theme.motion == Motion::full) {
    const auto seed = static_cast<unsigned>(id.hash());
    view.blink = blink_at(frame.now, seed);
    if (view.blink > 0) frame.animate();
    frame.wake_at(next_blink(frame.now, seed));
  }
  face(frame, centre, radius, view);
}

}  // namespace halte::ui
