// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/frame.h"

namespace halte::ui {

// One number draws every mood: v = 0 very bad, 2 neutral, 4 very good, anything between a morph.
struct FaceView {
  float v = 2;
  float blink = 0;   // 0 open … 1 shut
  Point look = {};   // where the eyes go, each −1 … 1
  float shadow = 1;  // strength of the shadow below
};
void face(Frame& frame, Point centre, Mm radius, const FaceView& view);

// The place of answer i of n on the five: five are themselves, four skip the neutral one (0 1 3 4), three are
// 0 2 4, two are 1 3 widened to 0.5 and 3.5.
float face_position(int i, int n);

// The big face: springs to v, blinks every 4 to 6 s (not with calm or no motion) and repaints only itself.
void living_face(Frame& frame, Id id, Point centre, Mm radius, float v);

// How far shut the eyes are at `now`; `seed` shifts the rhythm. And when the next blink begins.
float blink_at(base::Millis now, unsigned seed);
base::Millis next_blink(base::Millis now, unsigned seed);

}  // namespace halte::ui
