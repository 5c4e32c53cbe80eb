// SPDX-License-Identifier: Apache-2.0
#include "app/manager/print_paper.h"

#include <cairo/cairo-pdf.h>
#include <pango/pangocairo.h>

#include <array>
#include <cmath>
#include <utility>

namespace halte::manager {
namespace {

constexpr double width = 595.28, height = 841.89, margin = 42.52;  // 210, 297 and 15 mm

struct Rgb {
  double r, g, b;
};
constexpr std::array<Rgb, 5> inks{
    {{.11, .09, .16}, {.38, .36, .44}, {.29, .18, .51}, {.91, .90, .94}, {1, 1, 1}}};
constexpr Rgb lightest{.86, .82, .94}, darkest{.29, .18, .51};

cairo_status_t take(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* thing) const {
    Free(thing);
  }
};

}  // namespace

struct Paper::Sheet {
  std::string bytes;
  bool is_rtl = false;
  double scale = 1;
  std::unique_ptr<cairo_surface_t, Freed<cairo_surface_destroy>> surface{
      cairo_pdf_surface_create_for_stream(take, &bytes, width, height)};
  std::unique_ptr<cairo_t, Freed<cairo_destroy>> cairo{cairo_create(surface.get())};
  std::unique_ptr<PangoLayout, Freed<g_object_unref>> layout{pango_cairo_create_layout(cairo.get())};

  void color(const Rgb& c) { cairo_set_source_rgb(cairo.get(), c.r, c.g, c.b); }
};

Paper::Paper(const About& about) : sheet_(std::make_unique<Sheet>()) {
  sheet_->is_rtl = about.language == "ar";
  sheet_->scale = about.scale;
  cairo_scale(sheet_->cairo.get(), about.scale, about.scale);
  cairo_surface_t* surface = sheet_->surface.get();
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, about.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Halte");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, about.made.c_str());
  PangoContext* context = pango_layout_get_context(sheet_->layout.get());
  pango_context_set_language(context, pango_language_from_string(about.language.c_str()));
  pango_context_set_base_dir(context, sheet_->is_rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  pango_layout_set_auto_dir(sheet_->layout.get(), FALSE);
  pango_layout_set_wrap(sheet_->layout.get(), PANGO_WRAP_WORD_CHAR);
}

Paper::~Paper() = default;

Box Paper::inside() const {
  const double s = sheet_->scale;
  return {margin / s, margin / s, (width - 2 * margin) / s, (height - 2 * margin) / s};
}

Box Paper::mirrored(const Box& box) const {
  return sheet_->is_rtl ? Box{width / sheet_->scale - box.x - box.w, box.y, box.w, box.h} : box;
}

double Paper::text(const Box& box, const std::string& words, const Style& style) {
  if (words.empty()) return 0;
  PangoLayout* layout = sheet_->layout.get();
  const std::unique_ptr<PangoFontDescription, Freed<pango_font_description_free>> font(
      pango_font_description_from_string("Inter, Noto Sans, Noto Sans Arabic, sans-serif"));
  pango_font_description_set_absolute_size(font.get(), style.size * PANGO_SCALE);
  pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font.get());
  pango_layout_set_width(layout, int(std::lround(box.w * PANGO_SCALE)));
  const bool is_right = style.end != sheet_->is_rtl;
  pango_layout_set_alignment(layout, style.centred ? PANGO_ALIGN_CENTER
                                     : is_right    ? PANGO_ALIGN_RIGHT
                                                   : PANGO_ALIGN_LEFT);
  pango_layout_set_text(layout, words.data(), int(words.size()));
  const Box place = mirrored(box);
  sheet_->color(inks[std::size_t(style.ink)]);
  cairo_move_to(sheet_->cairo.get(), place.x, place.y);
  pango_cairo_show_layout(sheet_->cairo.get(), layout);
  int lines_w = 0, lines_h = 0;
  pango_layout_get_size(layout, &lines_w, &lines_h);
  return double(lines_h) / PANGO_SCALE;
}

void Paper::fill(const Box& box, Ink ink) {
  if (box.w <= 0) return;
  const Box place = mirrored(box);
  sheet_->color(inks[std::size_t(ink)]);
  cairo_rectangle(sheet_->cairo.get(), place.x, place.y, place.w, place.h);
  cairo_fill(sheet_->cairo.get());
}

void Paper::shade(const Box& box, double share) {
  const auto mix = [&](double a, double b) { return a + (b - a) * share; };
  const Box place = mirrored(box);
  sheet_->color({mix(lightest.r, darkest.r), mix(lightest.g, darkest.g), mix(lightest.b, darkest.b)});
  cairo_rectangle(sheet_->cairo.get(), place.x, place.y, place.w, place.h);
  cairo_fill(sheet_->cairo.get());
}

void Paper::rule(double y) { fill({inside().x, y, inside().w, .75}, Ink::track); }

std::string Paper::bytes() && {
  cairo_show_page(sheet_->cairo.get());
  cairo_surface_finish(sheet_->surface.get());
  return std::move(sheet_->bytes);
}

}  // namespace halte::manager
