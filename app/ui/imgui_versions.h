// SPDX-License-Identifier: Apache-2.0
#pragma once

// Internal to Paint: what the versions of Dear ImGui call differently, from Debian 12's 1.86 on.

#include <imgui.h>

#include <cstdint>

namespace halte::ui {

inline ImTextureID texture_id(std::uintptr_t handle) { return (ImTextureID)(std::intptr_t)handle; }

#if IMGUI_VERSION_NUM >= 19200
inline ImTextureRef texture_of(std::uintptr_t handle) { return ImTextureRef(texture_id(handle)); }
#else
inline ImTextureID texture_of(std::uintptr_t handle) { return texture_id(handle); }
#endif

inline void push_texture(ImDrawList& list, std::uintptr_t handle) {
#if IMGUI_VERSION_NUM >= 19200
  list.PushTexture(texture_of(handle));
#else
  list.PushTextureID(texture_of(handle));
#endif
}

inline void pop_texture(ImDrawList& list) {
#if IMGUI_VERSION_NUM >= 19200
  list.PopTexture();
#else
  list.PopTextureID();
#endif
}

inline void stroke_path(ImDrawList& list, ImU32 color, bool closed, float thickness) {
  const ImDrawFlags flags = closed ? ImDrawFlags_Closed : ImDrawFlags_None;
#if IMGUI_VERSION_NUM >= 19280
  list.PathStroke(color, thickness, flags);
#else
  list.PathStroke(color, flags, thickness);
#endif
}

}  // namespace halte::ui
