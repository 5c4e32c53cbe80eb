// SPDX-License-Identifier: Apache-2.0
#include "app/ui/draw_cut.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace halte::ui {
namespace {

// FNV-1a over words instead of bytes, with a shift that carries the high bits down.
class Print {
 public:
  template <class T>
  void add(const T* data, std::size_t count) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(data);
    const std::size_t size = count * sizeof(T);
    std::uint64_t word = 0;
    std::size_t at = 0;
    for (; at + sizeof word <= size; at += sizeof word) {
      std::memcpy(&word, bytes + at, sizeof word);
      add(word);
    }
    word = 0;
    std::memcpy(&word, bytes + at, size - at);
    add(word);
  }
  void add(std::uint64_t word) {
    value_ = (value_ ^ word) * 0x100000001B3ull;
    value_ ^= value_ >> 29;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xCBF29CE484222325ull;
};

PixelRect around(std::span<const ImDrawVert> vertices, const ImVec4& clip) {
  ImVec2 low{clip.z, clip.w}, high{clip.x, clip.y};
  for (const ImDrawVert& v : vertices) {
    low = {std::min(low.x, v.pos.x), std::min(low.y, v.pos.y)};
    high = {std::max(high.x, v.pos.x), std::max(high.y, v.pos.y)};
  }
  const int left = static_cast<int>(std::floor(std::max(low.x, clip.x)));
  const int top = static_cast<int>(std::floor(std::max(low.y, clip.y)));
  return {left, top, static_cast<int>(std::ceil(std::min(high.x, clip.z))) - left,
          static_cast<int>(std::ceil(std::min(high.y, clip.w))) - top};
}

// Calls visit(stroke number, its command, how many indices) for every shape. A shape is never in two
// commands: it reserves its room at once.
template <class Visit>
void each_stroke(const ImDrawList& list, std::span<const DrawMark> marks, Visit visit) {
  int command = 0;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const int first = marks[i].index;
    const int end = i + 1 < marks.size() ? marks[i + 1].index : list.IdxBuffer.Size;
    if (first == end) continue;
    const auto holds = [&](const ImDrawCmd& c) {
      return static_cast<unsigned>(first) < c.IdxOffset + c.ElemCount;
    };
    while (command + 1 < list.CmdBuffer.Size && !holds(list.CmdBuffer[command])) ++command;
    visit(i, list.CmdBuffer[command], static_cast<unsigned>(end - first));
  }
}

std::uint64_t texture_bits(const ImDrawCmd& command) {
#if IMGUI_VERSION_NUM >= 19200
  const auto id = command.TexRef._TexID;
#else
  const auto id = command.TextureId;
#endif
  return (std::uint64_t)(std::intptr_t)id;
}

bool same_state(const ImDrawCmd& a, const ImDrawCmd& b) {
  return texture_bits(a) == texture_bits(b) && a.VtxOffset == b.VtxOffset &&
         std::memcmp(&a.ClipRect, &b.ClipRect, sizeof a.ClipRect) == 0;
}

}  // namespace

std::vector<Stroke> strokes_of(const ImDrawList& list, std::span<const DrawMark> marks) {
  std::vector<Stroke> strokes(marks.size());
  each_stroke(list, marks, [&](std::size_t i, const ImDrawCmd& command, unsigned) {
    const int end = i + 1 < marks.size() ? marks[i + 1].vertex : list.VtxBuffer.Size;
    const std::span vertices(list.VtxBuffer.Data + marks[i].vertex, list.VtxBuffer.Data + end);
    Print print;
    print.add(&command.ClipRect, 1);
    print.add(texture_bits(command));
    print.add(vertices.data(), vertices.size());
    strokes[i] = {around(vertices, command.ClipRect), print.value()};
  });
  return strokes;
}

void cut(ImDrawList& list, std::span<const DrawMark> marks, std::span<const Stroke> strokes,
         std::span<const PixelRect> parts) {
  ImVector<ImDrawCmd> kept;
  for (const PixelRect& part : parts) {
    each_stroke(list, marks, [&](std::size_t i, const ImDrawCmd& command, unsigned count) {
      if (intersect(strokes[i].box, part).empty()) return;
      ImDrawCmd piece = command;
      piece.ClipRect = {std::max(command.ClipRect.x, static_cast<float>(part.x)),
                        std::max(command.ClipRect.y, static_cast<float>(part.y)),
                        std::min(command.ClipRect.z, static_cast<float>(part.right())),
                        std::min(command.ClipRect.w, static_cast<float>(part.bottom()))};
      piece.IdxOffset = static_cast<unsigned>(marks[i].index);
      piece.ElemCount = count;
      const bool goes_on = !kept.empty() && same_state(kept.back(), piece) &&
                           kept.back().IdxOffset + kept.back().ElemCount == piece.IdxOffset;
      if (goes_on) {
        kept.back().ElemCount += count;
      } else {
        kept.push_back(piece);
      }
    });
  }
  list.CmdBuffer.swap(kept);
}

}  // namespace halte::ui
