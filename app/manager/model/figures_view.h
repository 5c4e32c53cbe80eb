// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/manager/model/views.h"

namespace halte::manager::model {

// The figures of one period in words.
struct FiguresWords {
  const Words& words;
  const std::string& language;
  const Figures& figures;

  std::string t(const char* id) const { return words.say(id, language); }
};

ScoresView scores_of(const FiguresWords& w);
HoursView hours_of(const FiguresWords& w);
ReasonsView reasons_of(const FiguresWords& w);
// How delivery to headquarters stands: what waits, since when, what arrived, what was refused.
std::vector<FactView> delivery_facts(const Words& words, const std::string& language,
                                     const Snapshot& snapshot);
// The same as rows: what a chart shows, a table says.
TableView table_of(Page page, int table_page, const FiguresWords& w);

std::string percent(double share);  // "34 %"
// On the branch's clock: "14:15", "21-11-2026 14:15".
std::string clock_time(base::Instant at, std::string_view zone);
std::string day_and_time(base::Instant at, std::string_view zone);

}  // namespace halte::manager::model
