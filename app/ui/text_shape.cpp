// SPDX-License-Identifier: Apache-2.0
#include "app/ui/text_shape.h"

#include <fribidi.h>

#include <algorithm>
#include <memory>

namespace halte::ui {
namespace {

struct Segment {
  std::size_t begin, end;
  FriBidiLevel level;
  Font* font;
  hb_script_t script;

  bool is_rtl() const { return (level & 1) != 0; }
};

static_assert(sizeof(char32_t) == sizeof(FriBidiChar));

std::vector<FriBidiLevel> embedding_levels(std::u32string_view line, Direction direction) {
  const auto n = static_cast<FriBidiStrIndex>(line.size());
  const std::vector<FriBidiChar> chars(line.begin(), line.end());
  std::vector<FriBidiCharType> types(line.size());
  std::vector<FriBidiBracketType> brackets(line.size());
  std::vector<FriBidiLevel> levels(line.size());
  fribidi_get_bidi_types(chars.data(), n, types.data());
  fribidi_get_bracket_types(chars.data(), n, types.data(), brackets.data());
  FriBidiParType base = direction == Direction::right_to_left ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
  // 0 means that it had no memory; the levels are then all 0, which is readable.
  [[maybe_unused]] const FriBidiLevel highest =
      fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), n, &base, levels.data());
  return levels;
}

// Spaces and punctuation have no script of their own: they join the run before them, if its font has them.
std::vector<Segment> segments(std::u32string_view line, FontChain& fonts, Direction direction) {
  const std::vector<FriBidiLevel> levels = embedding_levels(line, direction);
  hb_unicode_funcs_t* unicode = hb_unicode_funcs_get_default();
  std::vector<Segment> result;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char32_t c = line[i];
    const hb_script_t script = hb_unicode_script(unicode, c);
    const bool neutral = script == HB_SCRIPT_COMMON || script == HB_SCRIPT_INHERITED;
    if (!result.empty() && result.back().level == levels[i]) {
      Segment& last = result.back();
      const bool joins = neutral ? last.font->has(c) : last.script == script && last.font->has(c);
      if (joins) {
        last.end = i + 1;
        continue;
      }
    }
    Font* font = fonts.find(c);
    if (font == nullptr) continue;
    result.push_back({i, i + 1, levels[i], font, neutral ? HB_SCRIPT_LATIN : script});
  }
  return result;
}

// Rule L2: from the highest level down, every sequence at that level or above is reversed.
void reorder(std::vector<Segment>& segments) {
  FriBidiLevel highest = 0;
  for (const Segment& s : segments) highest = std::max(highest, s.level);
  for (FriBidiLevel level = highest; level >= 1; --level) {
    auto at = segments.begin();
    while (at != segments.end()) {
      const auto below = [level](const Segment& s) { return s.level < level; };
      const auto begin = std::find_if_not(at, segments.end(), below);
      const auto end = std::find_if(begin, segments.end(), below);
      std::reverse(begin, end);
      at = end;
    }
  }
}

struct Setting {
  Px tracking;
  bool tabular;
};

struct BufferDeleter {
  void operator()(hb_buffer_t* buffer) const { hb_buffer_destroy(buffer); }
};

void shape_segment(const Segment& segment, std::u32string_view line, const Setting& setting, Shaped& out) {
  const std::unique_ptr<hb_buffer_t, BufferDeleter> buffer(hb_buffer_create());
  hb_buffer_add_utf32(buffer.get(), reinterpret_cast<const std::uint32_t*>(line.data()),
                      static_cast<int>(line.size()), static_cast<unsigned>(segment.begin),
                      static_cast<int>(segment.end - segment.begin));
  hb_buffer_set_direction(buffer.get(), segment.is_rtl() ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer.get(), segment.script);
  constexpr hb_feature_t one_width{HB_TAG('t', 'n', 'u', 'm'), 1, HB_FEATURE_GLOBAL_START,
                                   HB_FEATURE_GLOBAL_END};
  hb_shape(segment.font->shaper(), buffer.get(), &one_width, setting.tabular ? 1 : 0);

  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer.get(), &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer.get(), nullptr);
  constexpr float unit = shaping_unit;
  for (unsigned i = 0; i < count; ++i) {
    const float advance =
        static_cast<float>(positions[i].x_advance) / unit + (segment.is_rtl() ? 0 : setting.tracking);
    out.glyphs.push_back({segment.font, infos[i].codepoint,
                          out.width + static_cast<float>(positions[i].x_offset) / unit,
                          -static_cast<float>(positions[i].y_offset) / unit, advance, infos[i].cluster});
    out.width += advance;
  }
}

}  // namespace

Shaped shape_line(std::u32string_view line, FontChain& fonts, Direction direction, Px tracking,
                  bool tabular) {
  Shaped out;
  std::vector<Segment> runs = segments(line, fonts, direction);
  reorder(runs);
  out.glyphs.reserve(line.size());
  for (const Segment& run : runs) shape_segment(run, line, {tracking, tabular}, out);
  return out;
}

Direction direction_of(std::u32string_view text) {
  for (const char32_t c : text) {
    const FriBidiCharType type = fribidi_get_bidi_type(c);
    if (FRIBIDI_IS_STRONG(type))
      return FRIBIDI_IS_RTL(type) ? Direction::right_to_left : Direction::left_to_right;
  }
  return Direction::left_to_right;
}

}  // namespace halte::ui
