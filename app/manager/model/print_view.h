// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "app/manager/model/figures_view.h"
#include "app/manager/model/snapshot.h"
#include "app/manager/model/views.h"

namespace halte::manager::model {

// The day on one sheet of paper: finished words in the manager's language, nothing to decide. Figures, and
// what is too few to be one, are those of the screen, from the same functions.
struct PrintView {
  std::string language;  // of the words: a two-letter code
  std::string file;      // its name without a folder: "halte-utrecht-1-2026-11-27.pdf"
  std::string program;   // with its version; as the next one for the file's own metadata
  base::Instant printed{};

  std::string title, date, as_of;
  std::vector<FactView> facts;  // responses, completion, coverage
  std::vector<ScoreView> scores;
  HoursView hours;            // at most one row: the day
  std::string hours_too_few;  // what hatching means; empty: nothing is hatched
  ReasonsView reasons;
  std::string delivery;  // title
  std::vector<FactView> delivery_facts;
  std::vector<std::string> notes;  // at the foot: what is left out, what the lines mean
  std::string imprint;             // when it was printed, and by which program
};

// The running day of `snapshot`, whatever period the screen shows. `printed` is told on the branch's clock.
PrintView print_view(const Snapshot& snapshot, const Words& words, const std::string& language,
                     base::Instant printed);

}  // namespace halte::manager::model
