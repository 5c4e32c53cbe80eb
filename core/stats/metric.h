// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/stats/distribution.h"
#include "core/stats/interval.h"

namespace halte::stats {

// What a kiosk measures by itself. One definition each, the same in every view and export:
//   nps      % of 9-10 minus % of 0-6, from -100 to 100
//   emotion  mean of the faces 1 to 5
//   csat     % of the two best answers of the scale, 0 to 100
//   ces      mean of the effort scale (7 is the least effort)
//   stars    mean of 1 to 5
enum class Metric { nps, emotion, csat, ces, stars };

inline constexpr std::array all_metrics{Metric::nps, Metric::emotion, Metric::csat, Metric::ces,
                                        Metric::stars};

std::string_view name_of(Metric metric);  // "nps", …
std::optional<Metric> metric_named(std::string_view name);
Scale scale_of(Metric metric);     // of the answers: nps 0-10, emotion, csat and stars 1-5, ces 1-7
Interval range_of(Metric metric);  // of the figure: nps -100 to 100, csat 0 to 100, else the scale

// The part of the scale that an answer lies in; reasons are counted jointly with it. nps: detractor 0-6,
// passive 7-8, promoter 9-10. Others: low below the middle of the scale, middle, high above it.
enum class Band { low, middle, high };
inline constexpr std::array all_bands{Band::low, Band::middle, Band::high};

std::string_view name_of(Band band);  // "low", "middle", "high"
std::optional<Band> band_named(std::string_view name);
Band band_of(Metric metric, int value);
std::int64_t count_in(Metric metric, Band band, const Distribution& answers);

// A score with the number of answers behind it and its confidence interval. What a person may see has
// passed publish() in suppression.h first.
struct Figure {
  Metric metric;
  std::int64_t n;
  double value;
  Interval interval;
  bool operator==(const Figure&) const = default;
};

// Nothing where there is no answer, or the distribution's scale is not the metric's.
std::optional<Figure> measure(Metric metric, const Distribution& answers,
                              double confidence = default_confidence);

}  // namespace halte::stats
