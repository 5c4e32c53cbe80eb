// SPDX-License-Identifier: Apache-2.0
#include "app/ui/text_fonts.h"

#include <algorithm>
#include <filesystem>

namespace halte::ui {
namespace {

// At the sizes of a kiosk (26 px and more) hinting only bends the shapes.
constexpr FT_Int32 load_flags = FT_LOAD_NO_HINTING;

// Kept with the face: how Latin letters are shaped at any size.
void read_rules(hb_face_t* face) {
  hb_font_t* font = hb_font_create(face);
  hb_buffer_t* buffer = hb_buffer_create();
  hb_buffer_add_utf8(buffer, "a", -1, 0, -1);
  hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
  hb_shape(font, buffer, nullptr, 0);
  hb_buffer_destroy(buffer);
  hb_font_destroy(font);
}

std::string inter_file(const FontPaths& paths, Weight weight, Cut cut) {
  constexpr const char* names[] = {"Regular", "Medium", "SemiBold", "Bold"};
  const char* family = cut == Cut::display ? "InterDisplay-" : "Inter-";
  return paths.inter + "/" + family + names[static_cast<int>(weight)] + ".otf";
}

std::string noto_file(const FontPaths& paths, const char* family, Weight weight) {
  const bool bold = weight == Weight::semibold || weight == Weight::bold;
  return paths.noto + "/" + family + (bold ? "-Bold.ttf" : "-Regular.ttf");
}

struct Needed {
  std::string path;
  const char* package;
};

std::vector<Needed> needed_files(const FontPaths& paths) {
  std::vector<Needed> files;
  for (const Weight weight : {Weight::regular, Weight::medium, Weight::semibold, Weight::bold}) {
    for (const Cut cut : {Cut::text, Cut::display})
      files.push_back({inter_file(paths, weight, cut), "fonts-inter"});
  }
  for (const char* family : {"NotoSansArabic", "NotoSansHebrew", "NotoSans"}) {
    for (const Weight weight : {Weight::regular, Weight::bold})
      files.push_back({noto_file(paths, family, weight), "fonts-noto-core"});
  }
  return files;
}

}  // namespace

std::optional<GlyphAtlas::Place> GlyphAtlas::put(const FT_Bitmap& bitmap, Whose whose) {
  Shelf& shelf = shelves_[static_cast<std::size_t>(whose)];
  const int w = static_cast<int>(bitmap.width), h = static_cast<int>(bitmap.rows);
  if (shelf.x + w + 1 > side) {
    shelf.x = 1;
    shelf.y += shelf.row_height + 1;
    shelf.row_height = 0;
  }
  if (w + 2 > side || shelf.y + h + 1 > shelf.bottom) return std::nullopt;
  for (int row = 0; row < h; ++row) {
    const std::uint8_t* from = bitmap.buffer + static_cast<std::ptrdiff_t>(row) * bitmap.pitch;
    std::copy_n(from, w, pixels_.begin() + static_cast<std::ptrdiff_t>(shelf.y + row) * side + shelf.x);
  }
  mark_dirty(shelf.y, shelf.y + h);
  const Place place{shelf.x, shelf.y};
  shelf.x += w + 1;
  shelf.row_height = std::max(shelf.row_height, h);
  return place;
}

void GlyphAtlas::clear(Whose whose) {
  Shelf& shelf = shelves_[static_cast<std::size_t>(whose)];
  const int used = std::min(shelf.bottom, shelf.y + shelf.row_height + 1);
  std::fill(pixels_.begin() + static_cast<std::ptrdiff_t>(shelf.top) * side,
            pixels_.begin() + static_cast<std::ptrdiff_t>(used) * side, std::uint8_t{0});
  mark_dirty(shelf.top, used);
  shelf = Shelf{shelf.top, shelf.bottom};
}

void GlyphAtlas::mark_dirty(int top, int bottom) {
  const bool was_clean = dirty_top_ == dirty_bottom_;
  dirty_top_ = was_clean ? top : std::min(dirty_top_, top);
  dirty_bottom_ = was_clean ? bottom : std::max(dirty_bottom_, bottom);
}

std::unique_ptr<FontFile> FontFile::open(FT_Library library, const std::string& path) {
  hb_blob_t* bytes = hb_blob_create_from_file(path.c_str());
  unsigned length = 0;
  const char* data = hb_blob_get_data(bytes, &length);
  FT_Face face = nullptr;
  const bool opened =
      FT_New_Memory_Face(library, reinterpret_cast<const FT_Byte*>(data), long{length}, 0, &face) == 0;
  hb_face_t* shaping = opened ? hb_face_create(bytes, 0) : nullptr;
  hb_blob_destroy(bytes);  // what shapes it holds it
  if (opened) read_rules(shaping);
  return opened ? std::unique_ptr<FontFile>(new FontFile(face, shaping)) : nullptr;
}

FontFile::~FontFile() {
  FT_Done_Face(face_);
  hb_face_destroy(shaping_);
}

Font::Font(const FontFile& file, int size_px) : face_(file.face()), hb_(hb_font_create(file.shaping())) {
  FT_New_Size(face_, &size_);
  FT_Activate_Size(size_);
  FT_Set_Pixel_Sizes(face_, 0, static_cast<FT_UInt>(size_px));
  const int scale = size_px * shaping_unit;
  hb_font_set_scale(hb_, scale, scale);
}

Font::~Font() {
  hb_font_destroy(hb_);
  FT_Done_Size(size_);
}

const Glyph& Font::glyph(std::uint32_t index, GlyphAtlas& atlas, Whose whose, bool& overflowed) {
  const auto [item, is_new] = glyphs_[static_cast<std::size_t>(whose)].try_emplace(index);
  Glyph& glyph = item->second;
  if (!is_new || FT_Activate_Size(size_) != 0 || FT_Load_Glyph(face_, index, load_flags) != 0 ||
      FT_Render_Glyph(face_->glyph, FT_RENDER_MODE_NORMAL) != 0) {
    return glyph;
  }
  const FT_Bitmap& bitmap = face_->glyph->bitmap;
  if (bitmap.width == 0 || bitmap.rows == 0) return glyph;
  const auto place = atlas.put(bitmap, whose);
  if (!place) {
    overflowed = true;
    return glyph;
  }
  const auto uv = [](unsigned at) { return static_cast<float>(at) / static_cast<float>(GlyphAtlas::side); };
  const auto x = static_cast<unsigned>(place->x), y = static_cast<unsigned>(place->y);
  glyph.quad = {static_cast<float>(face_->glyph->bitmap_left),
                static_cast<float>(-face_->glyph->bitmap_top),
                static_cast<float>(bitmap.width),
                static_cast<float>(bitmap.rows),
                uv(x),
                uv(y),
                uv(x + bitmap.width),
                uv(y + bitmap.rows)};
  glyph.drawn = true;
  return glyph;
}

base::Result<std::unique_ptr<FontSet>> FontSet::create(const FontPaths& paths) {
  for (const Needed& file : needed_files(paths)) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file.path, ignored)) continue;
    return base::fail(file.path, std::string("not found: install the package ") + file.package,
                      "opening the fonts", base::ErrorKind::lacking);
  }
  auto set = std::unique_ptr<FontSet>(new FontSet(paths));
  if (FT_Init_FreeType(&set->library_) != 0)
    return base::fail("freetype", "does not start", "opening the fonts");
  for (const Needed& needed : needed_files(paths))
    if (needed.path.starts_with(paths.inter)) set->file(needed.path);
  return set;
}

FontSet::~FontSet() {
  fonts_.clear();
  files_.clear();
  if (library_ != nullptr) FT_Done_FreeType(library_);
}

const FontFile* FontSet::file(const std::string& path) {
  auto [item, is_new] = files_.try_emplace(path);
  if (is_new) item->second = FontFile::open(library_, path);
  return item->second.get();
}

Font* FontSet::font(const std::string& path, int size_px) {
  auto [item, is_new] = fonts_.try_emplace({path, size_px});
  if (is_new)
    if (const FontFile* opened = file(path)) item->second = std::make_unique<Font>(*opened, size_px);
  return item->second.get();
}

FontChain& FontSet::chain(Weight weight, Cut cut, int size_px) {
  const std::tuple key{weight, cut, size_px};
  if (const auto known = chains_.find(key); known != chains_.end()) return known->second;
  FontChain chain(*this,
                  {inter_file(paths_, weight, cut), noto_file(paths_, "NotoSansArabic", weight),
                   noto_file(paths_, "NotoSansHebrew", weight), noto_file(paths_, "NotoSans", weight)},
                  size_px);
  return chains_.emplace(key, std::move(chain)).first->second;
}

Font* FontChain::find(char32_t c) {
  for (const std::string& path : paths_) {
    Font* font = set_.font(path, size_px_);
    if (font != nullptr && font->has(c)) return font;
  }
  return set_.font(paths_[0], size_px_);
}

void FontSet::forget_glyphs(Whose whose) {
  for (auto& [key, font] : fonts_) {
    if (font) font->forget_glyphs(whose);
  }
}

void FontSet::forget_sizes() {
  chains_.clear();
  fonts_.clear();
}

}  // namespace halte::ui
