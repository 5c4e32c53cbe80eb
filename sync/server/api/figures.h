// SPDX-License-Identifier: Apache-2.0
#pragma once

// From rows of counts to what may be shown, and to its JSON. Every figure comes out of core/stats.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/figures/summary.h"
#include "core/stats/comparison.h"
#include "core/stats/suppression.h"
#include "sync/server/api/services.h"

namespace halte::api {

// The last `days` days, whole hours in UTC, up to and with the current hour.
struct Period {
  int from_hour = 0;
  int to_hour = 0;  // not included
  int days = 30;
  Period before() const { return {from_hour - (to_hour - from_hour), from_hour, days}; }
};
// ?days=30 (1 … 1100); another value is an answer to give.
std::expected<Period, http::Response> period_of(const http::Request& request, const base::Clock& clock);
base::Json to_json(const Period& period);

using figures::Summary;
// With what the catalogue knows of the row's survey; nothing where it knows none.
void add(Summary& summary, const ingest::Catalogue& catalogue, const store::hq::CountRow& row);

// Takes out the parts of a whole (branches of the organisation, touchpoints of a branch) that may not be
// shown while the whole is: small ones, and what covers them (stats::hidden_by_set).
void drop_hidden(std::map<std::string, Summary>& parts, stats::Threshold threshold);

base::Json figure_json(stats::Metric metric, const stats::Cell& cell, stats::Threshold threshold);
// A share between 0 and 1 with its Wilson interval.
base::Json share_json(std::string_view name, std::int64_t part, std::int64_t whole,
                      stats::Threshold threshold);
base::Json completion_json(const Summary& summary, stats::Threshold threshold);
// The words of a reason as the survey has them, in `locale`: of Summary::asked_in(). Its value where no
// survey knows it.
std::string reason_label(const ingest::Catalogue& catalogue, const Summary& summary, stats::Band band,
                         const std::string& value, const std::string& locale);
// Most named first, of the low or the high band.
base::Json reasons_json(const Services& s, const Summary& summary, stats::Band band,
                        stats::Threshold threshold, std::size_t most, const std::string& locale);

// The language of the page that asks, from Accept-Language: "nl" where it says nothing.
std::string page_locale(const http::Request& request);

base::Result<std::vector<store::hq::CountRow>> read_counts(
    Services& s, const Period& period, store::hq::Grain grain,
    std::optional<std::string> branch = std::nullopt, std::optional<std::string> touchpoint = std::nullopt);

}  // namespace halte::api
