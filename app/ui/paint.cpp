// SPDX-License-Identifier: Apache-2.0
#include "app/ui/paint.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "app/ui/draw_cut.h"
#include "app/ui/imgui_versions.h"

namespace halte::ui {
namespace {

constexpr float pi = std::numbers::pi_v<float>;

ImU32 packed(Color c) { return ImGui::ColorConvertFloat4ToU32({c.r, c.g, c.b, c.a}); }
// Exactly what 8 bits hold. Anything between two of them a renderer rounds one way where it clears a whole
// tile and another way where it clears a part of one.
Color unpacked(ImU32 color) {
  const ImVec4 c = ImGui::ColorConvertU32ToFloat4(color);
  return {c.x, c.y, c.z, c.w};
}
ImU32 transparent(ImU32 color) { return color & ~IM_COL32_A_MASK; }

ImVec2 plus(ImVec2 a, ImVec2 b) { return {a.x + b.x, a.y + b.y}; }
ImVec2 minus(ImVec2 a, ImVec2 b) { return {a.x - b.x, a.y - b.y}; }
ImVec2 times(ImVec2 a, float k) { return {a.x * k, a.y * k}; }
ImVec2 on_circle(ImVec2 centre, float radius, float angle) {
  return {centre.x + std::cos(angle) * radius, centre.y + std::sin(angle) * radius};
}

// ImGui's own choice stops at 48 segments, which shows as corners above 60 px. The sagitta of a segment
// stays below 0.06 px here.
int segments(float radius) {
  return std::clamp(static_cast<int>(std::ceil(pi / std::acos(1 - 0.06f / std::max(radius, 1.f)))), 16, 400);
}

// Across an edge, to the left of it as seen on the glass: outward if the outline is clockwise.
ImVec2 normal_of(ImVec2 edge) {
  const float length = std::hypot(edge.x, edge.y);
  return length > 1e-4f ? ImVec2(edge.y / length, -edge.x / length) : ImVec2(0, 0);
}

std::vector<Paint::Band> bands_of(Color top, Color bottom, int height) {
  std::vector<Paint::Band> bands;
  ImU32 last = 0;
  for (int y = 0; y < height; ++y) {
    const float t = (static_cast<float>(y) + .5f) / static_cast<float>(height);
    const ImU32 color = packed(
        {std::lerp(top.r, bottom.r, t), std::lerp(top.g, bottom.g, t), std::lerp(top.b, bottom.b, t), 1});
    if (color != last) bands.push_back({y, y, unpacked(color)});
    last = color;
    bands.back().bottom = y + 1;
  }
  return bands;
}

struct Group {
  int first_vertex = 0;
  ImVec2 about{0, 0};
  float factor = 1;
  ImVec2 by{0, 0};
  float alpha = 1;
};

}  // namespace

struct Paint::Impl {
  ImGuiContext* context = nullptr;
  ImDrawList* list = nullptr;
  float scale = 1;
  Effects effects = Effects::full;
  PaintTextures textures;
  PaintStats stats;
  PixelRect glass;
  bool is_lost = true;
  std::vector<DrawMark> marks;
  std::vector<Stroke> shown;  // of the picture that was last asked about
  std::vector<Band> bands, shown_bands;
  struct Backdrop {
    ImU32 top = 0, bottom = 0;
    int height = 0;
    bool operator==(const Backdrop&) const = default;
  };
  Backdrop backdrop;  // what backdrop_bands are of
  std::vector<Band> backdrop_bands;
  std::vector<Group> groups;
  // Kept, so that curves do not allocate in every frame.
  std::vector<ImVec2> points, normals;

  ~Impl() {
    if (context != nullptr) ImGui::DestroyContext(context);
  }
  // Every shape begins with it.
  void mark() { marks.push_back({list->VtxBuffer.Size, list->IdxBuffer.Size}); }
  ImVec2 px(Point p) const { return {p.x * scale, p.y * scale}; }
  ImVec2 snapped(Point p) const { return {std::round(p.x * scale), std::round(p.y * scale)}; }
  ImVec2 white() const { return ImGui::GetFontTexUvWhitePixel(); }

  void triangle(unsigned a, unsigned b, unsigned c) const {
    for (const unsigned i : {a, b, c}) list->PrimWriteIdx(static_cast<ImDrawIdx>(i));
  }
  void quad(unsigned a, unsigned b, unsigned c, unsigned d) const {
    triangle(a, b, c);
    triangle(a, c, d);
  }
  // Joins `rings` rings of `n` vertices each, the first of which is `first`.
  void join_rings(unsigned first, int rings, int n) const {
    for (int k = 0; k + 1 < rings; ++k) {
      const unsigned inner = first + static_cast<unsigned>(k * n), outer = inner + static_cast<unsigned>(n);
      for (int i = 0; i < n; ++i) {
        const unsigned a = static_cast<unsigned>(i), b = static_cast<unsigned>((i + 1) % n);
        quad(inner + a, inner + b, outer + b, outer + a);
      }
    }
  }
  // The outline in `points` twice: half a pixel inside in full colour, half a pixel outside transparent.
  void write_fringed(ImU32 color) {
    constexpr float half_fringe = 0.5f;
    const std::size_t n = points.size();
    normals.resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      const ImVec2 before = normal_of(minus(points[i], points[(i + n - 1) % n]));
      const ImVec2 after = normal_of(minus(points[(i + 1) % n], points[i]));
      const ImVec2 sum = plus(before, after);
      const float squared = sum.x * sum.x + sum.y * sum.y;
      // As long as keeps the fringe's width, but a sharp corner must not grow a spike.
      normals[i] = squared < 1e-4f ? after : times(sum, std::min(2.f / squared, 1.6f));
    }
    const ImVec2 uv = white();
    for (std::size_t i = 0; i < n; ++i)
      list->PrimWriteVtx(minus(points[i], times(normals[i], half_fringe)), uv, color);
    for (std::size_t i = 0; i < n; ++i)
      list->PrimWriteVtx(plus(points[i], times(normals[i], half_fringe)), uv, transparent(color));
  }
  void path_round_rect(ImVec2 a, ImVec2 b, float radius) const {
    const float r = std::clamp(radius, 0.f, std::min(b.x - a.x, b.y - a.y) / 2);
    if (r < 0.5f) return list->PathRect(a, b);
    const int n = std::max(4, segments(r) / 4);
    list->PathArcTo({a.x + r, a.y + r}, r, pi, 1.5f * pi, n);
    list->PathArcTo({b.x - r, a.y + r}, r, 1.5f * pi, 2 * pi, n);
    list->PathArcTo({b.x - r, b.y - r}, r, 0, pi / 2, n);
    list->PathArcTo({a.x + r, b.y - r}, r, pi / 2, pi, n);
    drop_repeated_points();
  }
  // The quarters of a pill meet in one point: twice in the outline it would leave a notch in the stroke.
  void drop_repeated_points() const {
    ImVector<ImVec2>& path = list->_Path;
    const auto same = [](ImVec2 p, ImVec2 q) { return std::hypot(p.x - q.x, p.y - q.y) < 0.01f; };
    path.resize(static_cast<int>(std::unique(path.begin(), path.end(), same) - path.begin()));
    if (path.Size > 1 && same(path.front(), path.back())) path.pop_back();
  }
  // Colours what has been drawn since `first_vertex` (in white) from top to bottom; keeps the fringe.
  void shade(int first_vertex, float top_y, float bottom_y, Color top, Color bottom) const {
    ImGui::ShadeVertsLinearColorGradientKeepAlpha(list, first_vertex, list->VtxBuffer.Size, {0, top_y - 1},
                                                  {0, bottom_y + 1}, packed(top), packed(bottom));
  }
  void transform(const Group& group) const {
    for (int i = group.first_vertex; i < list->VtxBuffer.Size; ++i) {
      ImDrawVert& v = list->VtxBuffer[i];
      v.pos = plus(plus(group.about, times(minus(v.pos, group.about), group.factor)), group.by);
      const auto alpha = static_cast<float>((v.col >> IM_COL32_A_SHIFT) & 255u) * group.alpha;
      v.col = transparent(v.col) | (static_cast<ImU32>(alpha + 0.5f) << IM_COL32_A_SHIFT);
    }
  }
};

Paint::Paint(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Paint::Paint(Paint&&) noexcept = default;
Paint& Paint::operator=(Paint&&) noexcept = default;
Paint::~Paint() = default;

base::Result<Paint> Paint::create() {
  IMGUI_CHECKVERSION();
  auto impl = std::make_unique<Impl>();
  impl->context = ImGui::CreateContext();
  ImGui::SetCurrentContext(impl->context);
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  // Its one white pixel colours every shape; the letters in it are never used.
  unsigned char* pixels = nullptr;
  int width = 0, height = 0;
  io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
  if (pixels == nullptr) return base::fail("paint", "no memory for the texture of shapes");
  ImGui::GetStyle().CurveTessellationTol = 0.25f;
  ImGui::GetStyle().AntiAliasedLinesUseTex = false;  // shapes know one white pixel, and it is not filtered
  return Paint(std::move(impl));
}

void Paint::make_current() { ImGui::SetCurrentContext(impl_->context); }

void Paint::begin(const Display& display, Effects effects) {
  make_current();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {static_cast<float>(display.width_px), static_cast<float>(display.height_px)};
  io.DeltaTime = 1 / 60.f;
  ImGui::NewFrame();
  impl_->list = ImGui::GetBackgroundDrawList();
  impl_->scale = display.px_per_mm;
  impl_->effects = effects;
  impl_->glass = {0, 0, display.width_px, display.height_px};
  impl_->marks.clear();
  impl_->bands.clear();
}

void Paint::end() {
  impl_->stats = {impl_->list->VtxBuffer.Size, impl_->list->IdxBuffer.Size};
  ImGui::Render();
}

std::vector<PixelRect> Paint::take_changes() {
  if (impl_->bands != impl_->shown_bands) forget_picture();
  std::vector<Stroke> strokes = strokes_of(*impl_->list, impl_->marks);
  const bool is_lost = std::exchange(impl_->is_lost, false);
  std::vector<PixelRect> parts = damage(impl_->shown, strokes, impl_->glass);
  if (is_lost) parts = {impl_->glass};
  cut(*impl_->list, impl_->marks, strokes, parts);
  impl_->shown = std::move(strokes);
  impl_->shown_bands = impl_->bands;
  return parts;
}

std::span<const Paint::Band> Paint::bands() const { return impl_->bands; }
void Paint::forget_picture() { impl_->is_lost = true; }

std::uintptr_t Paint::shapes_texture() const {
  return (std::uintptr_t)ImGui::GetIO().Fonts->TexID;  // NOLINT: a pointer or a number, by the version
}

void Paint::set_textures(PaintTextures textures) { impl_->textures = std::move(textures); }
const PaintTextures& Paint::textures() const { return impl_->textures; }
PaintStats Paint::stats() const { return impl_->stats; }
bool Paint::is_lite() const { return impl_->effects == Effects::lite; }

void Paint::backdrop(Color top, Color bottom) {
  const PixelRect& glass = impl_->glass;
  if (!is_lite())
    return gradient({0, 0, float(glass.w) / impl_->scale, float(glass.h) / impl_->scale}, top, bottom);
  // A filled quad of all the glass is what a software renderer spends most on; clearing rows costs next to
  // nothing. The rows are the same from frame to frame.
  const Impl::Backdrop wanted{packed(top), packed(bottom), glass.h};
  if (wanted != impl_->backdrop) impl_->backdrop_bands = bands_of(top, bottom, glass.h);
  impl_->backdrop = wanted;
  impl_->bands = impl_->backdrop_bands;
}

void Paint::rect(const Rect& r, Color color) {
  impl_->mark();
  impl_->list->AddRectFilled(impl_->snapped({r.x, r.y}), impl_->snapped({r.right(), r.bottom()}),
                             packed(color));
}

void Paint::gradient(const Rect& r, Color top, Color bottom) {
  impl_->mark();
  const ImU32 a = packed(top), b = packed(bottom);
  impl_->list->AddRectFilledMultiColor(impl_->snapped({r.x, r.y}), impl_->snapped({r.right(), r.bottom()}), a,
                                       a, b, b);
}

void Paint::round_rect(const Rect& r, Mm radius, Color color) {
  impl_->mark();
  impl_->path_round_rect(impl_->snapped({r.x, r.y}), impl_->snapped({r.right(), r.bottom()}),
                         radius * impl_->scale);
  impl_->list->PathFillConvex(packed(color));
}

void Paint::round_rect(const Rect& r, Mm radius, Color top, Color bottom) {
  const int first = impl_->list->VtxBuffer.Size;
  round_rect(r, radius, rgb(0xFFFFFF, top.a));
  impl_->shade(first, r.y * impl_->scale, r.bottom() * impl_->scale, top, bottom);
}

void Paint::stroke_round_rect(const Rect& r, Mm radius, Mm thickness, Color color) {
  impl_->mark();
  const float width = std::max(1.f, std::round(thickness * impl_->scale)), half = width / 2;
  const ImVec2 a = plus(impl_->snapped({r.x, r.y}), {half, half});
  const ImVec2 b = minus(impl_->snapped({r.right(), r.bottom()}), {half, half});
  impl_->path_round_rect(a, b, radius * impl_->scale - half);
  stroke_path(*impl_->list, packed(color), true, width);
}

void Paint::circle(Point centre, Mm radius, Color color) {
  impl_->mark();
  const float r = radius * impl_->scale;
  impl_->list->AddCircleFilled(impl_->px(centre), r, packed(color), segments(r));
}

void Paint::circle(Point centre, Mm radius, Color top, Color bottom) {
  const int first = impl_->list->VtxBuffer.Size;
  circle(centre, radius, rgb(0xFFFFFF, top.a));
  impl_->shade(first, (centre.y - radius) * impl_->scale, (centre.y + radius) * impl_->scale, top, bottom);
}

void Paint::stroke_circle(Point centre, Mm radius, Mm thickness, Color color) {
  impl_->mark();
  const float r = radius * impl_->scale;
  impl_->list->PathArcTo(impl_->px(centre), r, 0, 2 * pi * (1 - 1 / static_cast<float>(segments(r))),
                         segments(r) - 1);
  stroke_path(*impl_->list, packed(color), true, thickness * impl_->scale);
}

void Paint::arc(Point centre, Mm radius, float from, float to, Mm thickness, Color color) {
  impl_->mark();
  const float r = radius * impl_->scale;
  const int n =
      std::max(3, static_cast<int>(std::ceil(static_cast<float>(segments(r)) * (to - from) / (2 * pi))));
  impl_->list->PathArcTo(impl_->px(centre), r, from, to, n);
  stroke_path(*impl_->list, packed(color), false, thickness * impl_->scale);
  const auto end = [&](float angle) {
    return Point{centre.x + std::cos(angle) * radius, centre.y + std::sin(angle) * radius};
  };
  if (color.a < 1) return;  // the caps would show twice through the stroke
  circle(end(from), thickness / 2, color);
  circle(end(to), thickness / 2, color);
}

void Paint::capsule(Point a, Point b, Mm half_width, Color color) {
  impl_->mark();
  const ImVec2 p = impl_->px(a), q = impl_->px(b);
  const float angle = std::atan2(q.y - p.y, q.x - p.x), r = half_width * impl_->scale;
  const int n = std::max(8, segments(r) / 2);
  impl_->list->PathArcTo(q, r, angle - pi / 2, angle + pi / 2, n);
  impl_->list->PathArcTo(p, r, angle + pi / 2, angle + 1.5f * pi, n);
  impl_->list->PathFillConvex(packed(color));
}

void Paint::polyline(std::span<const Point> points, Mm thickness, Color color) {
  impl_->mark();
  for (const Point p : points) impl_->list->PathLineTo(impl_->px(p));
  stroke_path(*impl_->list, packed(color), false, thickness * impl_->scale);
}

void Paint::convex(std::span<const Point> clockwise, Color color) {
  impl_->mark();
  for (const Point p : clockwise) impl_->list->PathLineTo(impl_->px(p));
  impl_->list->PathFillConvex(packed(color));
}

void Paint::blob(Point centre, std::span<const Point> outline, Color color) {
  impl_->mark();
  impl_->points.clear();
  for (const Point p : outline) impl_->points.push_back(impl_->px(p));
  const int n = static_cast<int>(outline.size());
  ImDrawList& list = *impl_->list;
  list.PrimReserve(n * 9, 2 * n + 1);
  const unsigned first = list._VtxCurrentIdx;
  impl_->write_fringed(packed(color));
  list.PrimWriteVtx(impl_->px(centre), impl_->white(), packed(color));
  const unsigned middle = first + static_cast<unsigned>(2 * n);
  for (int i = 0; i < n; ++i)
    impl_->triangle(middle, first + static_cast<unsigned>(i), first + static_cast<unsigned>((i + 1) % n));
  impl_->join_rings(first, 2, n);
}

void Paint::band(std::span<const Point> top, std::span<const Point> bottom, Color color) {
  impl_->mark();
  const int n = static_cast<int>(top.size()), m = 2 * n;
  std::vector<ImVec2>& outline = impl_->points;
  outline.resize(static_cast<std::size_t>(m));
  for (int i = 0; i < n; ++i) {
    outline[static_cast<std::size_t>(i)] = impl_->px(top[static_cast<std::size_t>(i)]);
    outline[static_cast<std::size_t>(m - 1 - i)] = impl_->px(bottom[static_cast<std::size_t>(i)]);
  }
  ImDrawList& list = *impl_->list;
  list.PrimReserve((n - 1) * 6 + m * 6, 2 * m);
  const unsigned first = list._VtxCurrentIdx;
  impl_->write_fringed(packed(color));
  for (int i = 0; i + 1 < n; ++i) {
    const unsigned a = first + static_cast<unsigned>(i), b = first + static_cast<unsigned>(m - 1 - i);
    impl_->quad(a, a + 1, b - 1, b);
  }
  impl_->join_rings(first, 2, m);
}

// Concentric rings with a soft fall-off. The middle is left out: what casts the shadow covers it, and
// blending it would be the dearest part in software.
void Paint::shadow(const Rect& r, Mm radius, Mm blur, Mm drop, Color color) {
  impl_->mark();
  const int corner = is_lite() ? 7 : 14, rings = is_lite() ? 5 : 9, n = 4 * (corner + 1);
  const float k = impl_->scale, fade = blur * k;
  const ImVec2 a = impl_->px({r.x, r.y + drop}), b = impl_->px({r.right(), r.bottom() + drop});
  const float most = std::min(b.x - a.x, b.y - a.y) / 2;
  const float round = std::min(std::max(radius * k, fade * 0.9f), most);
  const std::array<ImVec2, 4> centres{ImVec2{b.x - round, b.y - round},
                                      {a.x + round, b.y - round},
                                      {a.x + round, a.y + round},
                                      {b.x - round, a.y + round}};
  ImDrawList& list = *impl_->list;
  const ImVec2 uv = impl_->white();
  list.PrimReserve((rings - 1) * n * 6, rings * n);
  const unsigned first = list._VtxCurrentIdx;
  for (int ring = 0; ring < rings; ++ring) {
    const float t = static_cast<float>(ring) / static_cast<float>(rings - 1);
    const float spread = std::lerp(-fade * 0.85f, fade * 0.85f, t);
    const float falloff = 1 - t * t * (3 - 2 * t);
    const ImU32 tone = packed(faded(color, falloff * std::lerp(1.f, falloff, 0.35f)));
    for (int i = 0; i < n; ++i) {
      const int quarter = i / (corner + 1), step = i % (corner + 1);
      const float angle =
          (static_cast<float>(quarter) + static_cast<float>(step) / static_cast<float>(corner)) * pi / 2;
      list.PrimWriteVtx(
          on_circle(centres[static_cast<std::size_t>(quarter)], std::max(0.f, round + spread), angle), uv,
          tone);
    }
  }
  impl_->join_rings(first, rings, n);
}

void Paint::glow(Point centre, Mm radius, Color color) {
  if (is_lite()) return;
  impl_->mark();
  constexpr int n = 64, rings = 8;
  ImDrawList& list = *impl_->list;
  const ImVec2 uv = impl_->white(), c = impl_->px(centre);
  list.PrimReserve(n * 3 + (rings - 1) * n * 6, 1 + rings * n);
  const unsigned first = list._VtxCurrentIdx;
  list.PrimWriteVtx(c, uv, packed(color));
  for (int ring = 1; ring <= rings; ++ring) {
    const float t = static_cast<float>(ring) / rings;
    const ImU32 tone = packed(faded(color, 1 - t * t * (3 - 2 * t)));
    for (int i = 0; i < n; ++i)
      list.PrimWriteVtx(on_circle(c, radius * impl_->scale * t, 2 * pi * static_cast<float>(i) / n), uv,
                        tone);
  }
  for (unsigned i = 0; i < n; ++i) impl_->triangle(first, first + 1 + i, first + 1 + (i + 1) % n);
  impl_->join_rings(first + 1, rings, n);
}

void Paint::dither(const Rect& r) {
  if (is_lite()) return;
  impl_->mark();
  constexpr float tile = 256;
  const ImVec2 a = impl_->snapped({r.x, r.y}), b = impl_->snapped({r.right(), r.bottom()});
  push_texture(*impl_->list, impl_->textures.dither);
  impl_->list->PrimReserve(6, 4);
  impl_->list->PrimRectUV(a, b, times(a, 1 / tile), times(b, 1 / tile), IM_COL32_WHITE);
  pop_texture(*impl_->list);
}

void Paint::image(const PaintImage& image, const Rect& r, Mm radius) {
  impl_->mark();
  const float shown = r.w / r.h, own = static_cast<float>(image.width) / static_cast<float>(image.height);
  const ImVec2 part{std::min(1.f, shown / own), std::min(1.f, own / shown)};
  const ImVec2 low{(1 - part.x) / 2, (1 - part.y) / 2}, high = plus(low, part);
  const ImVec2 a = impl_->snapped({r.x, r.y}), b = impl_->snapped({r.right(), r.bottom()});
  impl_->list->AddImageRounded(texture_of(image.texture), a, b, low, high, IM_COL32_WHITE,
                               radius * impl_->scale);
}

void Paint::run(const Run& run, Point origin, Color color) {
  if (run.quads.empty()) return;
  impl_->mark();
  const ImVec2 at = impl_->snapped(origin);
  const ImU32 tone = packed(color);
  push_texture(*impl_->list, impl_->textures.glyphs);
  const int count = static_cast<int>(run.quads.size());
  impl_->list->PrimReserve(count * 6, count * 4);
  for (const GlyphQuad& q : run.quads) {
    const ImVec2 a{at.x + q.x, at.y + q.y};
    impl_->list->PrimRectUV(a, {a.x + q.w, a.y + q.h}, {q.u0, q.v0}, {q.u1, q.v1}, tone);
  }
  pop_texture(*impl_->list);
}

Paint::Scope Paint::clip(const Rect& r) {
  impl_->list->PushClipRect(impl_->snapped({r.x, r.y}), impl_->snapped({r.right(), r.bottom()}), true);
  return Scope(*this, Scope::Kind::clip);
}

Paint::Scope Paint::scaled(Point about, float factor) {
  impl_->groups.push_back(
      {.first_vertex = impl_->list->VtxBuffer.Size, .about = impl_->px(about), .factor = factor});
  return Scope(*this, Scope::Kind::group);
}

Paint::Scope Paint::moved(Point by, float alpha) {
  impl_->groups.push_back({.first_vertex = impl_->list->VtxBuffer.Size, .by = impl_->px(by), .alpha = alpha});
  return Scope(*this, Scope::Kind::group);
}

Paint::Scope::~Scope() {
  Impl& impl = *paint_.impl_;
  if (kind_ == Kind::clip) {
    impl.list->PopClipRect();
    return;
  }
  const Group& group = impl.groups.back();
  if (group.factor != 1 || group.alpha != 1 || group.by.x != 0 || group.by.y != 0) impl.transform(group);
  impl.groups.pop_back();
}

}  // namespace halte::ui
