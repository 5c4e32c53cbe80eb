// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "app/ui/color.h"
#include "app/ui/units.h"
#include "core/base/error.h"
#include "core/base/time.h"

namespace halte::manager::print {

using ui::Color;
using ui::Mm;
using ui::Point;
using ui::Rect;

enum class Weight { regular = 400, medium = 500, semibold = 600, bold = 700 };
enum class Align { start, centre, end };

struct Type {
  Mm size = 3.2f;  // of the font; a capital H is 0.73 of it
  Weight weight = Weight::regular;
  Color color = {};
  Align align = Align::start;
  bool display = false;  // the cut for large sizes
  bool figure = false;   // all digits equally wide, and read from left to right in every language
};

// What the file says about itself.
struct Sheet {
  std::string language;  // two letters: shapes the letters, and turns the sheet round for Arabic
  std::string title, subject, program;
  base::Instant created{};
};

// One A4 sheet, upright, that becomes a PDF: words shaped by Pango, shapes by Cairo, both kept as such. This
// is the home of the two. Places are millimetres from the corner where reading starts: in a language that is
// read from the right everything is mirrored here, and nobody else thinks of it. Any one thread; holds
// nothing global, and the same calls make the same bytes.
class Paper {
 public:
  static constexpr Mm width = 210, height = 297;

  static base::Result<std::unique_ptr<Paper>> create(const Sheet& sheet);
  ~Paper();
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;

  // Wrapped to box.w and placed at the top of the box, or in its middle. Returns the height, which may be
  // more than that of the box.
  Mm text(const Rect& box, std::string_view words, const Type& type);
  Mm text_in_middle(const Rect& box, std::string_view words, const Type& type);
  Mm text_height(Mm wide, std::string_view words, const Type& type) const;
  Mm text_width(std::string_view words, const Type& type) const;  // on one line

  void fill(const Rect& box, Mm radius, Color color);
  void stroke(const Rect& box, Mm radius, Mm thickness, Color color);
  void line(Point from, Point to, Mm thickness, Color color);
  void disc(Point centre, Mm radius, Color color);
  void ring(Point centre, Mm radius, Mm thickness, Color color);
  // Lines at 45° inside the rounded box.
  void hatch(const Rect& box, Mm radius, Mm pitch, Mm thickness, Color color);
  // A face of the kiosk: mood 0 (very bad) … 4 (very good).
  void face(Point centre, Mm radius, float mood, Color skin, Color ink);

  // While it rehearses, nothing that is drawn stays: for trying how much fits.
  void rehearse(bool rehearses);

  // The bytes of the PDF. The sheet is full: nothing may be drawn after.
  base::Result<std::string> finish();

 private:
  struct Tools;
  explicit Paper(std::unique_ptr<Tools> tools);
  std::unique_ptr<Tools> t_;
};

}  // namespace halte::manager::print
