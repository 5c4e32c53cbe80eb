// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "core/base/crypto.h"
#include "core/stats/metric.h"

namespace halte::stats {

// The figure over all days, with an interval that draws whole days again instead of single answers: the
// answers of one kiosk on one day resemble each other, and the plain interval is too narrow then. The
// standard error of `draws` redrawn sets of G days, times sqrt(G / (G - 1)), with t(G - 1) for the few
// days (Cameron, Gelbach and Miller, "Bootstrap-Based Improvements for Inference with Clustered Errors",
// Review of Economics and Statistics 90(3), 2008); never narrower than the plain interval. Same seed, same
// interval. Nothing with fewer than 5 days that have answers.
std::optional<Figure> measure_by_day(Metric metric, std::span<const Distribution> days, base::Random& random,
                                     int draws = 1000, double confidence = default_confidence);

}  // namespace halte::stats
