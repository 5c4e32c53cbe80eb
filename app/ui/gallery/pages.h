// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "app/ui/frame.h"

namespace halte::ui::gallery {

struct Strings {
  std::string_view language;
  Direction direction;
  std::string_view question, hint, recommend, low, high, what_better, yes, no, thanks, privacy, typed, done;
  std::array<std::string_view, 5> moods;
  std::array<std::string_view, 7> reasons;
  std::string_view consent, consent_detail, reply, reply_detail;
  // Of the staff's view.
  std::string_view score, score_detail, by_hour;
  std::array<std::string_view, 3> periods;
  std::array<std::string_view, 7> weekdays;
  std::array<std::string_view, 4> columns;
  std::array<std::string_view, 7> tabs;
};
std::span<const Strings> all_strings();

struct Page {
  std::string_view name;
  void (*draw)(Frame&, const Strings&);
};
std::span<const Page> pages();

// The staff's: figures.cpp.
void figures(Frame& frame, const Strings& strings);
void figures_table(Frame& frame, const Strings& strings);
void staff_tabs(Frame& frame, const Strings& strings);

}  // namespace halte::ui::gallery
