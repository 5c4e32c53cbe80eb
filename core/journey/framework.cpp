// SPDX-License-Identifier: Apache-2.0
#include "core/journey/framework.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "core/base/file.h"

namespace halte::journey {
namespace {

using base::ObjectReader;

constexpr std::array<std::pair<std::string_view, stats::Better>, 2> directions{
    {{"higher", stats::Better::higher}, {"lower", stats::Better::lower}}};

Names read_names(ObjectReader& object, const std::string& key) {
  Names names;
  for (auto& [language, name] : object.text_map(key)) names.emplace(language, std::move(name));
  if (names.empty()) object.problem(key, "must hold a text by language");
  return names;
}

FrameworkPhase read_phase(ObjectReader& object) {
  return {object.text("id"), read_names(object, "names"), read_names(object, "goals"),
          object.texts("metrics")};
}

MetricDefinition read_metric(ObjectReader& object) {
  return {object.text("id"), read_names(object, "names"), object.text("unit", ""),
          object.choice("better", directions, stats::Better::higher), object.flag("from_kiosk", false)};
}

// Text of a file to a value, by one of the parsers here.
template <class T>
base::Result<T> load(const std::filesystem::path& file,
                     std::expected<T, base::Problems> (*parse)(const base::Json&)) {
  base::Result<std::string> text = base::read_file(file);
  if (!text) return std::unexpected(text.error());
  base::Result<base::Json> json = base::parse_json(*text, file.string());
  if (!json) return std::unexpected(json.error());
  std::expected<T, base::Problems> parsed = parse(*json);
  if (!parsed)
    return base::fail(file.string(), base::to_string(parsed.error()), "reading it", base::ErrorKind::invalid);
  return std::move(*parsed);
}

}  // namespace

std::string name_in(const Names& names, std::string_view locale) {
  for (std::string_view wanted : {locale, std::string_view("en")})
    if (auto found = names.find(std::string(wanted)); found != names.end()) return found->second;
  return names.empty() ? "" : names.begin()->second;
}

std::expected<Framework, base::Problems> parse_framework(const base::Json& json) {
  base::Problems problems;
  Framework framework;
  ObjectReader document(json, "", problems);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  framework.id = document.text("id");
  framework.names = read_names(document, "names");
  document.objects("phases", [&](ObjectReader& phase) { framework.phases.push_back(read_phase(phase)); });
  auto count = static_cast<std::int64_t>(framework.phases.size());
  framework.any_order_from = static_cast<std::size_t>(document.integer("any_order_from", 0, count, count));
  document.refuse_unknown_keys();
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return framework;
}

base::Result<std::vector<Framework>> load_frameworks(const std::filesystem::path& folder) {
  std::error_code error;
  std::vector<Framework> frameworks;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".json") continue;
    base::Result<Framework> framework = load(entry.path(), parse_framework);
    if (!framework) return std::unexpected(framework.error());
    frameworks.push_back(std::move(*framework));
  }
  if (error) return base::fail(folder.string(), error.message(), "looking for templates of journeys");
  std::ranges::sort(frameworks, {}, &Framework::id);
  return frameworks;
}

std::expected<std::vector<MetricDefinition>, base::Problems> parse_metrics(const base::Json& json) {
  base::Problems problems;
  std::vector<MetricDefinition> metrics;
  ObjectReader document(json, "", problems);
  if (!problems.empty()) return std::unexpected(std::move(problems));
  document.objects("metrics", [&](ObjectReader& metric) { metrics.push_back(read_metric(metric)); });
  document.refuse_unknown_keys();
  if (!problems.empty()) return std::unexpected(std::move(problems));
  return metrics;
}

base::Result<std::vector<MetricDefinition>> load_metrics(const std::filesystem::path& file) {
  return load(file, parse_metrics);
}

Map start_map(const Framework& framework, std::string id, std::string title, std::string_view locale) {
  Map map;
  map.id = std::move(id);
  map.title = std::move(title);
  map.framework = framework.id;
  map.locale = std::string(locale);
  for (const FrameworkPhase& phase : framework.phases)
    map.phases.push_back({phase.id, name_in(phase.names, locale), name_in(phase.goals, locale), {}});
  return map;
}

}  // namespace halte::journey
