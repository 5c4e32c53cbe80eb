// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_SIZES_H
#include <hb.h>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "app/ui/text.h"

namespace halte::ui {

inline constexpr int shaping_unit = 64;  // HarfBuzz counts in 1/64 px

// One byte of coverage for each pixel, filled shelf by shelf; the visitor's letters lie in rows of their own,
// so that none of the program's stands where or whether one of them did.
class GlyphAtlas {
 public:
  static constexpr int side = 2048, visitor_rows = 512;

  GlyphAtlas() : pixels_(static_cast<std::size_t>(side) * side) {}
  struct Place {
    int x, y;
  };
  // nullopt: full.
  std::optional<Place> put(const FT_Bitmap& bitmap, Whose whose);
  void clear(Whose whose);
  // What was drawn from it is no longer what it holds.
  void count_up() { ++generation_; }
  AtlasView view() const { return {pixels_.data(), side, side, dirty_top_, dirty_bottom_, generation_}; }
  void clean() { dirty_top_ = dirty_bottom_ = 0; }

 private:
  std::vector<std::uint8_t> pixels_;
  struct Shelf {
    int top, bottom;
    int x = 1, y = top + 1, row_height = 0;
  };
  void mark_dirty(int top, int bottom);

  std::array<Shelf, 2> shelves_{Shelf{0, side - visitor_rows}, Shelf{side - visitor_rows, side}};  // by Whose
  int dirty_top_ = 0, dirty_bottom_ = side;
  unsigned generation_ = 0;
};

struct Glyph {
  GlyphQuad quad{};    // relative to the pen
  bool drawn = false;  // false: a space, or no room
};

// A font file. To open one and to read its rules for shaping costs half a millisecond each, so all its sizes
// share it.
class FontFile {
 public:
  static std::unique_ptr<FontFile> open(FT_Library library, const std::string& path);
  ~FontFile();
  FontFile(const FontFile&) = delete;
  FontFile& operator=(const FontFile&) = delete;

  FT_Face face() const { return face_; }
  hb_face_t* shaping() const { return shaping_; }

 private:
  FontFile(FT_Face face, hb_face_t* shaping) : face_(face), shaping_(shaping) {}
  FT_Face face_;
  hb_face_t* shaping_;  // holds the file's bytes, which face_ reads
};

// A font file at a pixel size.
class Font {
 public:
  Font(const FontFile& file, int size_px);
  ~Font();
  Font(const Font&) = delete;
  Font& operator=(const Font&) = delete;

  hb_font_t* shaper() const { return hb_; }
  bool has(char32_t c) const { return FT_Get_Char_Index(face_, c) != 0; }
  // Rasters on first use. `overflowed` is set when the atlas has no room.
  const Glyph& glyph(std::uint32_t index, GlyphAtlas& atlas, Whose whose, bool& overflowed);
  void forget_glyphs(Whose whose) { glyphs_[static_cast<std::size_t>(whose)].clear(); }

 private:
  FT_Face face_;
  FT_Size size_ = nullptr;
  hb_font_t* hb_;
  std::array<std::unordered_map<std::uint32_t, Glyph>, 2> glyphs_;  // by Whose
};

class FontSet;

// Inter for what it has, then Noto Sans Arabic, Hebrew, and Noto Sans for the rest, all in one size and
// weight. A fallback's file is opened when the first letter asks for it.
class FontChain {
 public:
  FontChain(FontSet& set, std::array<std::string, 4> paths, int size_px)
      : set_(set), paths_(std::move(paths)), size_px_(size_px) {}
  // The first font that has the letter; Inter (which shows a box) if none does; null if no file opens.
  Font* find(char32_t c);

 private:
  FontSet& set_;
  std::array<std::string, 4> paths_;
  int size_px_;
};

class FontSet {
 public:
  // Inter's files are open when it returns, so that no visitor waits for them.
  static base::Result<std::unique_ptr<FontSet>> create(const FontPaths& paths);
  ~FontSet();

  FontChain& chain(Weight weight, Cut cut, int size_px);
  Font* font(const std::string& path, int size_px);  // null: it does not open
  void forget_glyphs(Whose whose);
  void forget_sizes();

 private:
  explicit FontSet(FontPaths paths) : paths_(std::move(paths)) {}

  const FontFile* file(const std::string& path);  // null: it does not open

  FontPaths paths_;
  FT_Library library_ = nullptr;
  std::map<std::string, std::unique_ptr<FontFile>> files_;
  std::map<std::pair<std::string, int>, std::unique_ptr<Font>> fonts_;
  std::map<std::tuple<Weight, Cut, int>, FontChain> chains_;
};

}  // namespace halte::ui
