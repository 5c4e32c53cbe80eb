// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ui/frame.h"

namespace halte::ui {

// The whole glass: the soft gradient, with a hint of the colour of `mood` (0 … 4) around `glow_at`.
struct BackgroundView {
  std::optional<float> mood = {};
  Point glow_at = {};
  Mm glow_radius = 0;
};
void background(Frame& frame, const BackgroundView& view = {});

// White plate with two soft shadows; an outline instead in high contrast.
void card(Frame& frame, const Rect& rect);

// The organisation's logo, or our mark where it has none, and its name, from the start of the reading
// direction. A logo of 2.5 : 1 or wider is a word mark, which says the name itself.
void brand_header(Frame& frame, const Rect& rect, std::string_view name);
Mm brand_header_height(const Theme& theme);

void progress_dots(Frame& frame, Point centre, int step, int count);

// A ring that empties, with the seconds in it. `left` 1 … 0.
void countdown_ring(Frame& frame, Point centre, Mm radius, float left, int seconds);

// A symbol is computed once, drawn often. Kept modest on purpose: a long address makes modules too small
// to be read from half a metre.
struct QrCode {
  int size = 0;            // modules on a side
  std::vector<bool> dark;  // row by row
};
base::Result<QrCode> make_qr(std::string_view content);
// Dark on a white plate in every scheme, four modules of quiet zone, whole pixels per module.
void qr_plate(Frame& frame, const Rect& rect, const QrCode& code);

// Dims what is below and swallows its touches; draw the dialogue after it.
void scrim(Frame& frame);

}  // namespace halte::ui
