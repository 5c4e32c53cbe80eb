// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/manager/model/views.h"

namespace halte::manager::model {

// The day on one page, in the words of the view and with the same figures left out. Finished words, as every
// view.
struct PrintView {
  std::string language;
  std::string title, subtitle;  // where; of which day and as of when
  ScoresView scores;
  std::string hours_title;
  std::vector<std::string> hours;
  std::vector<HourCell> cells;  // of the hours of this day; empty: too few answered
  ReasonsView reasons;
  std::string delivery_title;
  std::vector<FactView> delivery;
  std::string note, program;  // what is left out; who printed it
  std::string file;           // its name: "halte-kiosk-1-2026-11-27.pdf"
};
// The snapshot has been read.
PrintView print_of(const State& state, const Words& words);

}  // namespace halte::manager::model
