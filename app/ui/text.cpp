// SPDX-License-Identifier: Apache-2.0
#include "app/ui/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <unordered_map>
#include <utility>

#include "app/ui/text_fonts.h"
#include "app/ui/text_shape.h"
#include "app/ui/text_wrap.h"
#include "app/ui/unicode.h"

namespace halte::ui {
namespace {

// Steps of fitting, and where a cache is emptied: ten screens in six languages are about a thousand runs.
constexpr float fit_step = 0.96f;
constexpr std::size_t most_runs = 4000;
constexpr std::size_t most_blocks = 2000;

// The keys of both caches. Looked up by a view, so that a hit does not copy the text.
struct KeyView {
  std::string_view text;
  TextStyle style;
  Mm width = 0, least = 0;
  int max_lines = 0;
  bool balanced = false;
  Direction direction = Direction::left_to_right;
  friend bool operator==(const KeyView&, const KeyView&) = default;
};

struct Key {
  std::string text;
  KeyView rest;  // its `text` is not used
  KeyView view() const {
    KeyView v = rest;
    v.text = text;
    return v;
  }
};

struct KeyHash {
  using is_transparent = void;
  std::size_t operator()(const KeyView& k) const {
    std::size_t h = std::hash<std::string_view>{}(k.text);
    const auto add = [&h](std::size_t part) { h = (h ^ part) * 1099511628211ull; };
    for (const float part : {k.style.size, k.style.tracking, k.style.leading, k.width, k.least})
      add(std::bit_cast<std::uint32_t>(part));
    add(static_cast<std::size_t>(k.style.weight) * 16 + static_cast<std::size_t>(k.style.cut) * 8 +
        (k.style.tabular ? 4 : 0) + (k.balanced ? 2 : 0) + static_cast<std::size_t>(k.direction));
    add(static_cast<std::size_t>(k.max_lines));
    return h;
  }
  std::size_t operator()(const Key& k) const { return (*this)(k.view()); }
};

struct KeyEqual {
  using is_transparent = void;
  bool operator()(const Key& a, const Key& b) const { return a.view() == b.view(); }
  bool operator()(const KeyView& a, const Key& b) const { return a == b.view(); }
  bool operator()(const Key& a, const KeyView& b) const { return a.view() == b; }
};

template <class Value>
using Cache = std::unordered_map<Key, Value, KeyHash, KeyEqual>;

// Before the memory is given back. Volatile, or the compiler would leave these writes out.
void overwrite(std::string& text) {
  volatile char* bytes = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = 0;
}

template <class Value>
void wipe_cache(Cache<Value>& cache) {
  while (!cache.empty()) {
    auto node = cache.extract(cache.begin());
    overwrite(node.key().text);
  }
}

bool is_invisible(char32_t c) { return c == soft_hyphen || c == zero_width_space || c < 0x20; }

}  // namespace

struct Text::Impl {
  std::unique_ptr<FontSet> fonts;
  GlyphAtlas atlas;
  float px_per_mm = 4;
  bool overflowed = false;
  bool shows_visitor = false;  // words of the visitor's are in this frame
  struct Words {
    Cache<Run> runs;
    Cache<TextBlock> blocks;
  };
  std::array<Words, 2> words;  // by Whose

  Words& words_of(Whose whose) { return words[static_cast<std::size_t>(whose)]; }
  void forget(Whose whose);

  int size_px(const TextStyle& style) const {
    return std::max(1, static_cast<int>(std::lround(style.size * px_per_mm)));
  }
  Shaped shape(const TextStyle& style, std::u32string_view line, Direction direction) {
    const int px = size_px(style);
    return shape_line(line, fonts->chain(style.weight, style.cut, px), direction,
                      style.tracking * static_cast<float>(px), style.tabular);
  }
  const std::pair<const Key, Run>& cached_run(const TextStyle& style, std::string_view text,
                                              Direction direction, Whose whose);
  const TextBlock& cached_block(const Paragraph& paragraph);
  struct Measured;
  Measured measure(const TextStyle& style, const std::u32string& text, Direction direction);
  std::vector<LineRange> break_lines(TextBlock& block, const Paragraph& paragraph,
                                     const Measured& measured) const;
  void set_lines(TextBlock& block, const std::vector<LineRange>& lines, const std::u32string& text,
                 Whose whose);
};

// Glyphs stand on whole pixels: at these sizes that is visibly crisper than exact distances.
const std::pair<const Key, Run>& Text::Impl::cached_run(const TextStyle& style, std::string_view text,
                                                        Direction direction, Whose whose) {
  const KeyView view{.text = text, .style = style, .direction = direction};
  shows_visitor |= whose == Whose::visitor;
  Cache<Run>& runs = words_of(whose).runs;
  if (const auto known = runs.find(view); known != runs.end()) return *known;

  std::u32string line = decode_utf8(text);
  std::erase_if(line, is_invisible);
  const Shaped shaped = shape(style, line, direction);
  Run run{.quads = {}, .width = shaped.width};
  run.quads.reserve(shaped.glyphs.size());
  for (const ShapedGlyph& g : shaped.glyphs) {
    const Glyph& glyph = g.font->glyph(g.index, atlas, whose, overflowed);
    if (!glyph.drawn) continue;
    GlyphQuad quad = glyph.quad;
    quad.x = std::round(g.x + quad.x);
    quad.y = std::round(g.y + quad.y);
    run.quads.push_back(quad);
  }
  return *runs.emplace(Key{std::string(text), view}, std::move(run)).first;
}

// How far each code point goes on at one size. Letters are not hinted, so at another size it is in
// proportion: text is shaped once, however many sizes are tried.
struct Text::Impl::Measured {
  const std::u32string& text;
  int size_px;
  std::vector<Px> advances;
  Px hyphen;
};

Text::Impl::Measured Text::Impl::measure(const TextStyle& style, const std::u32string& text,
                                         Direction direction) {
  Measured measured{text, size_px(style), std::vector<Px>(text.size(), 0),
                    shape(style, U"-", Direction::left_to_right).width};
  for (const ShapedGlyph& g : shape(style, text, direction).glyphs)
    if (!is_invisible(text[g.cluster])) measured.advances[g.cluster] += g.advance;
  return measured;
}

// Where the lines would end at block.style.size. No glyph is rastered: most sizes are only tried.
std::vector<LineRange> Text::Impl::break_lines(TextBlock& block, const Paragraph& paragraph,
                                               const Measured& measured) const {
  // Instead of smaller letters a wider box: nothing is to be computed for each of them again.
  const float scale = static_cast<float>(size_px(block.style)) / static_cast<float>(measured.size_px);
  const Px width = paragraph.width > 0 ? paragraph.width * px_per_mm : 1e9f;
  WrapInput input{measured.text, measured.advances, measured.hyphen, width / scale};
  // What a visitor types stays where it is while it grows.
  if (paragraph.balanced)
    input.width = balanced_width(input);
  else if (paragraph.whose == Whose::program)
    input.width = width_without_widow(input);

  std::vector<LineRange> lines = wrap_lines(input);
  block.cut = paragraph.max_lines > 0 && lines.size() > static_cast<std::size_t>(paragraph.max_lines);
  if (block.cut) lines.resize(static_cast<std::size_t>(paragraph.max_lines));
  block.broken_word = std::ranges::any_of(lines, &LineRange::broken_word);
  return lines;
}

void Text::Impl::set_lines(TextBlock& block, const std::vector<LineRange>& lines, const std::u32string& text,
                           Whose whose) {
  for (const LineRange& range : lines) {
    std::u32string part = text.substr(range.begin, range.end - range.begin);
    std::erase_if(part, is_invisible);
    if (range.hyphen) part.push_back(U'-');
    const auto& [key, run] = cached_run(block.style, encode_utf8(part), block.direction, whose);
    block.lines.push_back({&run, key.text, run.width / px_per_mm});
    block.width = std::max(block.width, block.lines.back().width);
  }
  block.height = static_cast<float>(lines.size()) * block.style.leading * block.style.size;
}

const TextBlock& Text::Impl::cached_block(const Paragraph& p) {
  const KeyView view{p.text, p.style, p.width, p.least, p.max_lines, p.balanced};
  shows_visitor |= p.whose == Whose::visitor;
  Cache<TextBlock>& blocks = words_of(p.whose).blocks;
  if (const auto known = blocks.find(view); known != blocks.end()) return known->second;

  const std::u32string text = decode_utf8(p.text);
  TextBlock block;
  block.direction = direction_of(std::u32string_view(text));
  const Mm least = p.least > 0 ? std::min(p.least, p.style.size) : p.style.size;
  block.style = p.style;
  const Measured measured = measure(p.style, text, block.direction);
  std::vector<LineRange> lines = break_lines(block, p, measured);
  while ((block.cut || block.broken_word) && block.style.size > least) {
    block.style.size = std::max(least, block.style.size * fit_step);
    lines = break_lines(block, p, measured);
  }
  set_lines(block, lines, text, p.whose);
  return blocks.emplace(Key{std::string(p.text), view}, std::move(block)).first->second;
}

Text::Text(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Text::Text(Text&&) noexcept = default;
Text& Text::operator=(Text&&) noexcept = default;
Text::~Text() = default;

base::Result<Text> Text::create(const FontPaths& paths, float px_per_mm) {
  auto fonts = FontSet::create(paths);
  if (!fonts) return std::unexpected(fonts.error());
  auto impl = std::make_unique<Impl>();
  impl->fonts = std::move(*fonts);
  impl->px_per_mm = px_per_mm;
  return Text(std::move(impl));
}

void Text::begin_frame() {
  const auto is_full = [](const Impl::Words& w) {
    return w.runs.size() > most_runs || w.blocks.size() > most_blocks;
  };
  if (impl_->overflowed || std::ranges::any_of(impl_->words, is_full)) wipe();
  impl_->shows_visitor = false;
}

const TextBlock& Text::layout(const Paragraph& paragraph) { return impl_->cached_block(paragraph); }

const Run& Text::run(const TextStyle& style, std::string_view text, Whose whose) {
  return impl_->cached_run(style, text, direction_of(text), whose).second;
}

Mm Text::measure(const TextStyle& style, std::string_view text, Whose whose) {
  return run(style, text, whose).width / impl_->px_per_mm;
}

void Text::Impl::forget(Whose whose) {
  wipe_cache(words_of(whose).runs);
  wipe_cache(words_of(whose).blocks);
  fonts->forget_glyphs(whose);
  atlas.clear(whose);
}

// A picture that shows none of these words stays as it is.
void Text::forget_visitor() {
  impl_->forget(Whose::visitor);
  if (impl_->shows_visitor) impl_->atlas.count_up();
}

void Text::wipe() {
  for (const Whose whose : {Whose::program, Whose::visitor}) impl_->forget(whose);
  impl_->atlas.count_up();
  impl_->overflowed = false;
}

void Text::set_px_per_mm(float px_per_mm) {
  wipe();
  impl_->fonts->forget_sizes();
  impl_->px_per_mm = px_per_mm;
}

float Text::px_per_mm() const { return impl_->px_per_mm; }
bool Text::overflowed() const { return impl_->overflowed; }
AtlasView Text::atlas() const { return impl_->atlas.view(); }
void Text::clean_atlas() { impl_->atlas.clean(); }
std::size_t Text::cached_runs() const { return impl_->words[0].runs.size() + impl_->words[1].runs.size(); }

Direction direction_of(std::string_view text) { return direction_of(std::u32string_view(decode_utf8(text))); }

std::size_t length_of(std::string_view text) { return decode_utf8(text).size(); }

}  // namespace halte::ui
