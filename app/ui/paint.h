// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "app/ui/color.h"
#include "app/ui/text.h"
#include "app/ui/theme.h"
#include "app/ui/units.h"
#include "core/base/error.h"

namespace halte::ui {

// A picture that the renderer holds. Without a renderer any non-zero texture serves for the layout.
struct PaintImage {
  std::uintptr_t texture = 0;  // 0: there is none
  int width = 0, height = 0;   // pixels
  explicit operator bool() const { return texture != 0; }
};

// Handles of the renderer's textures; any non-zero number without a renderer.
struct PaintTextures {
  std::uintptr_t glyphs = 1;
  std::uintptr_t dither = 2;
  // Of the organisation.
  PaintImage logo = {};
  std::vector<PaintImage> photos = {};
};

struct PaintStats {
  int vertices = 0, indices = 0;
};

// The one place that knows Dear ImGui: its draw list and nothing else of it (no windows, no fonts, no
// widgets). Shapes are anti-aliased by a one-pixel fringe. UI thread only; works with no GL: then the
// vertices are built and dropped.
//
// Straight edges of rectangles are rounded to whole pixels, so that they are sharp.
class Paint {
 public:
  // Rows of one colour, as 8 bits a channel have them of a soft gradient.
  struct Band {
    int top, bottom;  // pixels
    Color color;
    friend bool operator==(const Band&, const Band&) = default;
  };

  static base::Result<Paint> create();
  Paint(Paint&&) noexcept;
  Paint& operator=(Paint&&) noexcept;
  ~Paint();

  // For the renderer: Dear ImGui has one current context, and begin() takes it too.
  void make_current();
  void begin(const Display& display, Effects effects);
  void end();
  void set_textures(PaintTextures textures);
  const PaintTextures& textures() const;
  std::uintptr_t shapes_texture() const;  // the renderer's, with the one white pixel
  PaintStats stats() const;               // of the last frame ended

  // Where the frame just ended differs from the one that was last asked about, as a few rectangles; empty:
  // nowhere. The draw data is cut down to them, so drawing it over that picture gives this one. Once a frame.
  std::vector<PixelRect> take_changes();
  // What lies below the shapes; empty: the shapes cover all.
  std::span<const Band> bands() const;
  // There is no picture to draw over: the next changes are all of the glass.
  void forget_picture();

  // All of the glass, first of a frame. With lite effects it is no shape: the renderer clears to bands().
  void backdrop(Color top, Color bottom);
  void rect(const Rect& r, Color color);
  void gradient(const Rect& r, Color top, Color bottom);
  void round_rect(const Rect& r, Mm radius, Color color);
  void round_rect(const Rect& r, Mm radius, Color top, Color bottom);
  void stroke_round_rect(const Rect& r, Mm radius, Mm thickness, Color color);  // inside the edge
  void circle(Point centre, Mm radius, Color color);
  void circle(Point centre, Mm radius, Color top, Color bottom);
  void stroke_circle(Point centre, Mm radius, Mm thickness, Color color);  // centred on the radius
  // Angles in radians, clockwise from 3 o'clock; round ends.
  void arc(Point centre, Mm radius, float from, float to, Mm thickness, Color color);
  void capsule(Point a, Point b, Mm half_width, Color color);
  void polyline(std::span<const Point> points, Mm thickness, Color color);
  void convex(std::span<const Point> clockwise, Color color);
  // Any outline that the centre sees whole: stars, hearts. Clockwise.
  void blob(Point centre, std::span<const Point> outline, Color color);
  // Fills between two curves sampled left to right at the same count: eyes, mouths, area charts.
  void band(std::span<const Point> top, std::span<const Point> bottom, Color color);
  // Soft shadow of a rounded rectangle; blur is the width of the fade.
  void shadow(const Rect& r, Mm radius, Mm blur, Mm drop, Color color);
  // Radial fade to nothing. Not drawn with lite effects.
  void glow(Point centre, Mm radius, Color color);
  // One-bit noise that breaks the steps of a big soft gradient. Not drawn with lite effects.
  void dither(const Rect& r);
  // Fills all of `r`, cut evenly where it has another shape.
  void image(const PaintImage& image, const Rect& r, Mm radius);
  // The run's base line starts at `origin`, rounded to whole pixels.
  void run(const Run& run, Point origin, Color color);

  // All three end with the scope that holds them.
  class Scope {
   public:
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope();

   private:
    friend class Paint;
    enum class Kind { clip, group };
    Scope(Paint& paint, Kind kind) : paint_(paint), kind_(kind) {}
    Paint& paint_;
    Kind kind_;
  };
  [[nodiscard]] Scope clip(const Rect& r);                // cut to this and every clip around it
  [[nodiscard]] Scope scaled(Point about, float factor);  // what is drawn inside is scaled
  [[nodiscard]] Scope moved(Point by, float alpha = 1);   // … is moved and made translucent

  bool is_lite() const;

 private:
  struct Impl;
  explicit Paint(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace halte::ui
