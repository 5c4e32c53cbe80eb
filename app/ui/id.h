// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace halte::ui {

// Names a widget for touch, animation and tests: "face/3". Never a translated label. `name` must live as
// long as the screen does: a literal, or the survey's own string.
struct Id {
  std::string_view name;
  int index = -1;  // -1: the widget is not one of several

  constexpr Id(std::string_view n, int i = -1) : name(n), index(i) {}  // NOLINT: "next" is an Id
  constexpr Id(const char* n, int i = -1) : name(n), index(i) {}       // NOLINT
  constexpr Id at(int i) const { return {name, i}; }

  // FNV-1a over name and index.
  constexpr std::uint64_t hash() const {
    std::uint64_t h = 14695981039346656037ull;
    for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
    return (h ^ static_cast<std::uint64_t>(index + 1)) * 1099511628211ull;
  }
  friend constexpr bool operator==(Id, Id) = default;
};

std::string to_string(Id id);

}  // namespace halte::ui
