// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"
#include "core/base/json_reader.h"

namespace halte::site {

enum class Motion { full, calm, off };
enum class Theme { light, dark, high_contrast };
enum class ScaleDirection { negative_first, positive_first };  // stored with each answer
enum class TextSize { normal, large };

// Seconds without a touch; the ranges are what parsing accepts.
struct Timeouts {
  int answer = 25;          // 10 … 300: rating, recommend and reason screens
  int keyboard = 45;        // 20 … 600: comment and contact
  int still_there = 20;     // 20 … 120: WCAG 2.2.1 asks for at least 20
  int thanks = 6;           // 2 … 60
  int thanks_with_qr = 20;  // 5 … 120
  bool operator==(const Timeouts&) const = default;
};

struct Display {
  std::optional<double> diagonal_in;  // 5 … 120; else what the screen says of itself
  std::optional<double> bottom_mm;    // 0 … 2500: the panel's lower edge above the floor
  bool operator==(const Display&) const = default;
};

// Days; nothing is kept longer. Ratings without text or contact are kept.
struct Retention {
  int contact_days = 30;     // 1 … 3650
  int free_text_days = 365;  // 1 … 3650
  bool operator==(const Retention&) const = default;
};

struct Settings {
  std::vector<std::string> languages{"nl", "en"};  // the first is the default
  Theme theme = Theme::light;
  Motion motion = Motion::full;
  TextSize text_size = TextSize::normal;
  ScaleDirection scale_direction = ScaleDirection::negative_first;
  int coarsening_minutes = 15;        // 15 … 1440, a divisor of a day
  int k = 10;                         // 5 … 1000: the fewest answers that a figure may show
  double recommend_share = 1.0;       // 0 … 1 of visitors get the 0-10 question
  bool receipts = true;               // a code and a QR on the last screen
  std::optional<std::string> logo;    // beside the name, instead of the mark; an id (core/site/pictures.h)
  std::vector<std::string> pictures;  // ids, at most 5: above the first question while nobody is there
  Timeouts timeouts;
  Display display;
  Retention retention;
  bool operator==(const Settings&) const = default;
};

Settings read_settings(base::ObjectReader& object);
base::Json to_json(const Settings& settings);

}  // namespace halte::site
