// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/units.h"
#include "core/base/error.h"

namespace halte::ui {

enum class Weight { regular, medium, semibold, bold };
enum class Cut { text, display };  // Inter's two optical sizes

struct TextStyle {
  Mm size = 10.5f;  // of the font; a capital is 0.727 of it
  Weight weight = Weight::regular;
  Cut cut = Cut::text;
  float tracking = 0;    // extra advance, as a part of the size
  float leading = 1.3f;  // distance of base lines, as a part of the size
  bool tabular = false;  // digits of one width, so that figures below each other line up
  friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

// One glyph of the atlas, in pixels, relative to the start of the base line.
struct GlyphQuad {
  Px x, y, w, h;
  float u0, v0, u1, v1;
};

// A shaped line: bidi runs reordered, kerned, ligatures done. Draw with Paint::run.
struct Run {
  std::vector<GlyphQuad> quads;
  Px width = 0;
};

struct TextLine {
  const Run* run = nullptr;  // valid until the next Text::begin_frame
  std::string_view text;     // what stands on the line, hyphen included
  Mm width = 0;
};

// A paragraph broken into lines.
struct TextBlock {
  std::vector<TextLine> lines;
  TextStyle style;                                 // with the size that fitted
  Mm width = 0;                                    // of the widest line
  Mm height = 0;                                   // lines · leading · size
  Direction direction = Direction::left_to_right;  // of the paragraph: its first strong letter
  bool broken_word = false;  // a word was wider than the box and was cut between letters
  bool cut = false;          // more lines than allowed: the rest is not in `lines`
};

// Whose words they are. What a visitor typed or was given must not stay when the visitor has gone, nor which
// letters it was made of; what the program says to everybody may.
enum class Whose { program, visitor };

// What is to be set. `least` < style.size lets the size go down in steps of 4 % until the text stands in
// `max_lines` lines with no broken word; if none does, the least size is used and `cut` says so.
struct Paragraph {
  std::string_view text;  // UTF-8; '\n' breaks, U+00AD and U+200B allow a break
  TextStyle style;
  Mm width = 0;           // 0: one line, as wide as it is
  int max_lines = 0;      // 0: as many as it needs
  Mm least = 0;           // 0: do not fit
  bool balanced = false;  // lines of about equal length
  Whose whose = Whose::program;
};

struct FontPaths {
  std::string inter = "/usr/share/fonts/opentype/inter";
  std::string noto = "/usr/share/fonts/truetype/noto";
};

// Pixels of all glyphs, one byte each (coverage). Stays on the CPU; the renderer copies the dirty rows.
struct AtlasView {
  const std::uint8_t* pixels;
  int width, height;
  int dirty_top, dirty_bottom;  // rows changed since clean_atlas(); equal: nothing
  unsigned generation;          // another one: places that were shown may hold other letters
};

// Shapes with FriBidi and HarfBuzz, rasters with FreeType, keeps runs, lines and glyphs. Needs no window
// and no GL. UI thread only. Broken UTF-8 is shown as U+FFFD, never refused.
class Text {
 public:
  // Missing font files: kind lacking, and the cause names the package to install.
  static base::Result<Text> create(const FontPaths& paths, float px_per_mm);
  Text(Text&&) noexcept;
  Text& operator=(Text&&) noexcept;
  ~Text();

  // Runs and blocks handed out before are invalid after this. A full atlas or an oversized cache is emptied.
  void begin_frame();

  // Cached; the reference is good until the next begin_frame.
  const TextBlock& layout(const Paragraph& paragraph);
  const Run& run(const TextStyle& style, std::string_view text, Whose whose = Whose::program);
  Mm measure(const TextStyle& style, std::string_view text, Whose whose = Whose::program);

  Mm cap_height(const TextStyle& style) const { return style.size * 0.727f; }

  // Overwrites and drops every run, line and glyph of the visitor's. Called when a session ends.
  void forget_visitor();
  // The same of all words. The next frame shapes again (a few ms).
  void wipe();

  void set_px_per_mm(float px_per_mm);  // also wipes
  float px_per_mm() const;

  // A glyph of this frame found no room in the atlas; begin_frame makes some, so draw once more.
  bool overflowed() const;

  AtlasView atlas() const;
  void clean_atlas();

  // How many runs are cached: for tests and the diagnostics page.
  std::size_t cached_runs() const;

 private:
  struct Impl;
  explicit Text(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Is the first letter with a direction a right-to-left one?
Direction direction_of(std::string_view text);

// Number of code points: what a text field counts.
std::size_t length_of(std::string_view text);

}  // namespace halte::ui
