// SPDX-License-Identifier: Apache-2.0
#include "core/site/asking.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace halte::site {
namespace {

using base::Instant;
using base::Json;
using base::ObjectReader;

constexpr std::int64_t highest_version = 1'000'000;
constexpr std::size_t longest_variant = 16;

std::optional<From> read_from(ObjectReader& entry) {
  const auto text = entry.optional_text("from");
  if (!text) return {};
  if (auto date = base::parse_date(*text)) return *date;
  if (auto moment = base::parse_rfc3339(*text)) return *moment;
  entry.problem("from", "must be a date like 2026-12-01 or a time like 2026-12-01T09:00:00+01:00");
  return {};
}

AskedFrom read_entry(ObjectReader& entry) {
  AskedFrom read{read_from(entry), {.survey = entry.text("survey"), .version = {}, .variant = {}}};
  if (entry.has("version")) read.asked.version = entry.integer("version", 1, highest_version);
  read.asked.variant = entry.text("variant", "");
  if (entry.has("variant") && !is_variant(read.asked.variant))
    entry.problem("variant", fmt::format("must be of a–z and 0–9, at most {}", longest_variant));
  return read;
}

// What begins together holds together.
void check_together(ObjectReader& object, const std::string& key, const Asking& asking) {
  std::map<std::optional<From>, std::vector<std::string>> variants;
  for (const AskedFrom& entry : asking) variants[entry.from].push_back(entry.asked.variant);
  for (const auto& [from, names] : variants) {
    if (names.size() > most_variants)
      object.problem(key, fmt::format("asks {} at once: at most {} for now", names.size(), most_variants));
    const std::set<std::string> distinct(names.begin(), names.end());
    if (names.size() > 1 && (distinct.size() < names.size() || distinct.contains("")))
      object.problem(key, "asks several at once: each needs a variant of its own name");
  }
}

// Noon is never skipped by a clock that is changed, and is on that day whatever the zone.
Instant moment_of(const From& from, std::string_view zone) {
  if (const auto* moment = std::get_if<Instant>(&from)) return *moment;
  const Instant midnight{std::chrono::sys_days(std::get<std::chrono::year_month_day>(from))};
  const auto ahead = base::ahead_of_utc(midnight, zone);
  if (!ahead) return midnight;
  return base::start_of_day(midnight + std::chrono::hours(12) - *ahead, zone).value_or(midnight);
}

}  // namespace

bool is_variant(std::string_view name) {
  return !name.empty() && name.size() <= longest_variant &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == name.npos;
}

Asking read_asking(ObjectReader& object, const std::string& key) {
  const Json* value = object.value(key);
  if (!value) return {};
  if (value->is_string()) return {{{}, {.survey = object.text(key), .version = {}, .variant = {}}}};
  Asking asking;
  if (!value->is_array()) {
    object.problem(key, "must be a survey or a list of what is asked when");
    return asking;
  }
  object.objects(key, [&](ObjectReader& entry) {
    AskedFrom read = read_entry(entry);
    if (read.from || !entry.has("from")) asking.push_back(std::move(read));
  });
  if (value->empty()) object.problem(key, "must name a survey");
  if (value->size() > most_asks) object.problem(key, fmt::format("must have at most {} entries", most_asks));
  check_together(object, key, asking);
  return asking;
}

Asking asking_at(const Json& asks, const std::string& touchpoint) {
  base::Problems judged_elsewhere;
  ObjectReader reader(asks, "", judged_elsewhere);
  return asks.is_object() ? read_asking(reader, touchpoint) : Asking{};
}

std::vector<AskingStep> plan(const Asking& asking, const Asked& otherwise, Instant at,
                             std::string_view zone) {
  std::map<From, std::vector<Asked>> dated;
  AskingStep holds;
  for (const AskedFrom& entry : asking)
    (entry.from ? dated[*entry.from] : holds.asked).push_back(entry.asked);
  if (holds.asked.empty()) holds.asked = {otherwise};
  std::map<Instant, std::vector<Asked>> by_moment;  // days come before moments, which take their place
  for (auto& [from, asked] : dated) by_moment[moment_of(from, zone)] = std::move(asked);
  std::vector<AskingStep> steps{std::move(holds)};
  for (auto& [from, asked] : by_moment) {
    if (from <= at) {
      steps.front().asked = std::move(asked);
    } else if (steps.size() <= most_steps_ahead) {
      steps.push_back({from, std::move(asked)});
    }
  }
  return steps;
}

}  // namespace halte::site
