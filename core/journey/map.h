// SPDX-License-Identifier: Apache-2.0
#pragma once

// A customer journey map: the way of a customer through phases and touchpoints, what is expected there,
// and what measures it. A plain value; assets/schemas/journey.schema.json describes its JSON.

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/json_reader.h"
#include "core/stats/comparison.h"

namespace halte::journey {

using Date = std::chrono::year_month_day;

enum class Channel { shop, web, mail, phone, chat, social, review_site, event };
enum class Status { open, doing, done, dropped };

std::string_view name_of(Channel channel);  // "review-site"
std::string_view name_of(Status status);

struct Persona {
  std::string id;
  std::string name;
  std::string description;
  std::vector<std::string> goals;
  std::vector<std::string> pains;
  bool operator==(const Persona&) const = default;
};

// A metric with what it must reach. The metric is a name of the catalogue (framework.h) or the map's own;
// the kiosk's own are stats::Metric's names.
struct Kpi {
  std::string metric;
  std::optional<double> target;
  stats::Better better = stats::Better::higher;
  std::string unit;
  bool operator==(const Kpi&) const = default;
};

struct Touchpoint {
  std::string id;  // unique in the map
  std::string name;
  Channel channel = Channel::shop;
  std::string doing;
  std::string thinking;
  std::optional<double> expected_emotion;  // 1 … 5: the hypothesis
  std::optional<std::string> measured_by;  // id of the kiosks' touchpoint (site::Touchpoint)
  std::vector<Kpi> kpis;
  std::vector<std::string> friction;
  bool operator==(const Touchpoint&) const = default;
};

struct Phase {
  std::string id;  // unique in the map
  std::string name;
  std::string goal;
  std::vector<Touchpoint> touchpoints;  // in the customer's order
  bool operator==(const Phase&) const = default;
};

// Something to improve, by someone, and the figure that has to show it.
struct Opportunity {
  std::string id;
  std::string title;
  std::string owner;
  std::optional<Date> due;
  Status status = Status::open;
  std::optional<Date> done_on;  // where status is done: before and after are compared at this day
  std::string touchpoint;       // Touchpoint's id
  std::string metric;           // the KPI that it must move
  bool operator==(const Opportunity&) const = default;
};

struct Map {
  std::string id;
  std::string title;
  std::string framework;  // a template's id, or "blank"
  std::string locale;     // the language that it is written in
  std::int64_t version = 1;
  std::string owner;
  std::optional<Date> reviewed;
  std::vector<Persona> personas;  // 1 to 4; more is a warning
  std::vector<Phase> phases;      // in order
  std::vector<Opportunity> opportunities;
  bool operator==(const Map&) const = default;
};

const Touchpoint* find_touchpoint(const Map& map, std::string_view id);

// All problems at once: unknown keys, missing values, ids used twice, references to nothing.
std::expected<Map, base::Problems> parse_map(const base::Json& json);
base::Result<Map> parse_map_text(std::string_view text, std::string subject);
// Lossless: parse_map(to_json(map)) == map.
base::Json to_json(const Map& map);

// What is allowed and still deserves a word: no persona or more than four, a phase without a touchpoint,
// an opportunity without owner or due date.
base::Problems warnings(const Map& map);

// A map that nobody reviewed for 90 days is stale; one that never was, too.
inline constexpr std::chrono::days review_every{90};
bool review_is_due(const Map& map, Date today);

}  // namespace halte::journey
