// SPDX-License-Identifier: Apache-2.0
#include "core/survey/templates.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/stats/metric.h"

using namespace halte;

TEST_CASE("templates: a question that feeds a metric has that metric's scale") {
  auto templates = survey::load_templates(std::string(HALTE_SOURCE_DIR) + "/assets/surveys/templates");
  REQUIRE(templates);
  for (const auto& made : *templates)
    for (const auto& [name, question] : made.metrics.items()) {
      const auto metric = stats::metric_named(name);
      if (!metric) continue;
      INFO(made.id << ": " << name);
      const auto* asked = survey::find_question(made.survey, question.get<std::string>());
      REQUIRE(asked);
      const auto& items = std::get<survey::Rating>(asked->kind).items;
      const stats::Scale scale = stats::scale_of(*metric);
      CHECK(items.front().value == scale.low);
      CHECK(items.back().value == scale.high);
      CHECK(items.size() == std::size_t(scale.high - scale.low + 1));
    }
}
