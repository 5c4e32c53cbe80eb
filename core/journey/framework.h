// SPDX-License-Identifier: Apache-2.0
#pragma once

// The ways to divide a journey that ship as assets/journeys/templates/*.json, and the catalogue of metrics,
// assets/journeys/metrics.json.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json_reader.h"
#include "core/journey/map.h"

namespace halte::journey {

using Names = std::map<std::string, std::string>;  // by language

// The name in a language, else in English, else the first there is.
std::string name_in(const Names& names, std::string_view locale);

struct FrameworkPhase {
  std::string id;
  Names names;
  Names goals;                       // the customer's goal in the phase
  std::vector<std::string> metrics;  // names of the catalogue that fit
  bool operator==(const FrameworkPhase&) const = default;
};

struct Framework {
  std::string id;  // "five-phase", "six-step", "aaarrr", "before-during-after", "blank"
  Names names;
  std::size_t any_order_from =
      0;  // the phases from this one on come in any order (aaarrr: 3); else their number
  std::vector<FrameworkPhase> phases;
  bool operator==(const Framework&) const = default;
};

std::expected<Framework, base::Problems> parse_framework(const base::Json& json);
// Every *.json of the folder, in the order of their ids. Fails with the first file that is wrong.
base::Result<std::vector<Framework>> load_frameworks(const std::filesystem::path& folder);

// What a KPI can be of. The kiosk's own metrics come in by themselves, the others from other systems.
struct MetricDefinition {
  std::string id;
  Names names;
  std::string unit;  // "%", "€", "min", "" for a plain number
  stats::Better better = stats::Better::higher;
  bool from_kiosk = false;
  bool operator==(const MetricDefinition&) const = default;
};

std::expected<std::vector<MetricDefinition>, base::Problems> parse_metrics(const base::Json& json);
base::Result<std::vector<MetricDefinition>> load_metrics(const std::filesystem::path& file);

// An empty map with the framework's phases, named in `locale`.
Map start_map(const Framework& framework, std::string id, std::string title, std::string_view locale);

}  // namespace halte::journey
