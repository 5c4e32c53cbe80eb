// SPDX-License-Identifier: Apache-2.0
#include "core/figures/summary.h"

#include <algorithm>
#include <charconv>

namespace halte::figures {
namespace {

std::optional<int> whole(std::string_view text) {
  int value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

void add_reason(std::vector<stats::ReasonCount>& list, const response::CountRow& row) {
  if (row.band == 0) return;  // its score was not answered
  const auto band = stats::all_bands[std::size_t(row.band - 1)];
  auto same =
      std::ranges::find_if(list, [&](const auto& r) { return r.reason == row.bin && r.band == band; });
  if (same == list.end())
    list.push_back({row.bin, band, row.n});
  else
    same->count += row.n;
}

}  // namespace

void Summary::add(const response::CountRow& row, const Meaning& meaning) {
  if (row.question == response::ended_question) {
    ended[row.bin] += row.n;
    return;
  }
  if (meaning.is_reason) return add_reason(reasons[row.question], row);
  const auto value = whole(row.bin);
  if (!meaning.metric || !value) return;
  auto at = scores.try_emplace(*meaning.metric, stats::Distribution(stats::scale_of(*meaning.metric))).first;
  if (!at->second.add(*value, row.n)) return;
  if (meaning.gives_band) band_sizes[stats::band_of(*meaning.metric, *value)] += row.n;
}

const stats::Distribution* Summary::score(stats::Metric metric) const {
  auto at = scores.find(metric);
  return at == scores.end() ? nullptr : &at->second;
}

stats::Distribution Summary::score_or_empty(stats::Metric metric) const {
  const stats::Distribution* found = score(metric);
  return found ? *found : stats::Distribution(stats::scale_of(metric));
}

std::int64_t Summary::responses() const {
  std::int64_t n = 0;
  for (const auto& [how, count] : ended) n += count;
  return n;
}

std::int64_t Summary::completed() const {
  auto complete = ended.find("complete");
  return complete == ended.end() ? 0 : complete->second;
}

std::string Summary::asked_in(stats::Band band, const std::string& reason) const {
  std::string asked;
  std::int64_t most = 0;
  for (const auto& [question, counts] : reasons)
    for (const stats::ReasonCount& named : counts)
      if (named.reason == reason && named.band == band && named.count > most) {
        most = named.count;
        asked = question;
      }
  return asked;
}

}  // namespace halte::figures
