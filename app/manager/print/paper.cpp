// SPDX-License-Identifier: Apache-2.0
#include "app/manager/print/paper.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace halte::manager::print {
namespace {

constexpr double points = 72.0 / 25.4;  // of a millimetre
constexpr double pi = std::numbers::pi;

// Inter has no Arabic letters; what the kiosk takes them from comes first, or fontconfig would choose by
// itself.
constexpr const char* families = "Inter,Noto Sans Arabic,Noto Sans";
constexpr const char* display_families = "Inter Display,Inter,Noto Sans Arabic,Noto Sans";

struct Release {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* context) const { cairo_destroy(context); }
  void operator()(PangoFontMap* fonts) const { g_object_unref(fonts); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
  void operator()(PangoAttrList* attributes) const { pango_attr_list_unref(attributes); }
  void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
};
template <class T>
using Owned = std::unique_ptr<T, Release>;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

bool is_right_to_left(const std::string& language) { return language == "ar" || language == "he"; }

// A sign before a number is no letter, and would go to the number's other side where reading starts at the
// right.
std::string with_signs_in_place(std::string_view words) {
  constexpr std::string_view mark = "\u200E", minus = "−";
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t sign = words[i] == '+' ? 1 : words.substr(i).starts_with(minus) ? minus.size() : 0;
    const char next = i + sign < words.size() ? words[i + sign] : ' ';
    if (sign > 0 && next >= '0' && next <= '9') out += mark;
    out += words[i];
  }
  return out;
}

std::string error_words(cairo_status_t status) { return cairo_status_to_string(status); }

}  // namespace

// `bytes` outlives the surface, which writes its last ones when it goes.
struct Paper::Tools {
  std::string bytes;
  Owned<cairo_surface_t> surface;
  Owned<cairo_t> cairo;
  Owned<PangoFontMap> fonts;
  Owned<PangoContext> context;
  Owned<PangoContext> left_to_right;  // for figures
  bool mirrored = false;
  bool rehearses = false;

  double x(Mm at) const { return (mirrored ? width - at : at) * points; }
  void set(Color c) const { cairo_set_source_rgba(cairo.get(), c.r, c.g, c.b, c.a); }
  void path(const Rect& box, Mm radius) const;
  Owned<PangoLayout> layout(Mm wide, std::string_view words, const Type& type) const;
  void make_contexts(const std::string& language);
};

void Paper::Tools::path(const Rect& box, Mm radius) const {
  const double left = mirrored ? x(box.right()) : x(box.x), top = box.y * points, w = box.w * points,
               h = box.h * points, r = std::min({radius * points, w / 2, h / 2});
  cairo_t* c = cairo.get();
  cairo_new_path(c);
  if (r <= 0) return cairo_rectangle(c, left, top, w, h);
  cairo_arc(c, left + w - r, top + r, r, -pi / 2, 0);
  cairo_arc(c, left + w - r, top + h - r, r, 0, pi / 2);
  cairo_arc(c, left + r, top + h - r, r, pi / 2, pi);
  cairo_arc(c, left + r, top + r, r, pi, 3 * pi / 2);
  cairo_close_path(c);
}

Owned<PangoLayout> Paper::Tools::layout(Mm wide, std::string_view words, const Type& type) const {
  const bool ltr = type.figure || !mirrored;
  Owned<PangoLayout> layout(pango_layout_new(type.figure ? left_to_right.get() : context.get()));
  const std::string text = ltr ? std::string(words) : with_signs_in_place(words);
  pango_layout_set_text(layout.get(), text.data(), int(text.size()));
  Owned<PangoFontDescription> font(pango_font_description_new());
  pango_font_description_set_family_static(font.get(), type.display ? display_families : families);
  pango_font_description_set_weight(font.get(), PangoWeight(int(type.weight)));
  pango_font_description_set_absolute_size(font.get(), std::round(type.size * points * PANGO_SCALE));
  pango_layout_set_font_description(layout.get(), font.get());
  Owned<PangoAttrList> attributes(pango_attr_list_new());
  if (type.figure) pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("tnum=1"));
  // The same for every font of a line: a single Arabic word would move the lines below it otherwise.
  const double line_height = type.size * points * (mirrored ? 1.36 : 1.22);
  pango_attr_list_insert(attributes.get(),
                         pango_attr_line_height_new_absolute(int(line_height * PANGO_SCALE)));
  pango_layout_set_attributes(layout.get(), attributes.get());
  // The direction is the sheet's, also of a line that begins with a number.
  pango_layout_set_auto_dir(layout.get(), false);
  // A column of figures stands by its last digit, on whichever side it is.
  const bool at_left =
      type.figure && type.align == Align::end ? false : (type.align == Align::start) != mirrored;
  pango_layout_set_alignment(layout.get(), type.align == Align::centre ? PANGO_ALIGN_CENTER
                                           : at_left                   ? PANGO_ALIGN_LEFT
                                                                       : PANGO_ALIGN_RIGHT);
  if (wide > 0) {
    pango_layout_set_width(layout.get(), int(std::ceil(wide * points * PANGO_SCALE)));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  }
  return layout;
}

void Paper::Tools::make_contexts(const std::string& language) {
  Owned<cairo_font_options_t> options(cairo_font_options_create());
  // Paper has no pixels for letters to be bent to.
  cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
  for (Owned<PangoContext>* made : {&context, &left_to_right}) {
    made->reset(pango_font_map_create_context(fonts.get()));
    pango_cairo_update_context(cairo.get(), made->get());
    pango_cairo_context_set_font_options(made->get(), options.get());
    pango_cairo_context_set_resolution(made->get(), 72);
    pango_context_set_language(made->get(), pango_language_from_string(language.c_str()));
    pango_context_set_round_glyph_positions(made->get(), false);
    const bool rtl = mirrored && made == &context;
    pango_context_set_base_dir(made->get(), rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  }
}

Paper::Paper(std::unique_ptr<Tools> tools) : t_(std::move(tools)) {}
Paper::~Paper() = default;

base::Result<std::unique_ptr<Paper>> Paper::create(const Sheet& sheet) {
  auto tools = std::make_unique<Tools>();
  tools->surface.reset(
      cairo_pdf_surface_create_for_stream(append, &tools->bytes, width * points, height * points));
  cairo_surface_t* surface = tools->surface.get();
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, sheet.title.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, sheet.subject.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, sheet.program.c_str());
  // Else Cairo asks the clock itself.
  const std::string created = base::to_rfc3339(sheet.created);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, created.c_str());
  tools->cairo.reset(cairo_create(surface));
  tools->mirrored = is_right_to_left(sheet.language);
  tools->fonts.reset(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT));
  if (!tools->fonts) return base::fail("fonts", "Pango was built without FreeType", "making a PDF");
  tools->make_contexts(sheet.language);
  const cairo_status_t status = cairo_status(tools->cairo.get());
  if (status != CAIRO_STATUS_SUCCESS) return base::fail("the sheet", error_words(status), "making a PDF");
  return std::unique_ptr<Paper>(new Paper(std::move(tools)));
}

Mm Paper::text(const Rect& box, std::string_view words, const Type& type) {
  if (words.empty()) return 0;
  const auto layout = t_->layout(box.w, words, type);
  int height_units = 0;
  pango_layout_get_size(layout.get(), nullptr, &height_units);
  if (!t_->rehearses) {
    t_->set(type.color);
    cairo_move_to(t_->cairo.get(), t_->mirrored ? t_->x(box.right()) : t_->x(box.x), box.y * points);
    pango_cairo_show_layout(t_->cairo.get(), layout.get());
  }
  return Mm(height_units / double(PANGO_SCALE) / points);
}

Mm Paper::text_in_middle(const Rect& box, std::string_view words, const Type& type) {
  const Mm tall = text_height(box.w, words, type);
  return text({box.x, box.y + (box.h - tall) / 2, box.w, tall}, words, type);
}

Mm Paper::text_height(Mm wide, std::string_view words, const Type& type) const {
  if (words.empty()) return 0;
  int units = 0;
  pango_layout_get_size(t_->layout(wide, words, type).get(), nullptr, &units);
  return Mm(units / double(PANGO_SCALE) / points);
}

Mm Paper::text_width(std::string_view words, const Type& type) const {
  int units = 0;
  pango_layout_get_size(t_->layout(0, words, type).get(), &units, nullptr);
  return Mm(units / double(PANGO_SCALE) / points);
}

void Paper::fill(const Rect& box, Mm radius, Color color) {
  if (t_->rehearses || box.empty()) return;
  t_->path(box, radius);
  t_->set(color);
  cairo_fill(t_->cairo.get());
}

void Paper::stroke(const Rect& box, Mm radius, Mm thickness, Color color) {
  if (t_->rehearses || box.empty()) return;
  t_->path({box.x + thickness / 2, box.y + thickness / 2, box.w - thickness, box.h - thickness}, radius);
  t_->set(color);
  cairo_set_line_width(t_->cairo.get(), thickness * points);
  cairo_stroke(t_->cairo.get());
}

void Paper::line(Point from, Point to, Mm thickness, Color color) {
  if (t_->rehearses) return;
  cairo_t* c = t_->cairo.get();
  t_->set(color);
  cairo_set_line_width(c, thickness * points);
  cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
  cairo_move_to(c, t_->x(from.x), from.y * points);
  cairo_line_to(c, t_->x(to.x), to.y * points);
  cairo_stroke(c);
  cairo_set_line_cap(c, CAIRO_LINE_CAP_BUTT);
}

void Paper::disc(Point centre, Mm radius, Color color) {
  if (t_->rehearses) return;
  cairo_new_path(t_->cairo.get());
  cairo_arc(t_->cairo.get(), t_->x(centre.x), centre.y * points, radius * points, 0, 2 * pi);
  t_->set(color);
  cairo_fill(t_->cairo.get());
}

void Paper::ring(Point centre, Mm radius, Mm thickness, Color color) {
  if (t_->rehearses) return;
  cairo_new_path(t_->cairo.get());
  cairo_arc(t_->cairo.get(), t_->x(centre.x), centre.y * points, radius * points, 0, 2 * pi);
  t_->set(color);
  cairo_set_line_width(t_->cairo.get(), thickness * points);
  cairo_stroke(t_->cairo.get());
}

void Paper::hatch(const Rect& box, Mm radius, Mm pitch, Mm thickness, Color color) {
  if (t_->rehearses || box.empty()) return;
  cairo_save(t_->cairo.get());
  t_->path(box, radius);
  cairo_clip(t_->cairo.get());
  for (Mm t = pitch / 2; t < box.w + box.h; t += pitch)
    line({box.x + t, box.y}, {box.x + t - box.h, box.bottom()}, thickness, color);
  cairo_restore(t_->cairo.get());
}

void Paper::face(Point centre, Mm radius, float mood, Color skin, Color ink) {
  if (t_->rehearses) return;
  disc(centre, radius, skin);
  for (const float side : {-1.f, 1.f})
    disc({centre.x + side * radius * .34f, centre.y - radius * .2f}, radius * .12f, ink);
  // The mouth is one arc, bent down for 0 and up for 4.
  const float bend = (mood - 2) * .2f;
  const Mm half = radius * .42f, y = centre.y + radius * (.36f - bend * .25f), dip = radius * bend;
  cairo_t* c = t_->cairo.get();
  cairo_move_to(c, t_->x(centre.x - half), y * points);
  cairo_curve_to(c, t_->x(centre.x - half * .5f), (y + dip) * points, t_->x(centre.x + half * .5f),
                 (y + dip) * points, t_->x(centre.x + half), y * points);
  t_->set(ink);
  cairo_set_line_width(c, radius * .15f * points);
  cairo_set_line_cap(c, CAIRO_LINE_CAP_ROUND);
  cairo_stroke(c);
  cairo_set_line_cap(c, CAIRO_LINE_CAP_BUTT);
}

void Paper::rehearse(bool rehearses) { t_->rehearses = rehearses; }

base::Result<std::string> Paper::finish() {
  cairo_show_page(t_->cairo.get());
  const cairo_status_t drawn = cairo_status(t_->cairo.get());
  cairo_surface_finish(t_->surface.get());
  const cairo_status_t written = cairo_surface_status(t_->surface.get());
  for (const cairo_status_t status : {drawn, written})
    if (status != CAIRO_STATUS_SUCCESS) return base::fail("the sheet", error_words(status), "making a PDF");
  return std::move(t_->bytes);
}

}  // namespace halte::manager::print
